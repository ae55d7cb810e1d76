"""No verb claims more than was read: what could not be read is named, on both outputs, and the words stay within it."""
import unittest

from program_case import AFTERNOON, BOOKING, DAY_AFTER_TOMORROW, SUNSET, TABLE, TIMES, FleetCase, actions_of, run_of, validate

APPROVE = ["--approve", "all"]
SLUG = "2026-05-30-jonathan-sunset"


class Reconciled(FleetCase):
    """The incident's booking as it is once all of its systems agree."""

    def setUp(self):
        super().setUp()
        plan = self.plan_file("--booking", BOOKING)
        self.expect(3, "apply", "fleet.json", "plan.json", *APPROVE)
        for task in actions_of(plan, verb="manual_task"):
            self.expect(0, "attest", "fleet.json", run_of(plan), task["id"], "--by", "Ana")
        self.assertIn("All systems agree.", self.expect(0, "verify", "fleet.json", "--booking", BOOKING).text)

    def expect_partly_read(self, *names):
        """Agreement is claimed for what was read alone, and the exit code stays: a note changes none."""
        for verb in ("verify", "plan"):
            said = self.expect(0, verb, "fleet.json", "--booking", BOOKING)
            self.assertIn("what was read agrees", said.text.lower())
            self.assertNotIn("all systems agree", said.text.lower())
            self.assertNotIn("every system", said.text.lower())
            for name in names:
                self.assertIn(name, " ".join(said.text.split()))
        verified = self.expect_json(0, "verify", "fleet.json", "--booking", BOOKING)
        self.assertTrue(verified["agrees"])
        self.assertFalse(verified["complete"])
        self.assertFalse(verified["remaining"]["complete"])
        self.assertFalse(verified["audit"]["complete"])
        audit = self.run_program("audit", "fleet.json")
        self.assertIn("agree in what was read", " ".join(audit.text.split()))
        for name in names:
            self.assertIn(name, audit.notes)
        return verified["remaining"]["unread"]


class HowFar(FleetCase):
    def test_pages_are_counted_where_asked_for(self):
        for verb in ("audit", "plan", "verify"):
            said = self.expect(2, verb, "fleet.json", "--json", "--progress")
            self.assertIn("guest-pages: 10 of 10 pages read\n", said.notes)
            validate(said.document)
            self.assertNotIn("pages read", self.run_program(verb, "fleet.json").notes, "stderr is no terminal")

    def test_verbs_that_look_for_a_booking_count_too(self):
        for code, *words in ((2, "find", "--id", BOOKING), (3, "guard", SUNSET, "--key", "g/2026-05-30-jonathan-sunset.html"), (0, "handoff", BOOKING),
                             (0, "handoff", BOOKING, "--note", "later", "--by", "Rosa"), (0, "lease", BOOKING), (0, "lease", BOOKING, "--holder", "Rosa"),
                             (0, "set", BOOKING, "captain=Ana", "--by", "Rosa"),
                             (0, "accept", BOOKING, *TIMES, "--until", DAY_AFTER_TOMORROW, "--why", "told", "--by", "Rosa"), (0, "find", "--date", "2031-01-01", "--guest", "Mira", "--reserve", "--holder", "Rosa")):
            said = self.expect(code, words[0], "fleet.json", *words[1:], "--json", "--progress")
            self.assertIn("guest-pages: 10 of 10 pages read\n", said.notes, words)
            self.assertNotIn("pages read", self.run_program(words[0], "fleet.json", *words[1:]).notes, "stderr is no terminal")


