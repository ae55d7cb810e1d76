"""The README's quick start, as a reader would run it."""
import json
import os
import subprocess
import unittest

from program_case import FleetCase, validate


class Quickstart(FleetCase):
    def test_prints_the_plan_of_the_example_fleet(self):
        done = subprocess.run([os.environ["EVENKEEL_QUICKSTART"], self.folder / "fleet.json"], capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 2, done.stderr.decode())
        said = done.stdout.decode()
        for words in ("xhqgmdh: edit_page g/2026-05-30-jonathan-sunset.html", "xhqgmdh: repoint_record S2FJLN", "retire_page"):
            self.assertIn(words, said)

    def test_says_what_is_missing(self):
        done = subprocess.run([os.environ["EVENKEEL_QUICKSTART"], self.folder / "none.json"], capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("none.json", done.stderr.decode())

    def test_in_c_applies_what_is_safe_and_leaves_the_rest_to_people(self):
        if not os.environ.get("EVENKEEL_QUICKSTART_C"):
            self.skipTest("built without the C API")
        done = subprocess.run([os.environ["EVENKEEL_QUICKSTART_C"], self.folder], capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 3, done.stderr.decode())
        validate(json.loads(done.stdout))
        self.assertEqual(self.record("start_time"), "15:30")
        done = subprocess.run([os.environ["EVENKEEL_QUICKSTART_C"], self.folder / "none.json"], capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("none.json", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
