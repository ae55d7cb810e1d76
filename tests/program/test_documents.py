"""--json: exactly one document on stdout that its schema accepts. And what stands on stdout and stderr otherwise."""
import json
import os
import pty
import subprocess
import unittest

from program_case import AFTERNOON, BOOKING, DAY_AFTER_TOMORROW, EXAMPLE, FleetCase, PROGRAM, SUNSET, TIMES, actions_of, run_of, validate


class Documents(FleetCase):
    def test_every_verb(self):
        self.assertEqual(self.expect_json(0, "read", SUNSET, "--date", "2026-05-30", "--zone", "America/Los_Angeles")["lines"], 568)
        self.expect_json(0, "doctor", "fleet.json")
        self.expect_json(2, "audit", "fleet.json")
        self.expect_json(2, "find", "fleet.json", "--date", "2026-05-30")
        self.assertEqual(self.expect_json(0, "find", "fleet.json", "--date", "2031-01-01")["answer"], "none")
        self.assertEqual(self.expect_json(3, "find", "fleet.json", "--date", "2027-02-20", "--guest", "Priya")["answer"], "ambiguous")
        plan = self.expect_json(2, "plan", "fleet.json", "--out", "plan.json")
        self.assertEqual(self.expect_json(0, "show", "plan.json"), plan)
        report = self.expect_json(3, "apply", "fleet.json", "plan.json", "--approve", "all")
        self.assertEqual(report["run"], run_of(plan))
        self.expect_json(0, "show", "fleet.json", report["run"])
        self.expect_json(0, "resume", "fleet.json")
        for task in actions_of(plan, verb="manual_task"):
            self.expect_json(0, "attest", "fleet.json", report["run"], task["id"], "--by", "Ana")
        self.assertTrue(self.expect_json(0, "verify", "fleet.json", "--booking", BOOKING)["agrees"])
        self.expect_json(3, "verify", "fleet.json")
        self.expect_json(0, "set", "fleet.json", BOOKING, "captain=Gene Hale", "--by", "Ana")
        self.expect_json(0, "accept", "fleet.json", BOOKING, "captain", "--until", DAY_AFTER_TOMORROW, "--why", "printed already", "--by", "Ana")
        self.assertTrue(self.expect_json(0, "verify", "fleet.json", "--booking", BOOKING)["agrees"])
        self.expect_json(0, "plan", "fleet.json", "--booking", BOOKING)

    def test_lease_and_handoff(self):
        def lease(code, *words):
            return self.expect_json(code, "lease", "fleet.json", "S2FJLN", *words)
        self.assertIsNone(lease(0)["lease"])
        taken = lease(0, "--holder", "Ana", "--ttl", "5m")
        self.assertEqual((taken["booking"], taken["lease"]["state"], taken["lease"]["holder"]), (BOOKING, "held", "Ana"))
        self.assertEqual(lease(2)["lease"], taken["lease"])
        said = self.run_program("lease", "fleet.json", BOOKING, "--holder", "Rosa")
        self.assertEqual(said.code, 4, said)
        self.assertIn("leased to Ana until", said.notes)
        lease(4, "--holder", "Rosa")
        lease(4, "--holder", "Rosa", "--release")
        self.assertEqual(self.expect_json(2, "find", "fleet.json", "--id", BOOKING)["bookings"][0]["lease"], taken["lease"])
        self.assertEqual(lease(0, "--holder", "Ana", "--release")["lease"]["state"], "free")
        self.assertEqual(lease(0, "--holder", "Rosa")["lease"]["fence"], taken["lease"]["fence"] + 1)
        self.assertIsNone(self.expect_json(0, "handoff", "fleet.json", BOOKING)["handoff"])
        self.expect_json(0, "handoff", "fleet.json", BOOKING, "--note", "two cakes", "--by", "Ana")
        self.assertEqual(self.expect_json(0, "handoff", "fleet.json", BOOKING)["handoff"]["note"], "two cakes")
        said = self.expect(2, "find", "fleet.json", "--id", BOOKING).text
        self.assertIn("leased to Rosa until", said)
        self.assertIn("two cakes", said)
        for words in (["--ttl", "5m"], ["--release"], ["--holder", "Ana", "--ttl", "2d"], ["--holder", "Ana", "--ttl", "1m", "--release"]):
            self.expect(64, "lease", "fleet.json", BOOKING, *words)
        self.expect_json(1, "lease", "fleet.json", "nobody", "--holder", "Ana")

    def test_a_run_waits_for_the_lease_of_another(self):
        plan = self.expect_json(2, "plan", "fleet.json", "--out", "plan.json")
        run = run_of(plan)
        self.expect_json(0, "lease", "fleet.json", BOOKING, "--holder", "Rosa")
        report = self.expect_json(4, "apply", "fleet.json", "plan.json", "--approve", "all")
        waits = [action for action in report["actions"] if action["outcome"] == "waits_lease"]
        self.assertEqual({action["booking"] for action in waits}, {BOOKING})
        said = self.run_program("resume", "fleet.json")
        self.assertEqual(said.code, 4, said)
        for words in ("leased to Rosa until", "ask Rosa to give it back", "evenkeel resume " + run, "Go on when the booking is given back; nothing is done twice: $ evenkeel resume fleet.json " + run):
            self.assertIn(words, " ".join(said.text.split()))
        self.assertNotIn("plan again", said.text)
        self.expect(64, "find", "fleet.json", "--id", BOOKING, "--holder", "Rosa")
        self.assertEqual(self.expect_json(3, "resume", "fleet.json", run, "--holder", "Rosa")["finished"], True)
        kept = self.expect_json(2, "lease", "fleet.json", BOOKING)["lease"]
        self.assertEqual((kept["holder"], kept["run"]), ("Rosa", None))
        self.expect_json(4, "rollback", "fleet.json", run, "--by", "Gene")
        self.expect_json(0, "lease", "fleet.json", BOOKING, "--holder", "Rosa", "--release")
        self.assertEqual(self.expect_json(0, "resume", "fleet.json", run)["rollback"]["by"], "Gene")
        self.assertEqual(self.expect_json(0, "lease", "fleet.json", BOOKING)["lease"]["state"], "free")

    def test_people_who_were_told_otherwise_are_told(self):
        self.edit_fleet(lambda fleet: fleet["policy"].update(messages={"guest": {"stores": ["guest-pages"], "fields": ["start", "page"]}}))
        self.expect_json(2, "plan", "fleet.json", "--booking", BOOKING, "--out", "plan.json")
        report = self.expect_json(3, "apply", "fleet.json", "plan.json")
        told = lambda report: next(action for action in report["actions"] if action["store"] == "messages")
        self.assertEqual(told(report)["outcome"], "blocked", "the second page is still there")
        self.expect_json(1, "attest", "fleet.json", report["run"], told(report)["action"], "--by", "Ana")
        report = self.expect_json(3, "apply", "fleet.json", "plan.json", "--approve", "all")
        self.assertEqual(told(report)["outcome"], "waits_person")
        said = " ".join(self.run_program("verify", "fleet.json").text.split())
        self.assertIn(f"evenkeel attest fleet.json {report['run']} {told(report)['action']}", said)
        self.assertIn("the start is 3:30 PM (not 4:30 PM); the page is https://queenofsandiego.com/g/2026-05-30-jonathan-sunset (not",
                      " ".join(self.run_program("show", "plan.json").text.split()))
        self.assertEqual(told(self.expect_json(0, "attest", "fleet.json", report["run"], told(report)["action"], "--by", "Ana"))["outcome"], "done")

    def test_what_evenkeel_remembers(self):
        """The state store's documents have schemas, too: other programs read handoffs and tombstones."""
        self.expect_json(0, "set", "fleet.json", BOOKING, "captain=Gene Hale", "--by", "Ana")
        self.expect_json(0, "accept", "fleet.json", BOOKING, *TIMES, "--until", DAY_AFTER_TOMORROW, "--why", "told by telephone", "--by", "Ana")
        self.expect_json(0, "accept", "fleet.json", BOOKING, "start", "--withdraw", "--by", "Ana")
        question = self.expect_json(2, "plan", "fleet.json", "--out", "plan.json")["bookings"]
        question = next(question for booking in question for question in booking["questions"])
        self.expect(2, "plan", "fleet.json", "--decide", f"{question['id']}={question['options'][0]['name']}", "--out", "plan.json")
        self.run_program("apply", "fleet.json", "plan.json", "--approve", "all")
        self.expect(0, "lease", "fleet.json", BOOKING, "--holder", "Ana")
        for kind in ("instruction", "acceptance", "answer", "tombstone", "handoff", "lease", "features"):
            files = list(self.path(f"state/documents/{kind}").glob("*.json"))
            self.assertTrue(files, kind)
            for file in files:
                document = json.loads(file.read_text())["value"]
                validate(document)
                self.assertEqual(document["schema"], f"evenkeel.{kind}/1")

    def test_the_plan_file_is_the_plan(self):
        first = self.expect_json(2, "plan", "fleet.json", "--out", "a.json")
        second = self.expect_json(2, "plan", "fleet.json", "--out", "b.json")
        self.assertEqual(first["plan"], second["plan"])
        self.assertEqual({**first, "made_at": 0}, {**second, "made_at": 0})

    def test_a_folder_may_stand_for_its_fleet_file(self):
        self.expect(2, "audit", ".")

    def test_audit_and_plan_change_nothing(self):
        before = self.systems()
        for words in (["doctor"], ["audit"], ["plan"], ["verify"], ["find", "--date", "2026-05-30"]):
            self.run_program(words[0], "fleet.json", *words[1:])
            self.assertEqual(self.systems(), before, words)


