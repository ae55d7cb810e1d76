"""How much longer `evenkeel.read` takes than the C++ call on the same page, in the same run.

    python read.py READ_BENCHMARK [PAGE]

READ_BENCHMARK is the program of that name, of the same build as the installed wheel. Both sides are processor time, the fastest of many
rounds, taken in turns, so that a busy machine disturbs neither.
"""
import pathlib
import subprocess
import sys
import time

import evenkeel

PAGE = pathlib.Path(__file__).resolve().parents[3] / "examples/incident/fleet/site/g/2026-05-30-jonathan-sunset.html"
DATE, ZONE = "2026-05-30", "America/Los_Angeles"


def fastest(work, rounds):
    best = 1 << 62
    for _ in range(rounds):
        started = time.thread_time_ns()
        work()
        best = min(best, time.thread_time_ns() - started)
    return best


def measure(program, path=PAGE, turns=8, rounds=25):
    """Nanoseconds of processor time: C++ read, Python read, C++ read as JSON, Python read and every value of it."""
    page = path.read_bytes()
    best = [1 << 62] * 4
    for _ in range(turns):
        native = subprocess.run([program, str(path), DATE, ZONE, str(rounds)], check=True, capture_output=True, text=True).stdout.split()
        ours = (fastest(lambda: evenkeel.read(page, date=DATE, zone=ZONE), rounds),
                fastest(lambda: evenkeel.read(page, date=DATE, zone=ZONE).document, rounds))
        best = [min(pair) for pair in zip(best, (int(native[0]), ours[0], int(native[1]), ours[1]))]
    return best


def main():
    path = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else PAGE
    native, ours, native_json, ours_values = measure(sys.argv[1], path)
    print(f"{path.name}, {path.stat().st_size} bytes")
    for words, one, other in (("evenkeel.read(page)  /  ReadPage", ours, native),
                              ("… and every value as Python objects  /  ReadPage", ours_values, native),
                              ("… and every value as Python objects  /  ReadPage and its JSON", ours_values, native_json)):
        print(f"{one / 1000:9.0f} µs  /  {other / 1000:6.0f} µs  =  {one / other:.3f}   {words}")


if __name__ == "__main__":
    main()
