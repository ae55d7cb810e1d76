"""Bad input: one clear line that names the thing and the next step, the right exit code, and nothing changed."""
import json
import os
import unittest

from program_case import AFTERNOON, BOOKING, FleetCase, SUNSET, TABLE, actions_of, run_of

READING_VERBS = ("audit", "plan", "verify")


class BadFleetFile(FleetCase):
    def test_it_is_missing(self):
        for verb in READING_VERBS:
            self.expect_refusal(1, [verb, "nowhere.json"], "nowhere.json")

    def test_its_folder_holds_none(self):
        os.mkdir(self.path("empty"))
        self.expect_refusal(1, ["audit", "empty"], "empty/fleet.json")

    def test_it_is_no_json(self):
        self.path("fleet.json").write_text('{ "schema": "evenkeel.fleet/1",\n  "zone": \n')
        self.expect_refusal(1, ["audit", "fleet.json"], "fleet.json", "line")

    def test_a_key_stands_twice(self):
        text = self.path("fleet.json").read_text().replace('"zone"', '"zone": "Europe/Rome",\n  "zone"', 1)
        self.path("fleet.json").write_text(text)
        self.expect_refusal(1, ["audit", "fleet.json"], "fleet.json", "zone")

    def test_a_key_is_unknown(self):
        self.edit_fleet(lambda fleet: fleet["pages"][0].update(prefxi="g/"))
        self.expect_refusal(1, ["plan", "fleet.json"], "fleet.json", "prefxi", "prefix")

    def test_an_adapter_is_unknown(self):
        self.edit_fleet(lambda fleet: fleet["records"][0].update(adapter="sqlight"))
        self.expect_refusal(1, ["plan", "fleet.json"], "fleet.json", "sqlight", "sqlite")

    def test_the_zone_is_unknown(self):
        self.edit_fleet(lambda fleet: fleet.update(zone="America/San_Diego"))
        self.expect_refusal(1, ["audit", "fleet.json"], "fleet.json", "America/San_Diego")

    def test_the_schema_is_another(self):
        self.edit_fleet(lambda fleet: fleet.update(schema="evenkeel.fleet/9"))
        self.expect_refusal(1, ["audit", "fleet.json"], "fleet.json", "evenkeel.fleet/9")


class BadStore(FleetCase):
    def expect_blind(self, *names):
        """Nothing is planned blind; the audit says what it could not read, and is an error."""
        self.expect_refusal(1, ["plan", "fleet.json"], *names)
        before = self.systems()
        said = self.expect(1, "audit", "fleet.json")
        for name in names:
            self.assertIn(name, said.notes)
        self.assertEqual(self.systems(), before)

    def test_a_table_is_missing(self):
        with self.database() as database:
            database.execute(f'ALTER TABLE "{TABLE}" RENAME TO moved')
        self.expect_blind("crew-dispatch", TABLE)

    def test_a_column_is_missing(self):
        with self.database() as database:
            database.execute(f'ALTER TABLE "{TABLE}" RENAME COLUMN start_time TO begins')
        self.expect_blind("crew-dispatch", "start_time")

    def test_the_database_is_missing(self):
        self.path("dispatch.sqlite").unlink()
        self.expect_blind("crew-dispatch", "dispatch.sqlite")
        self.assertFalse(self.path("dispatch.sqlite").exists())

    def test_the_database_is_none(self):
        self.path("dispatch.sqlite").write_text("this is no database, whatever its name says\n" * 40)
        self.expect_blind("crew-dispatch", "dispatch.sqlite")

    def test_the_calendar_does_not_parse(self):
        self.path("calendar.ics").write_text("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:soon\r\n")
        self.expect_blind("internal-calendar", "calendar.ics")

    def test_the_listing_is_no_json(self):
        self.path("boatsetter.json").write_text("{ listings: [] }")
        self.expect_blind("boatsetter", "boatsetter.json")

    def test_the_board_is_no_json(self):
        self.path("state.json").write_text('{ "cards": 7 }')
        self.expect_blind("kanban", "state.json")

    def test_the_pages_are_missing(self):
        self.path("site").rename(self.path("elsewhere"))
        self.expect_blind("guest-pages", "site")

    def test_doctor_names_them_too(self):
        with self.database() as database:
            database.execute(f'ALTER TABLE "{TABLE}" RENAME COLUMN start_time TO begins')
        said = self.expect(1, "doctor", "fleet.json")
        self.assertIn("start_time", said.text)
        document = self.expect_json(1, "doctor", "fleet.json")
        self.assertFalse(document["passed"])


class BadPage(FleetCase):
    """One page that cannot be read is named; the rest of the fleet goes on."""
    BAD = "site/g/2026-09-09-bad-page.html"

    def expect_named(self):
        before = self.systems()
        said = self.expect(2, "audit", "fleet.json")
        self.assertIn("2026-09-09-bad-page.html", said.notes)
        self.assertIn(BOOKING, said.text)
        plan = self.expect_json(2, "plan", "fleet.json")
        self.assertTrue(actions_of(plan, BOOKING, "edit_page"))
        self.assertFalse([action for action in actions_of(plan) if "bad-page" in action["resource"]])
        self.assertEqual(self.systems(), before)
        said = self.run_program("read", self.BAD)
        self.assertEqual(said.code, 1)
        self.assertIn("bad-page", said.notes)
        self.assertEqual(said.notes.count("\n"), 1)
        return said.notes

    def test_binary(self):
        self.path(self.BAD).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
        self.expect_named()

    def test_utf16(self):
        self.path(self.BAD).write_bytes("<p>4:30 PM</p>".encode("utf-16"))
        self.assertIn("UTF-16", self.expect_named())

    def test_over_the_limit(self):
        self.path(self.BAD).write_bytes(b"<p>4:30 PM</p>\n" * 400_000)
        self.expect_named()

    @unittest.skipIf(os.geteuid() == 0, "root reads every file")
    def test_unreadable(self):
        self.path(self.BAD).write_text("<p>4:30 PM</p>")
        self.path(self.BAD).chmod(0)
        self.expect_named()

    def test_a_folder_or_nothing_where_a_page_should_be(self):
        self.expect_refusal(1, ["read", "site"], "site", "folder")
        self.expect_refusal(1, ["read", "nothing.html"], "nothing.html")
        self.expect_refusal(1, ["shift", "nothing.html", "--by", "1h"], "nothing.html", "name the page")
        self.expect_refusal(1, ["read", SUNSET, "--zone", "Mars/Base"], "Mars/Base")


