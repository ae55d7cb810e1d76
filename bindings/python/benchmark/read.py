"""How much longer `evenkeel.read` takes than the C++ call on the same page, in the same run.

    python read.py READ_BENCHMARK [PAGE] [--json]

READ_BENCHMARK is the program of that name, of the same build as the installed wheel. Both sides are processor time, the fastest of many
rounds, taken in turns, so that a busy machine disturbs neither.
"""
import argparse
import json
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


def measure(program, path, turns=8, rounds=25):
    """Nanoseconds of processor time: the C++ read, Python's, the C++ read as JSON, Python's and every value of it."""
    page = path.read_bytes()
    best = dict.fromkeys(("native", "read", "native_json", "values"), 1 << 62)
    for _ in range(turns):
        native = subprocess.run([program, str(path), DATE, ZONE, str(rounds)], check=True, capture_output=True, text=True).stdout.split()
        now = {"native": int(native[0]), "native_json": int(native[1]),
               "read": fastest(lambda: evenkeel.read(page, date=DATE, zone=ZONE), rounds),
               "values": fastest(lambda: evenkeel.read(page, date=DATE, zone=ZONE).document, rounds)}
        best = {name: min(best[name], now[name]) for name in best}
    return best


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("page", nargs="?", type=pathlib.Path, default=PAGE)
    parser.add_argument("--json", action="store_true", help="the nanoseconds, for programs")
    given = parser.parse_args()
    best = measure(given.program, given.page)
    if given.json:
        return print(json.dumps(best))
    print(f"{given.page.name}, {given.page.stat().st_size} bytes")
    for words, one, other in (("evenkeel.read(page)  /  ReadPage", "read", "native"),
                              ("… and every value as Python objects  /  ReadPage", "values", "native"),
                              ("… and every value as Python objects  /  ReadPage and its JSON", "values", "native_json")):
        print(f"{best[one] / 1000:9.0f} µs  /  {best[other] / 1000:6.0f} µs  =  {best[one] / best[other]:.3f}   {words}")


if __name__ == "__main__":
    main()