class ReadAndShift(FleetCase):
    OPTIONS = ("--date", "2026-05-30", "--zone", "America/Los_Angeles")

    def test_stdin(self):
        page = self.path(SUNSET).read_bytes()
        self.assertEqual(self.expect_json(0, "read", "-", *self.OPTIONS, stdin=page), self.expect_json(0, "read", SUNSET, *self.OPTIONS))

    def test_shift_moves_the_times_and_nothing_else(self):
        said = self.expect(0, "shift", SUNSET, "--by", "-60m", *self.OPTIONS)
        before = self.path(SUNSET).read_bytes()
        self.assertEqual(len(said.out.split(b"\n")), len(before.split(b"\n")))
        self.assertIn("3:30 PM – 6:30 PM".encode(), said.out)
        back = self.expect(0, "shift", "-", "--by", "1h", *self.OPTIONS, stdin=said.out)
        self.assertEqual(back.out, before)

    def test_shift_json_is_the_edits(self):
        edits = self.expect_json(0, "shift", SUNSET, "--by", "-1h", *self.OPTIONS)
        page, out, at = self.path(SUNSET).read_bytes(), b"", 0
        for edit in edits["edits"]:
            begin, end = edit["span"]
            out += page[at:begin] + edit["replacement"].encode()
            at = end
        self.assertEqual(out + page[at:], self.expect(0, "shift", SUNSET, "--by", "-1h", *self.OPTIONS).out)

    def test_nothing_to_move_is_the_page_as_it_was(self):
        for page in (b"", b"no times \xff\x00 here\r\n", b"<p>Call 619-555-0130</p>"):
            self.assertEqual(self.expect(0, "shift", "-", "--by", "60m", stdin=page).out, page)
        page = self.path(SUNSET).read_bytes()
        self.assertEqual(self.expect(0, "shift", "-", "--by", "0m", *self.OPTIONS, stdin=page).out, page)

    def test_a_verse_is_no_time(self):
        page = b"<p>John 3:16 begins at 4:30 PM</p>"
        said = self.run_program("shift", "-", "--by", "1h", stdin=page)
        self.assertIn(b"3:16", said.out)


