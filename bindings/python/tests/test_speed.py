"""`read` as users call it takes at most 1.3 times what the C++ call takes on the same page, in the same run; with every value of the document not twice as long."""
import os
import sys

import pytest

from conftest import SOURCE

sys.path.insert(0, str(SOURCE / "bindings/python/benchmark"))
PROGRAM = os.environ.get("EVENKEEL_READ_BENCHMARK")


@pytest.mark.skipif(not PROGRAM, reason="EVENKEEL_READ_BENCHMARK names no program")
def test_read_against_the_native_call():
    from read import measure

    native, ours, native_json, ours_values = measure(PROGRAM, turns=5, rounds=20)
    assert ours < 1.3 * native, f"{ours} ns against {native} ns"
    # Making every value an object takes what it takes, however fast the page is read.
    assert ours_values < 1.8 * native_json, f"with all values {ours_values} ns against {native_json} ns"
