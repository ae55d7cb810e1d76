"""Wrong usage: code 64, one clear line, the next step."""
import unittest

from program_case import FleetCase, run


class WrongUsage(FleetCase):
    def test_each_is_one_line_with_the_next_step(self):
        for words, names in (
                ([], ["verb is missing", "--help"]),
                (["aduit", "fleet.json"], ["aduit", 'did you mean "audit"?']),
                (["rollbak", "fleet.json"], ["rollbak", 'did you mean "rollback"?']),
                (["audit"], ["FLEET is required", "audit --help"]),
                (["plan", "fleet.json", "--boking", "x"], ["--boking", 'did you mean "--booking"?']),
                (["audit", "fleet.json", "--from", "May 30"], ["--from", "May 30", "2026-05-30"]),
                (["shift", "page.html", "--by", "an hour"], ["--by", "an hour", "60m"]),
                (["shift", "page.html"], ["--by is required"]),
                (["find", "fleet.json"], ["--date, --guest or --id"]),
                (["set", "fleet.json", "xhqgmdh", "start", "--by", "Ana"], ['"start"', "start=15:30"]),
                (["attest", "fleet.json", "run-1", "task"], ["--by is required"]),
                (["audit", "fleet.json", "plan.json"], ["one argument too many", "plan.json"])):
            with self.subTest(words=words):
                self.expect_refusal(64, words, *names)

    def test_a_fleet_file_is_no_plan(self):
        for words in (["show", "fleet.json"], ["apply", "fleet.json", "fleet.json"]):
            self.expect_refusal(1, words, "fleet.json", "this is a fleet file; name a plan, or `show FLEET RUN`")

    def test_what_was_typed_cannot_move_the_cursor(self):
        said = run("au\x1b[2Jdit")
        self.assertEqual(said.code, 64)
        self.assertIn("\\x1b[2J", said.notes)
        self.assertNotIn("\x1b", said.notes)

    def test_help_is_on_stdout(self):
        for words in (["--help"], ["help"], ["plan", "--help"], ["help", "plan"]):
            said = run(*words)
            self.assertEqual((said.code, said.err), (0, b""))
            self.assertIn("evenkeel", said.text)

    def test_a_full_disk_is_an_error(self):
        import subprocess
        from program_case import PROGRAM
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "read", "dispatch.sql"], cwd=self.folder, stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(b"stdout", done.stderr)


if __name__ == "__main__":
    unittest.main()
