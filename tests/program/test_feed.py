"""The real program on the example fleet, with its calendar and its marketplace read from feeds of a server on this machine."""
import contextlib
import gzip
import http.server
import json
import threading
import time
import unittest

from program_case import BOOKING, FleetCase

SECRET = "s3cr3t-of-the-feed"


class FeedServer(http.server.ThreadingHTTPServer):
    """Serves `feeds` by path, and says 304 where the asker has that one."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.feeds, self.statuses, self.answers = {}, [], {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()

    def address(self, path):
        return f"http://127.0.0.1:{self.server_address[1]}{path}?token={SECRET}"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.split("?")[0]
        status, headers, body = self.server.answers.get(path, (200, {}, self.server.feeds.get(path, "")))
        headers = {"ETag": f'"{hash(body)}"', "Content-Type": "text/calendar"} | headers
        if self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, ""
        self.server.statuses.append(status)
        if callable(body):
            body(self)
            self.close_connection = True
            return
        body = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def feed_of(listings):
    stamp = lambda one, at: f"{one['date']}T{one[at]}00".replace("-", "").replace(":", "")
    events = [f"BEGIN:VEVENT\r\nUID:{one['id']}\r\nSUMMARY:{one['title']}\r\nDTSTART;TZID=America/Los_Angeles:{stamp(one, 'start')}\r\n"
              f"DTEND;TZID=America/Los_Angeles:{stamp(one, 'end')}\r\nEND:VEVENT\r\n" for one in listings]
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n" + "".join(events) + "END:VCALENDAR\r\n"


def drip(handler):
    """A byte now and then, for much longer than anybody waits."""
    with contextlib.suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(300):
            handler.wfile.write(b"B")
            time.sleep(0.1)


def pour(handler):
    """No length, and no end."""
    with contextlib.suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            handler.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def cut(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nBEGIN:VCALENDAR\r\n")


class Feeds(FleetCase):
    def setUp(self):
        super().setUp()
        self.server = FeedServer()
        self.addCleanup(self.server.close)
        self.listings = json.loads(self.path("boatsetter.json").read_text())["listings"]
        self.server.feeds = {"/private-1/basic.ics": self.path("calendar.ics").read_text(), "/export/boat.ics": feed_of(self.listings)}

        def move(fleet):
            for section, path in (("calendars", "/private-1/basic.ics"), ("listings", "/export/boat.ics")):
                del fleet[section][0]["path"]
                fleet[section][0] |= {"adapter": "feed", "url": self.server.address(path)}
        self.edit_fleet(move)

    def call(self, code, *words):
        said = self.run_program(*words)
        self.assertEqual(said.code, code, f"{words}: {said}")
        for secret in (SECRET, "private-1", "basic.ics", "boat.ics"):
            self.assertNotIn(secret, said.text + said.notes)
        return said

    def flat(self, said):
        return " ".join((said.text + said.notes).split())

    def test_the_claims_of_feeds_are_audited_and_what_they_need_is_a_task(self):
        said = self.call(0, "doctor", "fleet.json")
        self.assertIn("read only: changes here become tasks for a person", self.flat(said))
        audit = self.call(2, "audit", "fleet.json", "--json").document
        drifting = {(claim["store"], verdict["field"]) for booking in audit["bookings"] if booking["booking"] == BOOKING
                    for verdict in booking["verdicts"] for claim in verdict["against"]}
        self.assertIn(("internal-calendar", "start"), drifting)
        self.assertIn(("boatsetter", "start"), drifting)
        self.call(2, "plan", "fleet.json", "--out", "plan.json")
        plan = json.loads(self.path("plan.json").read_text())
        tasks = {action["store"]: action for booking in plan["bookings"] if booking["booking"] == BOOKING for action in booking["actions"]
                 if action["verb"] == "manual_task"}
        self.assertEqual(set(tasks), {"internal-calendar", "boatsetter"})
        self.assertIn("internal-calendar can only be read", tasks["internal-calendar"]["reason"] + json.dumps(tasks["internal-calendar"]["change"]))
        self.assertIn("15:30", json.dumps(tasks["boatsetter"]["change"]))
        self.assertFalse([action for booking in plan["bookings"] for action in booking["actions"] if action["verb"] == "update_event"])
        self.call(3, "apply", "fleet.json", "plan.json", "--approve", "all", "--by", "test")
        for path in self.path("state").rglob("*"):
            if path.is_file():
                self.assertNotIn(SECRET.encode(), path.read_bytes(), path)

    def test_what_a_person_has_entered_is_seen(self):
        self.call(2, "plan", "fleet.json", "--out", "plan.json")
        self.call(3, "apply", "fleet.json", "plan.json", "--approve", "all", "--by", "test")
        self.call(3, "verify", "fleet.json", "--booking", BOOKING)
        calendar = self.server.feeds["/private-1/basic.ics"]
        self.server.feeds["/private-1/basic.ics"] = calendar.replace("20260530T163000", "20260530T153000").replace("20260530T193000", "20260530T183000").replace(
            "4:30–7:30 PM", "3:30–6:30 PM")
        self.listings[0] |= {"start": "15:30", "end": "18:30"}
        self.server.feeds["/export/boat.ics"] = feed_of(self.listings)
        self.call(0, "verify", "fleet.json", "--booking", BOOKING)

    def test_the_rest_goes_on_without_a_feed(self):
        page = "<!doctype html><title>Sign in</title>"
        feed = self.server.feeds["/export/boat.ics"]
        self.edit_fleet(lambda fleet: fleet["listings"][0].update(timeout_s=1, max_bytes=1_000_000))
        answers = (((200, {}, page), "this is a web page, not a calendar"), ((200, {}, feed[:-20]), "was cut off"), ((200, {}, ""), "the answer is empty"),
                   ((401, {}, SECRET), "answers 401: this address may not be read"), ((404, {}, ""), "leads to no feed any more"),
                   ((410, {}, ""), "leads to no feed any more"), ((500, {}, SECRET), "answers 500; try again later"),
                   ((200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 50_000_000)), "this is no calendar"),
                   ((302, {"Location": f"https://elsewhere.example/?{SECRET}"}, ""), "another host, elsewhere.example, which is not asked"),
                   ((302, {"Location": f"/export/boat.ics?{SECRET}"}, ""), "it leads on and on"),
                   ((200, {}, drip), "no whole answer within 1 s"), ((200, {}, cut), "or it was cut off"), ((200, {}, pour), "has more than 1000000 bytes"))
        for answer, words in answers:
            with self.subTest(words):
                self.server.answers = {"/export/boat.ics": answer}
                begun = time.monotonic()
                said = self.flat(self.call(1, "audit", "fleet.json"))
                self.assertLess(time.monotonic() - begun, 20)
                self.assertIn(words, said)
                self.assertIn("boatsetter", said)
                self.assertIn(BOOKING, said)

    def test_a_redirect_on_the_same_host_is_followed(self):
        self.server.feeds["/moved/boat.ics"] = self.server.feeds["/export/boat.ics"]
        self.server.answers = {"/export/boat.ics": (301, {"Location": f"/moved/boat.ics?token={SECRET}"}, "")}
        self.call(2, "audit", "fleet.json")

    def test_what_an_event_lacks_is_named_and_others_count(self):
        more = ("BEGIN:VEVENT\r\nSUMMARY:nobody\r\nDTSTART:20260530T163000Z\r\nEND:VEVENT\r\n"
                "BEGIN:VEVENT\r\nUID:twice\r\nDTSTART:20260530T163000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:twice\r\nDTSTART:20260530T163000Z\r\nEND:VEVENT\r\n"
                "BEGIN:VEVENT\r\nUID:mars\r\nSUMMARY:xhqgmdh\r\nDTSTART;TZID=Mars/Olympus:20260530T163000\r\nEND:VEVENT\r\n")
        calendar = self.server.feeds["/private-1/basic.ics"].replace("END:VCALENDAR", more + "END:VCALENDAR")
        self.server.feeds["/private-1/basic.ics"] = calendar
        said = self.flat(self.call(2, "audit", "fleet.json"))
        self.assertIn("has no UID", said)
        self.assertIn("have the same UID twice", said)
        self.assertIn("Mars/Olympus", said)
        self.assertIn(BOOKING, said)

    def test_texts_that_are_no_utf8_and_stamps_of_the_hour_do_no_harm(self):
        calendar = self.server.feeds["/private-1/basic.ics"].encode()
        self.server.feeds["/private-1/basic.ics"] = calendar.replace(b"SUMMARY:", b"DTSTAMP:20260522T000000Z\r\nSUMMARY:\xff\xfe\x80 ")
        self.call(2, "audit", "fleet.json", "--json").document
        self.call(2, "plan", "fleet.json", "--out", "plan.json")
        self.server.feeds["/private-1/basic.ics"] = self.server.feeds["/private-1/basic.ics"].replace(b"20260522T000000Z", b"20260522T010000Z")
        self.call(3, "apply", "fleet.json", "plan.json", "--approve", "all", "--by", "test")

    def test_the_fleet_file_is_checked(self):
        self.edit_fleet(lambda fleet: fleet["calendars"][0].update(url=f"http://feeds.example/{SECRET}"))
        self.assertIn("must begin with https://", self.flat(self.call(1, "audit", "fleet.json")))
        self.edit_fleet(lambda fleet: fleet["calendars"][0].update(url=self.server.address("/x"), timeout=5))
        self.assertIn("timeout_s", self.flat(self.call(1, "audit", "fleet.json")))


if __name__ == "__main__":
    unittest.main()
