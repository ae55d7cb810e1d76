"""The package, and a program that uses it, under a strict type checker."""
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

MYPY = shutil.which("mypy", path="/usr/bin:/usr/local/bin")
USE = pathlib.Path(__file__).parent / "typed_use.py"


@pytest.mark.skipif(MYPY is None, reason="there is no mypy; source examples/install.sh; evenkeel_install tests")
def test_strictly_typed(tmp_path):
    command = [MYPY, "--strict", "--python-executable", sys.executable, "--cache-dir", tmp_path]
    package = subprocess.run([*command, "-p", "evenkeel"], capture_output=True, text=True, check=False)
    assert package.returncode == 0, package.stdout
    use = subprocess.run([*command, USE], capture_output=True, text=True, check=False)
    expected = [number for number, line in enumerate(USE.read_text().splitlines(), 1) if "# expect: error" in line]
    assert [int(line) for line in re.findall(r":(\d+): error", use.stdout)] == expected, use.stdout
