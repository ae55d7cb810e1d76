#!/usr/bin/env python3
"""Checks the Spin model of leases and retirement: every interleaving, and that each rule left out is noticed.

    python3 tests/model/check.py               leases run out once: about half a minute, 0.4 GB
    python3 tests/model/check.py --expiries 2  twice: about six minutes, 2.5 GB

Prints a line for the protocol, and for two processes of one run (neither may have an error), and one for each switch of retire.pml (which must have one). Exit 1 where
one is otherwise, 77 (skipped) where Spin or a C compiler is missing.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

MODEL = pathlib.Path(__file__).resolve().parent / "retire.pml"
SECOND_WORLD = "TWO_PROCESSES"
SKIPPED = 77


def switches() -> list[str]:
    """The switches that the model's own opening comment lists."""
    return re.findall(r"^ \*   ([A-Z_]+)  ", MODEL.read_text(), re.MULTILINE)


def check(switch: str, expiries: int) -> tuple[int, int, float]:
    """Errors, states and seconds of a complete search (or one to the first error)."""
    defines = [f"-DEXPIRIES={expiries}"] + ([f"-D{switch}"] if switch else [])
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(["spin", "-a", *defines, str(MODEL)], cwd=folder, capture_output=True, text=True)
        if made.returncode != 0:
            sys.exit(f"spin refuses the model with {switch or 'no switch'}:\n{made.stdout}{made.stderr}")
        subprocess.run(["cc", "-O2", "-w", "-DSAFETY", "-DCOLLAPSE", "-o", "pan", "pan.c"], cwd=folder, check=True)
        started = time.monotonic()
        # A process that waits for a lease for ever has not failed: -E. Deeper than -m would be cut, and is an error here.
        found = subprocess.run(["./pan", "-E", "-b", "-m100000", "-w22"], cwd=folder, capture_output=True, text=True).stdout
        seconds = time.monotonic() - started
    errors = re.search(r"errors: (\d+)", found)
    states = re.search(r"(\d+) states, stored", found)
    if errors is None or states is None:
        sys.exit(f"the search with {switch or 'no switch'} did not end well:\n{found}")
    return int(errors[1]), int(states[1]), seconds


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--expiries", type=int, default=1, help="how often a lease runs out (default 1)")
    expiries = arguments.parse_args().expiries
    missing = [tool for tool in ("spin", "cc") if shutil.which(tool) is None]
    if missing:
        print(f"skipped: {' and '.join(missing)} not installed (apt-get install spin gcc)")
        return SKIPPED
    wrong = 0
    for switch in ["", SECOND_WORLD, *switches()]:
        errors, states, seconds = check(switch, expiries)
        as_wanted = (errors > 0) == (switch not in ("", SECOND_WORLD))
        wrong += not as_wanted
        verdict = "0 errors" if errors == 0 else "caught"
        print(f"{switch or 'the protocol':18} {verdict:9} {states:10} states {seconds:7.1f} s{'' if as_wanted else '   NOT AS IT MUST BE'}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