class PartlyRead(Reconciled):
    def test_everything_was_read(self):
        verified = self.expect_json(0, "verify", "fleet.json", "--booking", BOOKING)
        self.assertTrue(verified["complete"])
        self.assertEqual(verified["remaining"]["unread"], [])

    def test_rows_without_a_key_and_with_a_blob_for_one(self):
        with self.database() as database:  # a table without the constraint that forbids it
            database.execute(f'ALTER TABLE "{TABLE}" RENAME TO strict')
            database.execute(f'CREATE TABLE "{TABLE}" AS SELECT * FROM strict')
            database.execute('DROP TABLE strict')
            database.execute(f'INSERT INTO "{TABLE}" (guest_code, booking_id) VALUES (NULL, "lost"), (x\'00ff\', "blob")')
        unread = self.expect_partly_read("crew-dispatch", "guest_code")
        self.assertEqual([(one["store"], one["resource"]) for one in unread], [("crew-dispatch", None)])
        self.assertIn("; ", unread[0]["why"], "both rows are named")

    def test_a_uid_that_two_events_have(self):
        calendar = self.path("calendar.ics")
        event = b"BEGIN:VEVENT\r\nUID:twice\r\nDTSTAMP:20260501T000000Z\r\nDTSTART:20260701T170000Z\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
        calendar.write_bytes(calendar.read_bytes().replace(b"END:VCALENDAR", event + event + b"END:VCALENDAR"))
        unread = self.expect_partly_read("internal-calendar", "twice")
        self.assertEqual([one["store"] for one in unread], ["internal-calendar"])

    def test_a_page_that_no_booking_names(self):
        self.path("site/g/2026-09-09-bad-page.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(256))
        unread = self.expect_partly_read("2026-09-09-bad-page.html")
        self.assertEqual([one["resource"] for one in unread], ["g/2026-09-09-bad-page.html"])


class Unproven(Reconciled):
    """A record that points at a page nobody could read is not verified: it waits for a person."""

    def expect_unproven(self):
        verified = self.expect_json(3, "verify", "fleet.json", "--booking", BOOKING)
        self.assertFalse(verified["agrees"])
        self.assertFalse(verified["complete"])
        self.assertTrue(verified["remaining"]["bookings"][0]["unproven"])
        for verb in ("verify", "plan"):
            said = self.expect(3, verb, "fleet.json", "--booking", BOOKING)
            self.assertIn(SLUG, said.text)
            self.assertIn("could not be read", said.text)
            self.assertNotIn("agrees.", said.text)

    def test_the_page_is_over_the_limit(self):
        self.edit_fleet(lambda fleet: fleet.update(limits={"page_bytes": 1000}))
        self.expect_unproven()

    def test_the_page_is_no_text_any_more(self):
        self.path(SUNSET).write_bytes("<p>3:30 PM</p>".encode("utf-16"))
        self.expect_unproven()


class BeforeCreating(FleetCase):
    """find says that there is none where that was seen, and nowhere else."""

    def expect_found_unread(self, key, *query):
        said = self.expect(2, "find", "fleet.json", *query)
        self.assertIn(f"It has a page that could not be read: guest-pages:{key}. Do not create another.", " ".join(said.text.split()))
        found = self.expect_json(2, "find", "fleet.json", *query)
        self.assertEqual((found["answer"], found["complete"]), ("exists", False))
        self.assertEqual(found["bookings"][0]["unread_pages"], [f"guest-pages:{key}"])
        self.assertEqual([one["resource"] for one in found["unread"]], [key])

    def expect_nobody_knows(self, *query):
        said = " ".join(self.expect(3, "find", "fleet.json", *query).text.split())
        self.assertIn("Do not create a page yet", said)
        self.assertIn("then ask again", said)
        found = self.expect_json(3, "find", "fleet.json", *query)
        self.assertEqual((found["answer"], found["bookings"], found["complete"]), ("ambiguous", [], False))
        return said

    def test_a_page_over_the_limit(self):
        key = "g/2026-09-09-zelda-sunset.html"
        self.path(f"site/{key}").write_text("<p>x</p>" + " " * 5_000_000)
        for query in (["--date", "2026-09-09"], ["--date", "2026-09-09", "--guest", "Zelda"], ["--guest", "zelda"]):
            self.expect_found_unread(key, *query)
        self.assertEqual(self.expect_json(0, "find", "fleet.json", "--date", "2031-01-01")["answer"], "none")
        failed = [check for check in self.expect_json(1, "doctor", "fleet.json")["checks"] if not check["passed"]]
        self.assertEqual([check["what"] for check in failed], ["page sizes"])
        self.assertIn(key, failed[0]["detail"])

    def test_a_page_in_utf_16(self):
        key = "g/2026-09-09-zelda-sunset.html"
        self.path(f"site/{key}").write_bytes("<p>3:30 PM</p>".encode("utf-16"))
        self.expect_found_unread(key, "--date", "2026-09-09")
        self.assertIn("convert it to UTF-8", " ".join(self.expect(2, "find", "fleet.json", "--date", "2026-09-09").text.split()))

    def test_a_page_whose_key_has_no_date(self):
        self.edit_fleet(lambda fleet: fleet["pages"][0].update(slug="{name}"))
        self.path("site/g/welcome-zelda.html").write_bytes("<p>3:30 PM</p>".encode("utf-16"))
        self.assertIn("guest-pages:g/welcome-zelda.html", self.expect_nobody_knows("--date", "2026-09-09"))

    def test_a_link_in_place_of_a_page(self):
        self.path("site/g/2026-09-09-zelda-sunset.html").symlink_to(self.path(SUNSET))
        self.assertIn("2026-09-09-zelda-sunset.html", self.expect_nobody_knows("--date", "2026-09-09"))


class StateFolder(FleetCase):
    """Evenkeel's own files, damaged: the file is named, and what to do."""

    def damage(self, folder):
        self.plan_file()
        self.expect(3, "apply", "fleet.json", "plan.json", *APPROVE)
        file = sorted(path for path in self.path(f"state/{folder}").rglob("*.json"))[0]
        for garbage in (b"\x00\xff garbage", b"[]", b'{"id": 1}'):
            file.write_bytes(garbage)
            notes = self.expect(1, "audit", "fleet.json").notes
            self.assertEqual(notes.count(file.name), 1, notes)
            self.assertRegex(notes, "bring it back|remove the file")

    def test_a_handoff(self):
        self.damage("documents/handoff")

    def test_a_tombstone(self):
        self.damage("documents/tombstone")

    def test_a_note_of_a_write(self):
        self.damage("stores/guest-pages/notes")


class WayOn(FleetCase):
    """What verify says to do next can be done."""

    def test_a_task_of_a_run_is_attested_there(self):
        plan = self.plan_file("--booking", BOOKING)
        self.expect(3, "apply", "fleet.json", "plan.json", *APPROVE)
        said = self.expect(3, "verify", "fleet.json", "--booking", BOOKING)
        task = actions_of(plan, verb="manual_task")[0]["id"]
        self.assertIn(f"evenkeel attest fleet.json {run_of(plan)} {task}", said.text)
        self.assertNotIn("evenkeel apply", said.text)

    def test_what_was_never_planned_is_planned_first(self):
        said = self.expect(2, "verify", "fleet.json", "--booking", BOOKING)
        self.assertIn(f"evenkeel plan fleet.json --booking {BOOKING} --out plan.json", said.text)

    def test_a_second_attestation_says_who_was_first(self):
        plan = self.plan_file("--booking", BOOKING)
        self.expect(3, "apply", "fleet.json", "plan.json", *APPROVE)
        task = actions_of(plan, verb="manual_task")[0]["id"]
        self.assertIn("by Ana", self.expect(0, "attest", "fleet.json", run_of(plan), task, "--by", "Ana").notes)
        said = self.expect(0, "attest", "fleet.json", run_of(plan), task, "--by", "Bob")
        self.assertIn("done already; Ana attested it", said.notes)
        self.assertNotIn("Bob", said.notes)

    def test_a_conflict_names_the_attribute_that_changed(self):
        plan = self.plan_file("--booking", BOOKING)
        with self.database() as database:
            database.execute(f'UPDATE "{TABLE}" SET start_time = ? WHERE guest_code = ?', ["14:00", "S2FJLN"])
        self.expect(4, "apply", "fleet.json", "plan.json", *APPROVE)
        run = self.expect_json(0, "show", "fleet.json", run_of(plan))
        detail = next(action["detail"] for action in run["actions"] if action["outcome"] == "conflict")
        self.assertIn('start_time "15:30"', detail.split("; found")[0])
        self.assertIn('start_time "14:00"', detail.split("; found")[1])
        self.assertTrue(self.path(AFTERNOON).exists())


if __name__ == "__main__":
    unittest.main()
