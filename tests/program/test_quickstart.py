"""The README's quick start, as a reader would run it."""
import os
import subprocess
import unittest

from program_case import FleetCase


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


if __name__ == "__main__":
    unittest.main()
