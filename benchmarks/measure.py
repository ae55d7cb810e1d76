"""Rounds of several methods in turns, so that a busy machine disturbs them alike; medians, a table, and lines for programs."""
import statistics


def rounds_of(methods, rounds):
    """{name: what a call gives} of each method, called once in each round."""
    taken = {name: [] for name in methods}
    for _ in range(rounds):
        for name, method in methods.items():
            taken[name].append(method())
    return taken


def median(values):
    return statistics.median(values)


def spread(values):
    """The middle half's width, in percent of the median."""
    if len(values) < 4 or not median(values):
        return 0.0
    first, _, third = statistics.quantiles(values, n=4)
    return 100 * (third - first) / median(values)


def print_table(heads, rows):
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    for row in [heads, ["-" * width for width in widths], *rows]:
        print("  ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))))


def print_figure(name, value):
    print(f"figure {name} {value:.6g}", flush=True)


def print_ratio(name, value):
    """How many times better than what it is compared with."""
    print(f"ratio {name} {value:.4g}", flush=True)
