"""`python -m evenkeel` is the program, and so is the command that pip installs."""
import os
import pathlib
import subprocess
import sys

import evenkeel
from conftest import EXAMPLE, SOURCE

PAGE = EXAMPLE / "site/g/2026-05-30-jonathan-sunset.html"
MODULE = [sys.executable, "-m", "evenkeel"]
COMMAND = pathlib.Path(sys.executable).parent / "evenkeel"


def test_the_same_words_and_codes_as_the_library(folder):
    shifted = subprocess.run([*MODULE, "shift", "-", "--by", "-60m", "--date", "2026-05-30"], input=PAGE.read_bytes(), capture_output=True, check=True)
    assert shifted.stdout == evenkeel.shift(PAGE.read_bytes(), -60, date="2026-05-30").page
    audit = subprocess.run([*MODULE, "audit", folder, "--json"], capture_output=True, text=True, check=False)
    with evenkeel.Fleet(folder) as fleet:
        ours = fleet.audit()
    assert audit.returncode == ours.exit == 2 and '"xhqgmdh"' in audit.stdout
    assert subprocess.run([*MODULE, "audti"], capture_output=True, check=False).returncode == 64
    told = subprocess.run([*MODULE, "--version"], capture_output=True, text=True, check=True).stdout
    assert evenkeel.__version__ in told


def test_the_programs_own_tests_pass_through_it():
    environment = os.environ | {"EVENKEEL_PROGRAM": str(COMMAND), "EVENKEEL_SOURCE": str(SOURCE)}
    done = subprocess.run(["/usr/bin/python3", "-B", "-m", "unittest", "test_usage"], cwd=SOURCE / "tests/program", env=environment, capture_output=True,
                          text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