class ForPeople(FleetCase):
    def test_no_escape_from_a_page_or_a_store_reaches_the_terminal(self):
        with self.database() as database:
            database.execute("UPDATE \"jada-crew-dispatch\" SET captain = 'Dana\x1b[2J\u202eKowalski' WHERE guest_code = 'CST3LN'")
        for words in (["audit", "fleet.json"], ["plan", "fleet.json"], ["verify", "fleet.json"]):
            said = self.run_program(*words)
            self.assertNotIn(b"\x1b", said.out + said.err)
            self.assertNotIn("\u202e", said.text + said.notes)
        self.assertIn("\\x1b", said.text)
        self.run_program("plan", "fleet.json", "--out", "plan.json")
        self.expect(0, "show", "plan.json", "--html", "plan.html")
        self.assertNotIn(b"\x1b", self.path("plan.html").read_bytes())

    def test_html_stands_alone(self):
        self.plan_file()
        self.expect(0, "show", "plan.json", "--html", "plan.html")
        html = self.path("plan.html").read_text()
        self.assertIn("3:30 PM – 6:30 PM", html)
        for word in ("<script", "<link", "<img", "src=", "href=", "javascript:"):
            self.assertNotIn(word, html)

    def on_terminal(self, *words, env=None):
        try:
            primary, secondary = pty.openpty()
        except OSError as error:
            self.skipTest(f"no terminal can be made here: {error}")
        environment = {"PATH": os.environ["PATH"], "TERM": "xterm", **(env or {})}
        with subprocess.Popen([PROGRAM, *words], cwd=self.folder, stdout=secondary, stderr=subprocess.DEVNULL, env=environment) as child:
            os.close(secondary)
            out = b""
            while True:
                try:
                    part = os.read(primary, 65536)
                except OSError:
                    break
                if not part:
                    break
                out += part
        os.close(primary)
        return out

    def test_colour_is_for_terminals_and_those_who_want_it(self):
        self.assertIn(b"\x1b[", self.on_terminal("audit", "fleet.json"))
        self.assertNotIn(b"\x1b[", self.on_terminal("audit", "fleet.json", env={"NO_COLOR": "1"}))
        self.assertNotIn(b"\x1b[", self.expect(2, "audit", "fleet.json").out)

    def test_audit_shows_the_words_and_their_lines(self):
        said = self.expect(2, "audit", "fleet.json").text
        for words in ("line 160", "4:30 PM – 7:30 PM", "15:30", "kanban xhqgmdh", BOOKING, "crew-dispatch"):
            self.assertIn(words, said)

    def test_plan_says_what_why_and_how_to_undo(self):
        said = self.expect(2, "plan", "fleet.json", "--booking", BOOKING).text
        for words in ("- 4:30 PM – 7:30 PM", "+ 3:30 PM – 6:30 PM", "line 160", "why:", "undo:", "--approve retire_page-", "2026-05-30-jonathan-afternoon",
                      "kept nowhere", f"evenkeel plan fleet.json --booking {BOOKING} --out plan.json"):
            self.assertIn(words, said)
        self.expect(2, "plan", "fleet.json", "--out", "plan.json")
        self.assertNotIn("kept nowhere", self.expect(0, "show", "plan.json").text)


if __name__ == "__main__":
    unittest.main()
