"""`read` as users call it takes at most 1.3 times what the C++ call takes on the same page, in the same run; with every value of the
document, at most 1.3 times what the C++ call and its JSON take."""
import json
import os
import subprocess
import sys

import pytest

from conftest import SOURCE

PROGRAM = os.environ.get("EVENKEEL_READ_BENCHMARK")


@pytest.mark.skipif(not PROGRAM, reason="EVENKEEL_READ_BENCHMARK names no program")
def test_read_against_the_native_call():
    # As users have it: these tests run with Python's debugging allocator, which fills every object.
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONMALLOC"}
    command = [sys.executable, str(SOURCE / "bindings/python/benchmark/read.py"), PROGRAM, "--json"]
    measured = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=usual).stdout)
    assert measured["read"] < 1.3 * measured["native"], measured
    assert measured["values"] < 1.3 * measured["native_json"], measured
