"""The real program on the example fleet, with its pages in a bucket and its edge cache in CloudFront, both played by the fake."""
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest
import urllib.request

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "program"))

from program_case import BOOKING, FleetCase, run_of

KEYS = {"AWS_ACCESS_KEY_ID": "ASIAPLANTEDKEYID", "AWS_SECRET_ACCESS_KEY": "planted/secret+key", "AWS_SESSION_TOKEN": "planted+session/token=="}
PAGE, OTHER = "g/2026-05-30-jonathan-sunset.html", "g/2026-05-30-jonathan-afternoon.html"


INVALIDATED = sorted(f"/g/{slug}{end}" for slug in ("2026-05-30-jonathan-sunset", "2026-05-30-jonathan-afternoon", "2026-08-15-moreau-anniversary") for end in ("", ".html"))


class AwsCase(FleetCase):
    def setUp(self):
        super().setUp()
        fake = subprocess.Popen([sys.executable, HERE / "fake_aws.py", *self.fake_options()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(lambda: (fake.communicate(), None))
        self.endpoint = fake.stdout.readline().strip()
        self.before = {"g/" + page.name: page.read_text() for page in self.path("site/g").iterdir()}
        self.tell({"buckets": {"example-site": self.before, "state": {}}, "distributions": [{"id": "E2", "aliases": ["other.example"]}, {"id": "E1", "aliases": ["queenofsandiego.com"]}],
                   "keys": {KEYS["AWS_ACCESS_KEY_ID"]: {"secret": KEYS["AWS_SECRET_ACCESS_KEY"], "token": KEYS["AWS_SESSION_TOKEN"]}}})
        for page in self.path("site/g").iterdir():
            page.unlink()
        self.edit_fleet(self.move)
        self.said = []

    def fake_options(self):
        return []

    def move(self, fleet):
        """The whole migration: other adapters, and where they are."""
        for key, adapter, settings in (("pages", "s3", {"bucket": "example-site", "region": "us-east-1"}), ("edge", "cloudfront", {"alias": "queenofsandiego.com"})):
            del fleet[key][0]["path"]
            fleet[key][0] |= {"adapter": adapter, "endpoint": self.endpoint, **settings}
        fleet["policy"] |= {"single_host": True, "accept_repeating_versions": True}

    def tell(self, wanted=None):
        with urllib.request.urlopen(self.endpoint + "/_fake", json.dumps(wanted).encode() if wanted else None) as answer:
            return json.load(answer)

    def pages(self):
        return {key: text for key, text in self.tell()["buckets"]["example-site"].items() if key.startswith("g/")}

    def invalidated(self):
        return sorted(path for one in self.tell()["invalidations"] for path in one["paths"])

    def call(self, code, *words, env=None):
        said = self.run_program(*words, env={**KEYS, "AWS_MAX_ATTEMPTS": "1", "HOME": str(self.folder), **(env or {})})
        self.said.append(said)
        if code is not None:
            self.assertEqual(said.code, code, f"{words}: {said}")
        return said

    def assert_kept(self):
        """The planted keys are in nothing that is printed or written."""
        for said in self.said:
            for name, secret in KEYS.items():
                self.assertNotIn(secret, said if isinstance(said, str) else (said.out + said.err).decode(errors="replace"), name)
        for path in self.folder.rglob("*"):
            if path.is_file() and path.name != "credentials":
                for name, secret in KEYS.items():
                    self.assertNotIn(secret.encode(), path.read_bytes(), f"{name} in {path}")

    def plan(self):
        self.call(2, "plan", "fleet.json", "--out", "plan.json")
        return json.loads(self.path("plan.json").read_text())

    def apply(self, code=3, *words):
        return self.call(code, "apply", "fleet.json", "plan.json", "--approve", "all", "--by", "test", *words)


class LargeFleet(AwsCase):
    """More pages than one listing names, read by many and by one."""

    def page(self, number):
        day = f"{2020 + number // 336}-{number % 336 // 28 + 1:02}-{number % 28 + 1:02}"
        return f"g/{day}-guest{number}-sail.html", f"<html><body><h1>Sail of {day}</h1><p>4:30 PM to 7:30 PM</p></body></html>"

    def read_by(self, readers):
        self.edit_fleet(lambda fleet: fleet["pages"][0].update(readers=readers))
        said = self.call(2, "audit", "fleet.json", "--json", "--progress")
        return re.sub(r'"taken_at": "[^"]*"', "", said.text), said.notes

    def test_many_readers_say_what_one_says(self):
        pages = self.before | dict(map(self.page, range(400)))
        self.tell({"buckets": {"example-site": pages, "state": {}}, "settings": {"page": 100},
                   "faults": [{"kind": "error", "operation": "GetObject", "status": 503, "code": "SlowDown", "times": 2}]})
        many, notes = self.read_by(32)
        self.assertIn(f"guest-pages: {len(pages)} of {len(pages)} pages read\n", notes)
        self.assertTrue(self.read_by(1)[0] == many, "one reader says otherwise")
        for wrong in (0, 65, "many", 1.5):
            self.edit_fleet(lambda fleet: fleet["pages"][0].update(readers=wrong))
            self.assertIn('"readers" must be a number from 1 to 64', self.call(1, "audit", "fleet.json").notes)


class OtherPrograms(AwsCase):
    """What else opens fleet files has the same adapters."""

    def started(self, name, *words):
        if not os.environ.get(name):
            self.skipTest(f"{name} is not set")
        done = subprocess.run([os.environ[name], *words], cwd=self.folder, env={**os.environ, **KEYS, "HOME": str(self.folder)}, capture_output=True, text=True, timeout=120, check=False)
        self.said.append(done.stdout + done.stderr)
        return done

    def test_the_c_library(self):
        done = self.started("EVENKEEL_CAPI_AWS", str(self.folder))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn(OTHER, self.pages())
        self.assertIn("3:30–6:30", self.pages()[PAGE])
        self.assertEqual(self.invalidated(), INVALIDATED)
        self.assert_kept()

    def test_the_daemon(self):
        done = self.started("EVENKEEL_DAEMON", "fleet.json", "--once")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(BOOKING, done.stdout)
        self.assert_kept()

    def test_the_tool_server(self):
        ask = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}
        call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "audit", "arguments": {}}}
        process = subprocess.Popen([os.environ["EVENKEEL_TOOL_SERVER"], "fleet.json"], cwd=self.folder, env={**os.environ, **KEYS, "HOME": str(self.folder)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for message in (ask, {"jsonrpc": "2.0", "method": "notifications/initialized"}, call):
            process.stdin.write(json.dumps(message) + "\n")
            process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(2)]
        self.said += [*map(json.dumps, answers), *process.communicate()]
        self.assertIn(BOOKING, json.dumps(answers[1]))
        self.assert_kept()


class Incident(AwsCase):
    def test_the_fleet_is_reconciled_and_taken_back(self):
        self.tell({"settings": {"invalidation_looks": 1}})
        said = self.call(0, "doctor", "fleet.json").text
        self.assertIn("E1 is enabled and deployed", said)
        self.call(2, "audit", "fleet.json")
        plan = self.plan()
        self.assertIn("3 invalidations are in progress after 0 s", self.apply().notes)
        pages = self.pages()
        self.assertNotIn(OTHER, pages)
        self.assertIn("3:30–6:30", pages[PAGE])
        self.assertEqual(self.invalidated(), INVALIDATED)
        self.call(3, "verify", "fleet.json", "--booking", BOOKING)
        self.apply()
        self.assertEqual(self.invalidated(), INVALIDATED, "nothing is repeated")
        self.call(0, "rollback", "fleet.json", run_of(plan))
        self.assertEqual(self.pages(), self.before)

    def test_lost_replies_and_a_busy_cache_leave_one_of_each(self):
        lost = [{"service": service, "operation": operation, "kind": "lost_reply", "path": path} for service, operation, path in
                (("s3", "PutObject", PAGE), ("s3", "DeleteObject", OTHER), ("cloudfront", "CreateInvalidation", "E1"))]
        busy = {"service": "cloudfront", "operation": "CreateInvalidation", "kind": "error", "status": 400, "code": "TooManyInvalidationsInProgress", "skip": 1}
        self.plan()
        self.tell({"faults": [*lost, busy]})
        self.apply()
        self.assertIn("3:30–6:30", self.pages()[PAGE])
        self.assertNotIn(OTHER, self.pages())
        self.assertEqual(self.invalidated(), INVALIDATED)
        self.assertEqual(sum(request["operation"] == "CreateInvalidation" for request in self.tell()["requests"]), 4, "one of the three was busy, and none repeated")

    def test_what_guests_are_served_is_looked_at(self):
        self.edit_fleet(lambda fleet: fleet["edge"][0].update({"check": True, "url": self.endpoint}))
        self.plan()
        old = {"/" + key: text for key, text in self.before.items()}
        self.tell({"site": {**old, "/g/2026-05-30-jonathan-sunset": old["/" + PAGE]}})
        said = self.apply(1)
        self.assertIn("Guests may still see what was there before", said.text)
        self.assertIn("cloudfront:/" + PAGE + ": it serves what was there before", said.text)
        self.assertIn("cloudfront:/" + OTHER + ": it serves what was there before", said.text)
        new = self.pages()
        self.tell({"site": {"/" + OTHER: {"status": 404}, **{"/" + key: text for key, text in new.items()},
                            **{"/" + key.removesuffix(".html"): text for key, text in new.items()}}})
        run = run_of(json.loads(self.path("plan.json").read_text()))
        self.assertNotIn("Guests may still see", self.call(3, "resume", "fleet.json", run).text)


class WrongPlaces(AwsCase):
    """What is said where something is not there or not allowed, and that the rest is done."""

    def doctor(self, section, words, **settings):
        self.edit_fleet(lambda fleet: fleet[section][0].update(settings))
        said = self.call(1, "doctor", "fleet.json").text
        for word in words:
            self.assertIn(word, " ".join(said.split()))

    def test_the_cache_may_not_be_told_and_all_else_is_done(self):
        plan = self.plan()
        self.tell({"faults": [{"service": "cloudfront", "operation": "CreateInvalidation", "kind": "error", "status": 403, "code": "AccessDenied", "times": -1}]})
        said = self.apply(1)
        self.assertIn("cloudfront:CreateInvalidation", said.text)
        self.assertIn("3:30–6:30", self.pages()[PAGE])
        self.assertNotIn(OTHER, self.pages())
        self.assertEqual(self.record("page_slug"), "2026-05-30-jonathan-sunset")
        self.tell({"faults": []})
        self.call(3, "resume", "fleet.json", run_of(plan))
        self.assertEqual(self.invalidated(), INVALIDATED)

    def test_an_endpoint_that_is_down(self):
        self.doctor("edge", ["cloudfront", "127.0.0.1:1"], endpoint="http://127.0.0.1:1")

    def test_a_redirect_is_not_followed(self):
        self.tell({"faults": [{"service": "cloudfront", "kind": "error", "status": 301, "code": "Moved", "headers": {"Location": "https://elsewhere.example/"}, "times": -1}]})
        self.doctor("edge", ["it leads elsewhere", 'correct "endpoint"'])

    def test_a_wrong_alias_a_wrong_bucket_and_no_credentials(self):
        self.doctor("edge", ['no distribution of the account serves "nobody.example"', "queenofsandiego.com"], alias="nobody.example")
        self.doctor("pages", ['there is no bucket "no-such-bucket"'], bucket="no-such-bucket")
        nobody = {**{name: "" for name in KEYS}, "AWS_EC2_METADATA_DISABLED": "true"}
        said = " ".join(self.call(1, "doctor", "fleet.json", env=nobody).text.split())
        for place in ("AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", ".aws/credentials", "AWS_CONTAINER_CREDENTIALS"):
            self.assertIn(place, said)

    def test_throttling_that_lasts(self):
        self.plan()
        self.tell({"faults": [{"service": "s3", "operation": "GetObject", "path": PAGE, "kind": "error", "status": 503, "code": "SlowDown", "times": -1}]})
        said = self.apply(1)
        self.assertIn("503 SlowDown", " ".join(said.text.split()))
        self.assertIn("/g/2026-08-15-moreau-anniversary.html", self.invalidated(), "other bookings are done")


class Secrets(AwsCase):
    """Planted keys are in nothing that is printed or written, even where the service shows them back."""

    def test_a_run_and_all_that_is_said_of_it(self):
        told = " ".join(KEYS.values())
        faults = [{"service": "cloudfront", "operation": "CreateInvalidation", "kind": "error", "status": 403, "code": "AccessDenied", "message": told},
                  {"service": "s3", "operation": "PutObject", "path": PAGE, "kind": "error", "status": 403, "code": "SignatureDoesNotMatch", "message": told}]
        for words in (("doctor",), ("audit",), ("plan", "--out", "plan.json")):
            self.call(None, words[0], "fleet.json", *words[1:])
            self.call(None, words[0], "fleet.json", *words[1:], "--json")
        self.tell({"faults": faults})
        run = run_of(json.loads(self.path("plan.json").read_text()))
        self.apply(1)
        for words in (("show", "fleet.json", run), ("show", "fleet.json", run, "--html", "run.html"), ("resume", "fleet.json", run), ("apply", "fleet.json", "plan.json", "--approve", "all", "--by", "x"),
                      ("verify", "fleet.json"), ("find", "fleet.json", "--id", BOOKING), ("handoff", "fleet.json", BOOKING), ("rollback", "fleet.json", run), ("show", "plan.json", "--html", "plan.html")):
            self.call(None, *words)
            self.call(None, *words, "--json")
        self.assertTrue(any(request["status"] == 200 and request["operation"] == "PutObject" for request in self.tell()["requests"]), "the keys were used")
        self.assert_kept()

    def test_every_way_to_be_refused(self):
        refusals = [(403, "SignatureDoesNotMatch"), (403, "InvalidAccessKeyId"), (400, "ExpiredToken"), (403, "AccessDenied"), (400, "InvalidArgument"), (301, "PermanentRedirect"), (500, "InternalError")]
        for status, code in refusals:
            fault = {"kind": "error", "status": status, "code": code, "message": " ".join(KEYS.values()), "headers": {"Location": "https://x/" + KEYS["AWS_SESSION_TOKEN"]}, "times": -1}
            self.tell({"faults": [fault]})
            for verb in ("doctor", "audit", "plan"):
                self.assertNotEqual(self.call(None, verb, "fleet.json").code, 0, (verb, code))
        self.assert_kept()

    def test_keys_from_a_shared_file(self):
        self.path(".aws").mkdir()
        self.path(".aws/credentials").write_text("[default]\n" + "".join(f"{name.lower()} = {secret}\n" for name, secret in KEYS.items()))
        self.call(0, "doctor", "fleet.json", env={name: "" for name in KEYS})
        self.path(".aws/credentials").write_text("[default]\naws_access_key_id = ASIAPLANTEDKEYID\nbroken planted/secret+key\n")
        self.call(None, "doctor", "fleet.json", env={name: "" for name in KEYS})
        self.assert_kept()


if __name__ == "__main__":
    unittest.main()
