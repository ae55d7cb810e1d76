"""A run taken back: the first bytes and values in every system, and what people are told."""
import re
import unittest

from program_case import BOOKING, FleetCase, SUNSET, actions_of, run_of

# What a calendar says of its own changes, and a log of what it was asked, are not what the systems say.
CALENDAR_TIMES = re.compile(rb"^(DTSTAMP|LAST-MODIFIED|SEQUENCE)[:;].*\r?\n", re.MULTILINE)


class Rollback(FleetCase):
    def values(self):
        """Every system's bytes, without its own records of being changed."""
        files = {name: self.path(name).read_bytes() for name in self.systems() if not name.startswith(("plan.json", "dispatch.sqlite"))}
        files.pop("invalidations.jsonl", None)
        files["calendar.ics"] = CALENDAR_TIMES.sub(b"", files["calendar.ics"])
        with self.database() as database:
            files["dispatch"] = sorted(database.execute('SELECT * FROM "jada-crew-dispatch"').fetchall())
        return files

    def applied(self):
        plan = self.plan_file()
        self.expect(3, "apply", "fleet.json", "plan.json", "--approve", "all", "--by", "Marisol Reyes")
        return plan, run_of(plan)

    def test_apply_and_rollback_give_the_first_bytes_back(self):
        before = self.values()
        _, run = self.applied()
        self.assertNotEqual(self.values(), before)
        report = self.expect_json(0, "rollback", "fleet.json", run, "--by", "Ana", "--why", "the wrong week")
        self.assertEqual(self.values(), before)
        self.assertTrue(report["finished"])
        self.assertEqual((report["rollback"]["by"], report["rollback"]["why"]), ("Ana", "the wrong week"))
        self.assertEqual(self.expect_json(0, "show", "fleet.json", run), report)
        self.expect_refusal(1, ["apply", "fleet.json", "plan.json"], "was rolled back on", "by Ana", "plan again")
        self.expect(2, "audit", "fleet.json")
        self.plan_file()
        self.expect(3, "apply", "fleet.json", "plan.json", "--approve", "all")

    def test_people_are_told(self):
        _, run = self.applied()
        said = self.expect(0, "rollback", "fleet.json", run, "--by", "Ana").text
        for words in ("rolled back", "Asked for by Ana", "Taken back", "edit the page", "evenkeel audit"):
            self.assertIn(words.lower(), said.lower())
        self.assertIn("taken back", self.expect(0, "show", "fleet.json", run).text)

    def test_a_task_done_by_hand_is_taken_back_by_hand(self):
        before = self.values()
        plan, run = self.applied()
        tasks = [task["id"] for task in actions_of(plan, booking=BOOKING, verb="manual_task")]
        for task in tasks:
            self.expect(0, "attest", "fleet.json", run, task, "--by", "Ana")
        report = self.expect_json(3, "rollback", "fleet.json", run)
        waiting = [action["action"] for action in report["actions"] if action["undo"] and action["undo"]["outcome"] == "waits_person"]
        self.assertEqual(sorted(waiting), sorted(tasks))
        for task in tasks:
            self.expect_json(0, "attest", "fleet.json", run, task, "--by", "Bob")
        self.assertEqual(self.values(), before)
        words = [(word["what"], word["by"], word["of"]) for word in self.expect_json(0, "show", "fleet.json", run)["said"]]
        self.assertEqual([word[0] for word in words], ["apply", "approve"] + ["attest"] * len(tasks) + ["rollback"] + ["attest_undo"] * len(tasks))
        self.assertIn(("attest", "Ana", tasks[:1]), words)
        self.assertIn(("attest_undo", "Bob", tasks[:1]), words)
        said = self.expect(0, "show", "fleet.json", run).text
        for line in ("Who said what", "Marisol Reyes +approved", f"Ana +has done by hand +{tasks[0]}", f"Bob +has taken back by hand +{tasks[0]}"):
            self.assertRegex(said, line)

    def test_what_was_not_attested_is_nobodys_word(self):
        plan, run = self.applied()
        task = actions_of(plan, booking=BOOKING, verb="manual_task")[0]["id"]
        self.expect(0, "attest", "fleet.json", run, task, "--by", "Ana")
        self.expect(3, "rollback", "fleet.json", run)
        listing = self.path("boatsetter.json")
        listing.write_text(listing.read_text().replace("15:30", "14:00"))
        self.expect(4, "attest", "fleet.json", run, task, "--by", "Gus")
        self.assertNotIn("Gus", [word["by"] for word in self.expect_json(0, "show", "fleet.json", run)["said"]])

    def test_what_somebody_changed_since_stays(self):
        _, run = self.applied()
        page = self.path(SUNSET).read_bytes().replace(b"3:30 PM", b"3:45 PM")
        self.path(SUNSET).write_bytes(page)
        report = self.expect_json(4, "rollback", "fleet.json", run)
        self.assertEqual(self.path(SUNSET).read_bytes(), page)
        conflicts = [action["resource"] for action in report["actions"] if action["undo"] and action["undo"]["outcome"] == "conflict"]
        self.assertEqual(conflicts, [SUNSET.removeprefix("site/")])

    def test_without_a_run_the_unfinished_one(self):
        self.expect_refusal(1, ["rollback", "fleet.json"], "name the run")
        self.expect_refusal(1, ["rollback", "fleet.json", "run-000000000000"], "no such run")


class Restore(FleetCase):
    KEY = SUNSET.removeprefix("site/")

    def setUp(self):
        super().setUp()
        self.before = self.path(SUNSET).read_bytes()
        self.run_id = run_of(self.plan_file())
        self.expect(3, "apply", "fleet.json", "plan.json", "--approve", "all")

    def test_the_bytes_come_back_and_what_stood_there_is_kept(self):
        edited = self.path(SUNSET).read_bytes()
        restored = self.expect_json(0, "restore", "fleet.json", self.run_id, self.KEY, "--by", "Ana")
        self.assertEqual(self.path(SUNSET).read_bytes(), self.before)
        self.assertEqual(self.path(restored["kept"]).read_bytes(), edited)
        self.assertTrue(self.expect_json(0, "restore", "fleet.json", self.run_id, self.KEY)["was_there"])
        self.expect(0, "show", "fleet.json", self.run_id)

    def test_stdout_alone(self):
        before = self.hashes()
        said = self.expect(0, "restore", "fleet.json", self.run_id, "guest-pages:" + self.KEY, "--stdout")
        self.assertEqual(said.out, self.before)
        self.assertEqual(self.hashes(), before)

    def test_a_retired_page_is_made_again(self):
        page = "g/2026-05-30-jonathan-afternoon.html"
        self.assertFalse(self.path("site/" + page).exists())
        self.assertIsNone(self.expect_json(0, "restore", "fleet.json", self.run_id, page)["kept"])
        self.assertTrue(self.path("site/" + page).exists())

    def test_no_such_page_or_run(self):
        self.expect_refusal(1, ["restore", "fleet.json", self.run_id, "g/none.html"], "backed up no such page", self.KEY)
        self.expect_refusal(1, ["restore", "fleet.json", "run-000000000000", self.KEY], "no such run")


if __name__ == "__main__":
    unittest.main()
