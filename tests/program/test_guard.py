"""guard and find --reserve on the example fleet, and the publish script that uses them."""
import os
import pathlib
import shutil
import subprocess
import unittest

from program_case import AFTERNOON, BOOKING, FleetCase, PROGRAM, SOURCE, SUNSET

KEPT = "g/2026-05-30-jonathan-sunset.html"
RETIRED = "g/2026-05-30-jonathan-afternoon.html"
NEW = "g/2031-01-01-mira-morning.html"


class Guard(FleetCase):
    def guard(self, code, file, key, *words):
        return self.expect_json(code, "guard", "fleet.json", file, "--key", key, *words)

    def kinds(self, answer):
        return {refusal["kind"] for refusal in answer["refusals"]}

    def reconcile(self):
        self.run_program("plan", "fleet.json", "--booking", BOOKING, "--out", "plan.json")
        self.run_program("apply", "fleet.json", "plan.json", "--approve", "all")

    def test_before_the_incident_is_repaired(self):
        # The page as it is says the old time: deploying it again is no way out.
        answer = self.guard(3, SUNSET, KEPT)
        self.assertEqual(self.kinds(answer), {"verdict"})
        self.assertEqual(answer["booking"], BOOKING)
        # What made the incident: the poorer page over the good one, and the second page itself.
        self.assertIn("feature_lost", self.kinds(self.guard(3, AFTERNOON, KEPT)))
        self.assertIn("duplicate", self.kinds(self.guard(3, AFTERNOON, RETIRED)))

    def test_after_the_incident_was_repaired(self):
        old = self.path("old.html")
        shutil.copyfile(self.path(AFTERNOON), old)
        self.reconcile()
        before = self.systems()
        self.assertTrue(self.guard(0, SUNSET, KEPT)["allowed"])
        back = self.guard(3, SUNSET, RETIRED)
        self.assertIn("retired_key", self.kinds(back))
        self.assertIn(KEPT, back["refusals"][0]["next"])
        said = self.expect(3, "guard", "fleet.json", "old.html", "--key", KEPT).text
        for words in ("Do not deploy it", "photo-upload", "true is 15:30", "next:"):
            self.assertIn(words, " ".join(said.split()))
        self.assertEqual(self.systems(), before)

    def test_a_lease_is_in_the_way_of_others(self):
        self.reconcile()
        self.expect(0, "lease", "fleet.json", BOOKING, "--holder", "Rosa")
        self.assertEqual(self.kinds(self.guard(3, SUNSET, KEPT)), {"leased"})
        self.guard(0, SUNSET, KEPT, "--holder", "Rosa")

    def test_wrong_words(self):
        self.expect_json(1, "guard", "fleet.json", SUNSET, "--key", "elsewhere.html")
        self.expect_json(1, "guard", "fleet.json", "missing.html", "--key", KEPT)
        self.expect(64, "guard", "fleet.json", SUNSET)


class Reserve(FleetCase):
    def reserve(self, code, holder, *query):
        return self.expect_json(code, "find", "fleet.json", "--date", "2031-01-01", *query, "--reserve", "--holder", holder)

    def test_the_second_writer_is_told_who(self):
        mine = self.reserve(0, "a", "--guest", "Mira")["reservation"]
        self.assertEqual(mine["holder"], "a")
        second = self.reserve(4, "b", "--guest", "MIRA Jones")
        self.assertIsNone(second["reservation"])
        self.assertEqual(second["reserved"], [mine])
        self.assertEqual(self.expect_json(3, "find", "fleet.json", "--date", "2031-01-01", "--guest", "Mira")["answer"], "ambiguous")
        self.assertIn("reserved by a", self.expect(3, "find", "fleet.json", "--date", "2031-01-01", "--guest", "Mira").text)
        self.assertEqual(self.expect_json(0, "find", "fleet.json", "--date", "2031-01-01", "--guest", "Bob")["reserved"], [])

    def test_guard_refuses_what_somebody_else_reserved(self):
        self.path("mira.html").write_text("<!DOCTYPE html>\n<html><body><h1>Mira</h1><p>January 1, 2031, 10:00 AM</p></body></html>\n")
        guard = ("guard", "fleet.json", "mira.html", "--key", NEW)
        self.expect(0, *guard, "--holder", "b")
        self.reserve(0, "a", "--guest", "Mira Jones")
        said = " ".join(self.expect(3, *guard, "--holder", "b").text.split())
        for words in ("Mira Jones on 2031-01-01 is reserved by a until", "next: wait for that page"):
            self.assertIn(words, said)
        self.assertEqual([refusal["kind"] for refusal in self.expect_json(3, *guard)["refusals"]], ["reserved"])
        self.expect(0, *guard, "--holder", "a")

    def test_what_exists_is_found(self):
        self.assertIsNone(self.expect_json(2, "find", "fleet.json", "--date", "2026-05-30", "--guest", "Jonathan", "--reserve", "--holder", "a")["reservation"])

    def test_wrong_words(self):
        for words in (["--date", "2031-01-01", "--reserve", "--holder", "a"], ["--guest", "x", "--reserve", "--holder", "a"],
                      ["--date", "2031-01-01", "--guest", "x", "--reserve"], ["--date", "2031-01-01", "--holder", "a"]):
            self.expect(64, "find", "fleet.json", *words)


class Publish(FleetCase):
    def publish(self, file, key, date, guest):
        environment = {**os.environ, "PATH": f"{pathlib.Path(PROGRAM).parent}:{os.environ['PATH']}"}
        copy = ["sh", "-c", 'cp "$0" "site/$1"']
        return subprocess.run([SOURCE / "examples/publish/publish.sh", "fleet.json", file, key, date, guest, *copy], cwd=self.folder,
                              env=environment, capture_output=True, check=False)

    def page(self, name, guest):
        self.path(name).write_text(f"<!DOCTYPE html>\n<html lang=\"en\"><body><h1>{guest}</h1><p>January 1, 2031, 10:00 AM</p></body></html>\n")
        return name

    def test_a_new_page_once(self):
        done = self.publish(self.page("mira.html", "Mira"), NEW, "2031-01-01", "Mira")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.path(f"site/{NEW}").read_bytes(), self.path("mira.html").read_bytes())
        second = self.publish(self.page("mira2.html", "Mira"), "g/2031-01-01-mira-evening.html", "2031-01-01", "Mira")
        self.assertEqual(second.returncode, 3, second.stderr)
        self.assertFalse(self.path("site/g/2031-01-01-mira-evening.html").exists())

    def test_what_made_the_incident_is_refused(self):
        before = self.systems()
        done = self.publish(AFTERNOON, KEPT, "2026-05-30", "Jonathan")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn(b"photo-upload", done.stderr)
        self.assertEqual(self.systems(), before)
        self.assertEqual(self.expect_json(0, "lease", "fleet.json", BOOKING)["lease"]["state"], "free", "given back")


if __name__ == "__main__":
    unittest.main()
