"""What the program says where something on AWS is wrong: which resource, what to do next; that nothing is lost, and that the rest of the fleet is done."""
import pathlib
import ssl
import subprocess
import sys
import threading
import unittest
import http.server

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "program"))

from program_case import BOOKING, run_of
from test_program import AwsCase, INVALIDATED, KEYS, OTHER, PAGE

ANOTHER = "g/2026-08-15-moreau-anniversary.html"


class BadInput(AwsCase):
    def refuse(self, **fault):
        self.tell({"faults": [{"kind": "error", "times": -1, **fault}]})

    def says(self, said, *words):
        text = " ".join((said.text + said.notes).split())
        for word in words:
            self.assertIn(word, text)

    def doctor_says(self, *words, env=None):
        self.says(self.call(1, "doctor", "fleet.json", env=env), *words)

    def set_pages(self, **settings):
        self.edit_fleet(lambda fleet: fleet["pages"][0].update(settings))

    def use_table(self):
        def move(fleet):
            records = fleet["records"][0]
            del records["path"]
            records |= {"adapter": "dynamodb", "table": "no-such-table", "region": "us-east-1", "endpoint": self.endpoint}
        self.edit_fleet(move)


class WrongPlaces(BadInput):
    def test_a_bucket_of_another_region(self):
        self.refuse(service="s3", status=301, code="PermanentRedirect", headers={"x-amz-bucket-region": "eu-west-1", "Location": "https://elsewhere.example/"})
        self.doctor_says("guest-pages", "the bucket is not in region", '"eu-west-1"', '"region"')

    def test_no_such_bucket(self):
        self.set_pages(bucket="no-such-bucket")
        self.doctor_says('guest-pages', 'there is no bucket "no-such-bucket"', "correct")

    def test_no_such_table(self):
        self.use_table()
        self.refuse(service="dynamodb", status=400, code="ResourceNotFoundException")
        self.doctor_says("crew-dispatch", 'there is no table "no-such-table" in region "us-east-1"', 'correct "table", "region"')
        said = self.call(1, "audit", "fleet.json")
        self.says(said, "crew-dispatch", "there is no table")
        self.assertIn("boatsetter", said.text, "the rest is audited")

    def test_an_endpoint_that_is_down(self):
        self.set_pages(endpoint="http://127.0.0.1:1")
        self.doctor_says("guest-pages", "127.0.0.1:1", "could not be reached")

    def test_a_redirect_to_another_host_is_not_followed(self):
        self.refuse(service="s3", status=307, code="TemporaryRedirect", headers={"Location": "https://elsewhere.example/"})
        self.doctor_says("guest-pages", 'correct "region" or "endpoint"')

    def test_a_host_that_does_not_prove_its_name(self):
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=wrong.example", "-addext", "subjectAltName=DNS:wrong.example",
                "-keyout", self.path("key.pem"), "-out", self.path("cert.pem")]
        if subprocess.run(made, capture_output=True, check=False).returncode != 0:
            self.skipTest("there is no openssl here")
        asked = []

        class Asked(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_error(500)

        server = http.server.HTTPServer(("127.0.0.1", 0), Asked)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path("cert.pem"), self.path("key.pem"))
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        place = f"localhost:{server.server_address[1]}"
        self.set_pages(endpoint=f"https://{place}")
        self.doctor_says("guest-pages", place, "the server does not prove to be this host", "AWS_CA_BUNDLE", env={"AWS_CA_BUNDLE": str(self.path("cert.pem"))})
        self.assertEqual(asked, [], "nothing was sent to it")