class BadPlan(FleetCase):
    def test_it_is_missing_or_no_plan(self):
        self.expect_refusal(1, ["show", "nothing.json"], "nothing.json", "evenkeel plan FLEET --out nothing.json")
        self.expect_refusal(1, ["apply", "fleet.json", "nothing.json"], "nothing.json")
        self.path("plan.json").write_text("[]")
        self.expect_refusal(1, ["apply", "fleet.json", "plan.json"], "plan.json")
        self.expect_refusal(1, ["apply", "fleet.json", "state.json"], "state.json")

    def test_it_was_edited_by_hand(self):
        plan = self.plan_file()
        actions_of(plan, BOOKING, "retire_page")[0]["approval"] = "auto"
        self.path("plan.json").write_text(json.dumps(plan))
        self.expect_refusal(1, ["apply", "fleet.json", "plan.json"], "plan.json", "changed after it was made")
        self.expect_refusal(1, ["show", "plan.json"], "plan.json", "changed after it was made")

    def test_it_was_made_for_another_fleet(self):
        self.plan_file()
        self.edit_fleet(lambda fleet: fleet["policy"].update(retire="redirect"))
        self.expect_refusal(1, ["apply", "fleet.json", "plan.json", "--approve", "all"], "fleet")

    def test_an_approval_is_not_in_it(self):
        self.plan_file()
        self.expect_refusal(1, ["apply", "fleet.json", "plan.json", "--approve", "retire_page-00000000"], "retire_page-00000000")

    def test_a_brake_is_unknown(self):
        self.plan_file()
        self.expect_refusal(1, ["apply", "fleet.json", "plan.json", "--override", "everything"], "everything")

    def test_a_booking_is_unknown(self):
        self.plan_file()
        self.expect_refusal(1, ["plan", "fleet.json", "--booking", "nosuchbooking"], "nosuchbooking")
        self.expect_refusal(1, ["verify", "fleet.json", "--booking", "nosuchbooking"], "nosuchbooking")
        self.expect_refusal(1, ["apply", "fleet.json", "plan.json", "--booking", "nosuchbooking"], "nosuchbooking")

    def test_a_run_or_a_task_is_unknown(self):
        self.expect_refusal(1, ["show", "fleet.json", "run-000000000000"], "run-000000000000")
        self.expect_refusal(1, ["resume", "fleet.json", "run-000000000000"], "run-000000000000")
        self.expect_refusal(1, ["attest", "fleet.json", "run-000000000000", "x", "--by", "Ana"], "run-000000000000")
        plan = self.plan_file()
        self.expect(3, "apply", "fleet.json", "plan.json")
        self.expect_refusal(1, ["attest", "fleet.json", run_of(plan), "manual_task-00000000", "--by", "Ana"], "manual_task-00000000")
        edit = actions_of(plan, BOOKING, "edit_page")[0]["id"]
        self.expect_refusal(1, ["attest", "fleet.json", run_of(plan), edit, "--by", "Ana"], edit)

    def test_it_is_stale(self):
        """Somebody else's write in between stops that action and what needs it: code 4, theirs is kept, both sides are shown."""
        plan = self.plan_file()
        page = self.path(SUNSET)
        theirs = page.read_bytes().replace(b"Please arrive", b"Kindly arrive")
        page.write_bytes(theirs)
        said = self.expect(4, "apply", "fleet.json", "plan.json", "--approve", "all")
        self.assertEqual(page.read_bytes(), theirs)
        self.assertTrue(self.path(AFTERNOON).exists())
        self.assertEqual(self.record("page_slug"), "2026-05-30-jonathan-afternoon")
        self.assertIn("Conflict", said.text)
        self.assertIn("evenkeel plan fleet.json", said.text)
        report = self.expect_json(4, "apply", "fleet.json", "plan.json", "--approve", "all")
        conflicts = [action["action"] for action in report["actions"] if action["outcome"] == "conflict"]
        self.assertTrue(set(conflicts) & {action["id"] for action in actions_of(plan, BOOKING)}, report)

    def test_an_answer_is_to_no_question(self):
        self.expect_refusal(1, ["plan", "fleet.json", "--decide", "nosuchquestion=yes"], "nosuchquestion")


class BadWord(FleetCase):
    def test_set(self):
        self.expect_refusal(1, ["set", "fleet.json", "nosuchbooking", "start=15:30", "--by", "Ana"], "nosuchbooking")
        self.expect_refusal(1, ["set", "fleet.json", BOOKING, "strat=15:30", "--by", "Ana"], "strat", "start")
        self.expect_refusal(1, ["set", "fleet.json", BOOKING, "start=teatime", "--by", "Ana"], "teatime")
        self.expect_refusal(1, ["set", "fleet.json", BOOKING, "booking=other", "--by", "Ana"], "booking")


if __name__ == "__main__":
    unittest.main()
