"""The daemon: findings as JSON lines, new and gone, whatever happens to the systems meanwhile."""
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import time
import unittest

from program_case import BOOKING, DAY_AFTER_TOMORROW, FleetCase, TIMES

DAEMON = os.environ.get("EVENKEEL_DAEMON", "")


@unittest.skipUnless(DAEMON, "built without the daemon")
class Daemon(FleetCase):
    def once(self, code, *words):
        done = subprocess.run([DAEMON, "fleet.json", "--once", *words], cwd=self.folder, capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        return [json.loads(line) for line in done.stdout.splitlines()]

    def events(self, lines):
        return {(line["event"], line["what"]) for line in lines}

    def start(self, *words):
        process = subprocess.Popen([DAEMON, "fleet.json", *words], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.rest = b""  # the line that has not ended yet
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        return process

    def lines(self, process, wanted):
        """Lines until one is as wanted; each arrives at once and whole."""
        seen, deadline = [], time.monotonic() + 60
        while not any(wanted(line) for line in seen):
            self.assertTrue(select.select([process.stdout], [], [], max(0, deadline - time.monotonic()))[0], seen)
            part = os.read(process.stdout.fileno(), 65536)
            self.assertTrue(part, process.poll())
            *whole, self.rest = (self.rest + part).split(b"\n")
            seen += [json.loads(line) for line in whole]
        return seen

    def stop(self, process, how=signal.SIGTERM):
        process.send_signal(how)
        self.assertEqual(process.wait(timeout=30), 0, process.stderr.read())

    def repair(self):
        self.plan_file("--booking", BOOKING)
        self.expect(3, "apply", "fleet.json", "plan.json", "--approve", "all", "--by", "Rosa")

    def test_once_tells_what_is_new_and_what_is_gone(self):
        first = self.once(2, "--known", "known.json")
        self.assertEqual(self.events(first), {("new", "finding"), ("new", "question")})
        of_booking = [line for line in first if line.get("booking") == BOOKING]
        self.assertIn("drift", {line["kind"] for line in of_booking})
        self.assertTrue(all(line["at"].endswith("Z") for line in first))
        before = self.systems()
        self.assertEqual(self.once(2, "--known", "known.json"), [])
        self.assertEqual(self.systems(), before)
        self.repair()
        gone = self.once(2, "--known", "known.json")
        self.assertEqual(self.events(gone), {("gone", "finding")})
        self.assertEqual({line["booking"] for line in gone}, {BOOKING})
        self.assertEqual(len(self.once(2)), len(first) - len(gone), "without a ledger everything is new")

    def test_what_is_accepted_is_told_and_so_is_its_end(self):
        self.once(2, "--known", "known.json")
        self.expect(0, "accept", "fleet.json", BOOKING, *TIMES, "--until", DAY_AFTER_TOMORROW, "--why", "told by telephone", "--by", "Rosa")
        told = self.once(2, "--known", "known.json")
        self.assertEqual(self.events(told), {("gone", "finding"), ("new", "accepted")})
        self.assertEqual({(line["booking"], line["field"], line["by"]) for line in told if line["what"] == "accepted"}, {(BOOKING, field, "Rosa") for field in TIMES})
        self.expect(0, "accept", "fleet.json", BOOKING, "start", "--withdraw", "--by", "Rosa")
        self.assertEqual(self.events(self.once(2, "--known", "known.json")), {("new", "finding"), ("gone", "accepted")})

    def test_what_cannot_be_read_makes_nothing_go_away(self):
        first = self.once(2, "--known", "known.json")
        shutil.move(self.path("dispatch.sqlite"), self.path("away.sqlite"))
        dark = self.once(1, "--known", "known.json")
        self.assertIn(("new", "unread"), self.events(dark))
        self.assertNotIn(("gone", "finding"), self.events(dark))
        shutil.move(self.path("away.sqlite"), self.path("dispatch.sqlite"))
        light = self.once(2, "--known", "known.json")
        self.assertIn(("gone", "unread"), self.events(light))
        self.assertNotIn("new", {line["event"] for line in light})
        self.assertEqual(self.once(2, "--known", "known.json"), [])
        self.assertEqual(len(first), len(json.loads(self.path("known.json").read_text())["known"]))

    def test_a_fleet_that_cannot_be_audited(self):
        fleet = self.path("fleet.json").read_text()
        self.once(2, "--known", "known.json")
        self.path("fleet.json").write_text("{")
        failed = self.once(1, "--known", "known.json")
        self.assertEqual(self.events(failed), {("new", "failed")})
        self.assertEqual(self.once(1, "--known", "known.json"), [])
        self.path("fleet.json").write_text(fleet)
        self.assertEqual(self.events(self.once(2, "--known", "known.json")), {("gone", "failed")})

    def test_on_a_timer(self):
        process = self.start("--every", "1")
        self.lines(process, lambda line: line.get("booking") == BOOKING)
        shutil.move(self.path("calendar.ics"), self.path("away.ics"))
        os.mkdir(self.path("calendar.ics"))
        self.lines(process, lambda line: (line["event"], line["what"]) == ("new", "unread"))
        os.rmdir(self.path("calendar.ics"))
        shutil.move(self.path("away.ics"), self.path("calendar.ics"))
        self.lines(process, lambda line: (line["event"], line["what"]) == ("gone", "unread"))
        self.repair()
        self.lines(process, lambda line: line["event"] == "gone" and line.get("booking") == BOOKING)
        self.stop(process)

    def test_signals_end_it_while_it_waits_and_while_it_works(self):
        waiting = self.start("--every", "3600")
        self.lines(waiting, lambda line: True)
        self.stop(waiting, signal.SIGINT)
        working = self.start("--every", "3600")
        while not self.holds_back(working, signal.SIGTERM):
            time.sleep(0.001)
        self.stop(working)

    def holds_back(self, process, which):
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        return int(status.split("SigBlk:")[1].split()[0], 16) >> (which - 1) & 1

    def test_wrong_words_and_a_ledger_that_is_none(self):
        for words in ([], ["fleet.json", "--every", "0"], ["fleet.json", "--every", "x"], ["fleet.json", "--sometimes"], ["a", "b"], ["fleet.json", "--known"]):
            done = subprocess.run([DAEMON, *words], cwd=self.folder, capture_output=True, timeout=60, check=False)
            self.assertEqual((done.returncode, done.stdout), (64, b""), words)
        self.path("known.json").write_text("[]")
        self.assertEqual(self.once(1, "--known", "known.json"), [])
        with open("/dev/full", "wb") as full:
            done = subprocess.run([DAEMON, "fleet.json", "--once"], cwd=self.folder, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
        self.assertEqual(done.returncode, 1, "nobody was told")


if __name__ == "__main__":
    unittest.main()
