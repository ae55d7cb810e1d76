#!/usr/bin/env python3
"""symbols.py LIBRARY GOLDEN: what the shared library exports is what the golden list says, and nothing of it is not ek_*.

EVENKEEL_UPDATE_GOLDEN=1 writes the list. A name that is gone is a broken promise: give the library a new SOVERSION."""
import os
import pathlib
import subprocess
import sys

library, golden = sys.argv[1], pathlib.Path(sys.argv[2])
lines = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout.splitlines()
names = sorted(line.split()[-1] for line in lines if line.split()[-2] != "A")
strangers = [name for name in names if not name.startswith("ek_")]
if strangers:
    sys.exit(f"exported, and no part of the C API: {strangers}")
if os.environ.get("EVENKEEL_UPDATE_GOLDEN"):
    golden.write_text("\n".join(names) + "\n")
known = golden.read_text().split()
if names != known:
    sys.exit(f"gone: {sorted(set(known) - set(names))}; new: {sorted(set(names) - set(known))} (EVENKEEL_UPDATE_GOLDEN=1 writes {golden})")