class Refusals(BadInput):
    def test_credentials_that_ran_out(self):
        self.plan()
        self.tell({"keys": {KEYS["AWS_ACCESS_KEY_ID"]: {"secret": KEYS["AWS_SECRET_ACCESS_KEY"], "token": KEYS["AWS_SESSION_TOKEN"], "expired": True}}})
        self.says(self.apply(1), "the credentials are not good any more", "renew them")
        self.assertEqual(self.pages(), self.before)
        self.tell({"keys": {KEYS["AWS_ACCESS_KEY_ID"]: {"secret": KEYS["AWS_SECRET_ACCESS_KEY"], "token": KEYS["AWS_SESSION_TOKEN"]}}})
        self.apply()
        self.assertIn("3:30–6:30", self.pages()[PAGE])

    def test_no_credentials(self):
        nobody = {**{name: "" for name in KEYS}, "AWS_EC2_METADATA_DISABLED": "true"}
        self.doctor_says("guest-pages", "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", ".aws/credentials", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_EC2_METADATA_DISABLED",
                         "Set one of them up", env=nobody)

    def test_a_page_that_may_not_be_written_and_all_else_is_done(self):
        plan = self.plan()
        self.refuse(service="s3", operation="PutObject", path=PAGE, status=403, code="AccessDenied")
        self.says(self.apply(1), "guest-pages:" + PAGE, "it needs s3:PutObject")
        self.assertEqual(self.pages()[PAGE], self.before[PAGE])
        self.assertEqual(self.pages()[OTHER], self.before[OTHER], "what needs it is not done")
        self.assertNotEqual(self.pages()[ANOTHER], self.before[ANOTHER], "another booking is")
        self.tell({"faults": []})
        self.call(3, "resume", "fleet.json", run_of(plan))
        self.assertEqual(self.invalidated(), INVALIDATED)

    def test_a_page_that_may_not_be_read_and_all_else_is_done(self):
        self.refuse(service="s3", operation="GetObject", path=PAGE, status=403, code="AccessDenied")
        self.says(self.call(2, "audit", "fleet.json"), "guest-pages:" + PAGE, "it needs s3:GetObject")
        self.plan()
        self.apply()
        self.assertEqual(self.pages()[PAGE], self.before[PAGE])
        self.assertIn("3:30", self.pages()[OTHER], "which of the two is to be kept nobody knows: it stays, and is told the truth")
        self.assertNotEqual(self.pages()[ANOTHER], self.before[ANOTHER], "another booking is done")

    def test_a_page_that_can_be_read_but_once_is_not_planned(self):
        self.refuse(service="s3", operation="GetObject", path=PAGE, status=403, code="AccessDenied", skip=1)
        booking = next(one for one in self.plan()["bookings"] if one["booking"] == BOOKING)
        self.assertIn("guest-pages:" + PAGE, " ".join(booking["unproven"]))
        planned = {(action["verb"], action["resource"]) for action in booking["actions"]}
        self.assertFalse([one for one in planned if one[0] in ("repoint_record", "retire_page")], "they need the page")
        self.assertNotIn(("edit_page", PAGE), planned)
        self.assertIn(("edit_page", OTHER), planned, "guests look at it as long as it stays")

    def test_throttling_for_a_minute(self):
        plan = self.plan()
        self.refuse(service="s3", operation="PutObject", path=PAGE, status=503, code="SlowDown")
        self.says(self.apply(1), "guest-pages:" + PAGE, "503 SlowDown", "try again")
        self.assertEqual(self.pages()[PAGE], self.before[PAGE])
        self.assertNotEqual(self.pages()[ANOTHER], self.before[ANOTHER])
        self.tell({"faults": []})  # the minute is over
        self.call(3, "resume", "fleet.json", run_of(plan))
        self.assertIn("3:30–6:30", self.pages()[PAGE])
        self.assertEqual(self.invalidated(), INVALIDATED)


class WrongState(BadInput):
    """Without its memory Evenkeel does nothing, and says where it looked for it."""

    def setUp(self):
        super().setUp()
        state = {"adapter": "aws", "table": "no-such-state", "bucket": "state", "region": "us-east-1", "table_endpoint": self.endpoint, "bucket_endpoint": self.endpoint}
        self.edit_fleet(lambda fleet: fleet.update(state=state))

    def check(self, *words):
        self.doctor_says(*words)
        for verb in (["audit", "fleet.json"], ["plan", "fleet.json", "--out", "plan.json"], ["find", "fleet.json", "--id", BOOKING], ["set", "fleet.json", BOOKING, "start=15:45", "--by", "Ana"]):
            self.says(self.call(1, *verb), *words)
        self.assertFalse(self.path("plan.json").exists())
        self.assertEqual(self.pages(), self.before)
        self.assertEqual(self.tell()["buckets"]["state"], {})

    def test_no_such_table(self):
        self.refuse(service="dynamodb", status=400, code="ResourceNotFoundException")
        self.check('there is no table "no-such-state" in region "us-east-1"')

    def test_a_table_that_may_not_be_read(self):
        self.refuse(service="dynamodb", status=400, code="AccessDeniedException")
        self.check('table "no-such-state"', "it needs dynamodb:")


class OddKeys(BadInput):
    def setUp(self):
        super().setUp()
        page = "<html><body><p>Nobody's page</p></body></html>"
        self.odd = {key: page for key in ("g/../2026-05-30-jonathan-late.html", "g//x.html", "/g/x.html", "g/./y.html", "g/%2e%2e/z.html", "g/a\tb.html", "g/\u202egpj.html", "g/a\0b.html", "g/" + "k" * 1017 + ".html")}
        self.tell({"buckets": {"example-site": {**self.before, **self.odd}}})

    def test_a_bucket_with_odd_keys_is_reconciled_and_they_stay(self):
        self.plan()
        self.apply()
        pages = self.tell()["buckets"]["example-site"]
        self.assertIn("3:30–6:30", pages[PAGE])
        self.assertNotIn(OTHER, pages)
        for key, bytes_ in self.odd.items():
            self.assertEqual(pages.get(key), bytes_, key)


if __name__ == "__main__":
    unittest.main()
