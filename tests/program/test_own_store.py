"""A host's own database behind RecordStore: the incident is reconciled with it in the place of the dispatch table."""
import contextlib
import os
import sqlite3
import subprocess
import unittest

from program_case import AFTERNOON, BOOKING, FleetCase, SUNSET, TABLE

OWN_STORE = os.environ.get("EVENKEEL_OWN_STORE", "")
SCHEMA = """
CREATE TABLE sailings (ref TEXT PRIMARY KEY, booking TEXT, sail_day INTEGER, departs INTEGER, party TEXT, web TEXT,
                       rev INTEGER NOT NULL, evenkeel_operation TEXT, evenkeel_rev INTEGER);
CREATE TABLE evenkeel_fences (booking TEXT PRIMARY KEY, number INTEGER NOT NULL);
"""


@unittest.skipUnless(OWN_STORE, "built without the examples")
class OwnStore(FleetCase):
    def setUp(self):
        super().setUp()
        with self.database() as database:
            rows = database.execute(f'SELECT guest_code, booking_id, date, start_time, guest_name, page_slug FROM "{TABLE}"').fetchall()
        with self.house() as house:
            house.executescript(SCHEMA)
            for code, booking, date, start, guest, page in rows:
                minutes = int(start[:2]) * 60 + int(start[3:])
                house.execute("INSERT INTO sailings VALUES (?, ?, ?, ?, ?, ?, 1, NULL, NULL)", [code, booking, int(date.replace("-", "")), minutes, guest, page])
        os.remove(self.path("dispatch.sqlite"))

        def change(fleet):
            records = fleet["records"][0]
            for key in ("path", "table", "key"):
                del records[key]
            records.update(adapter="in-house", database="house.sqlite", fields={
                "booking": "booking", "code": "ref", "date": {"path": "sail_day", "form": "YYYYMMDD"}, "start": {"path": "departs", "form": "minutes"},
                "guest": "party", "page": "web"})
        self.edit_fleet(change)

    @contextlib.contextmanager
    def house(self):
        house = sqlite3.connect(self.path("house.sqlite"))
        try:
            yield house
            house.commit()
        finally:
            house.close()

    def sailing(self, ref="S2FJLN"):
        with self.house() as house:
            return dict(zip(("day", "departs", "web", "rev"), house.execute("SELECT sail_day, departs, web, rev FROM sailings WHERE ref = ?", [ref]).fetchone()))

    def run_it(self, *approved):
        done = subprocess.run([OWN_STORE, "fleet.json", *approved], cwd=self.folder, capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 3, done.stderr.decode() + done.stdout.decode())
        return [line.split(" ", 2) for line in done.stdout.decode().splitlines()]

    def test_the_incident_is_reconciled(self):
        lines = self.run_it()
        self.assertEqual(self.sailing(), {"day": 20260530, "departs": 930, "web": "2026-05-30-jonathan-sunset", "rev": 2})
        self.assertIn(b"3:30", self.path(SUNSET).read_bytes())
        retire = [action for outcome, action, what in lines if outcome == "waits_approval" and what.endswith("jonathan-afternoon.html")]
        self.assertEqual(len(retire), 1)
        self.assertTrue(self.path(AFTERNOON).exists())
        before = self.sailing()
        with self.house() as house:
            self.assertEqual(house.execute("SELECT count(*) FROM evenkeel_fences WHERE booking = ?", [BOOKING]).fetchone()[0], 1)
        # A colleague writes to the row; nothing of ours is due there, and nothing of theirs is lost.
        with self.house() as house:
            house.execute("UPDATE sailings SET party = 'Jonathan R', rev = rev + 1 WHERE ref = 'S2FJLN'")
        again = self.run_it()
        self.assertNotIn("crew-dispatch:S2FJLN", [what for _, _, what in again])
        self.assertEqual(self.sailing(), {**before, "rev": 3})

    def test_a_database_that_is_not_there(self):
        os.remove(self.path("house.sqlite"))
        done = subprocess.run([OWN_STORE, "fleet.json"], cwd=self.folder, capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"crew-dispatch", done.stderr)
        self.assertFalse(self.path("house.sqlite").exists())


if __name__ == "__main__":
    unittest.main()
