"""The real program on the example fleet, with its calendar on Radicale, and a way there that loses answers."""
import base64
import contextlib
import http.client
import http.server
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from program_case import FleetCase

JONATHAN = "7c1f0e52-jonathan@calendar.queenofsandiego.com"
CALENDAR = "internal-calendar"
LOGIN = {"Authorization": "Basic " + base64.b64encode(b"test:test").decode()}


class Radicale:
    """Debian's CalDAV server on a free port, with its files in a folder of its own."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="evenkeel-radicale-"))
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        (self.folder / "users").write_text("test:test\n")
        (self.folder / "config").write_text(f"[server]\nhosts = 127.0.0.1:{self.port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {self.folder}/users\n"
                                            f"htpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {self.folder}/collections\n")
        self.start()

    def start(self):
        self.process = subprocess.Popen(["radicale", "--config", self.folder / "config"], stderr=subprocess.DEVNULL)
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.1)
        raise AssertionError("radicale does not answer")

    def stop(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, method, path, body=""):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request(method, path, body.encode(), LOGIN | {"Content-Type": "text/calendar"})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        assert response.status < 300, (method, path, response.status, text)
        return text

    def fill(self, calendar):
        """Every event of a calendar file, each with the zones of that file, as a calendar of the user's."""
        self.ask("MKCALENDAR", "/test/crew/")
        zones = "".join(re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r?\n", calendar, re.S))
        for number, event in enumerate(re.findall(r"BEGIN:VEVENT.*?END:VEVENT\r?\n", calendar, re.S)):
            self.ask("PUT", f"/test/crew/{number}.ics", f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{zones}{event}END:VCALENDAR\r\n")

    def event(self, uid):
        for path in (self.folder / "collections/collection-root/test/crew").glob("*.ics"):
            if uid in path.read_text():
                return path.read_text()
        raise AssertionError(uid)


class Way(http.server.ThreadingHTTPServer):
    """Passes everything on, and loses the answers to as many writes of events as `losses` says."""

    def __init__(self, port):
        super().__init__(("127.0.0.1", 0), Passing)
        self.port, self.losses, self.writes = port, 0, 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


class Passing(http.server.BaseHTTPRequestHandler):
    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port)
        try:
            connection.request(self.command, self.path, body, dict(self.headers))
            response = connection.getresponse()
        except OSError:
            self.close_connection = True
            return
        answer = response.read()
        if self.command == "PUT" and "probe" not in self.path:
            self.server.writes += 1
            if self.server.losses > 0:
                self.server.losses -= 1
                self.close_connection = True
                return self.connection.shutdown(socket.SHUT_RDWR)
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() not in ("date", "server"):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_PUT = do_DELETE = do_PROPFIND = do_REPORT = pass_on

    def log_message(self, *_):
        pass


@unittest.skipUnless(shutil.which("radicale"), "radicale is not installed")
class Caldav(FleetCase):
    def setUp(self):
        super().setUp()
        self.server = Radicale()
        self.addCleanup(self.server.close)
        self.server.fill(self.path("calendar.ics").read_text())
        self.way = Way(self.server.port)
        self.addCleanup(self.way.close)
        self.path("password").write_text("test\n")
        self.edit_fleet(self.move_calendar)

    def move_calendar(self, fleet):
        fleet["calendars"] = [{"name": CALENDAR, "adapter": "caldav", "url": f"http://127.0.0.1:{self.way.server_address[1]}/",
                               "user": "test", "password_file": "password", "past_days": 3660}]
        fleet["policy"]["single_host"] = True

    def test_it_is_planned_applied_and_taken_back_as_in_a_file(self):
        doctor = self.expect_json(0, "doctor", "fleet.json")["checks"]
        self.assertIn((CALENDAR, "calendar"), [(check["store"], check["what"]) for check in doctor])
        plan = self.expect_json(2, "plan", "fleet.json", "--out", "plan.json")
        events = {action["resource"]: action for booking in plan["bookings"] for action in booking["actions"] if action["store"] == CALENDAR}
        self.assertIn(JONATHAN, events)
        before = {uid: self.server.event(uid) for uid in events}
        report = self.expect_json(3, "apply", "fleet.json", "plan.json", "--approve", "all")
        after = self.server.event(JONATHAN)
        self.assertIn("20260530T153000", after)
        gone, come = set(before[JONATHAN].splitlines()) - set(after.splitlines()), set(after.splitlines()) - set(before[JONATHAN].splitlines())
        names = {re.split("[;:]", line)[0] for line in gone | come if not line.startswith(" ")}
        self.assertLessEqual(names, {"DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE"})
        left = self.expect_json(3, "verify", "fleet.json")["remaining"]
        self.assertFalse([action for booking in left["bookings"] for action in booking["actions"] if action["store"] == CALENDAR])
        self.expect_json(0, "rollback", "fleet.json", report["run"], "--by", "Rosa")
        back = self.server.event(JONATHAN)
        for name in ("DTSTART", "DTEND", "SUMMARY"):
            line = lambda text: [one for one in text.splitlines() if one.startswith(name)]
            self.assertEqual(line(back), line(before[JONATHAN]))

    def test_the_plan_is_that_of_the_file(self):
        on_server = self.expect_json(2, "plan", "fleet.json")
        self.edit_fleet(lambda fleet: fleet.update(calendars=[{"name": CALENDAR, "adapter": "ics", "path": "calendar.ics"}]))
        in_file = self.expect_json(2, "plan", "fleet.json")
        changes = lambda plan: [(action["verb"], action["resource"], action["reason"], action.get("change")) for booking in plan["bookings"] for action in booking["actions"]]
        self.assertEqual(changes(on_server), changes(in_file))

    def test_a_lost_answer_is_looked_into(self):
        self.expect_json(2, "plan", "fleet.json", "--out", "plan.json")
        self.way.losses = 1
        report = self.expect_json(3, "apply", "fleet.json", "plan.json", "--approve", "all")
        events = [action for action in report["actions"] if action["verb"] == "update_event"]
        self.assertLessEqual({action["outcome"] for action in events}, {"done", "already_done"})
        self.assertEqual(self.way.writes, len(events), "nothing is written twice")

    def test_a_server_that_is_gone_for_a_while(self):
        self.expect_json(2, "plan", "fleet.json", "--out", "plan.json")
        self.server.stop()
        said = self.run_program("audit", "fleet.json")
        self.assertEqual(said.code, 1, said)
        report = self.expect_json(1, "apply", "fleet.json", "plan.json", "--approve", "all")
        self.assertEqual({action["outcome"] for action in report["actions"] if action["verb"] == "update_event"} & {"done", "unknown"}, set())
        self.server.start()
        report = self.expect_json(3, "resume", "fleet.json")
        self.assertEqual({action["outcome"] for action in report["actions"] if action["verb"] == "update_event"}, {"done"})

    def test_somebody_else_was_there(self):
        self.expect_json(2, "plan", "fleet.json", "--out", "plan.json")
        path = next(path for path in (self.server.folder / "collections/collection-root/test/crew").glob("*.ics") if JONATHAN in path.read_text())
        self.server.ask("PUT", f"/test/crew/{path.name}", path.read_text().replace("20260530T163000", "20260530T170000"))
        report = self.expect_json(4, "apply", "fleet.json", "plan.json", "--approve", "all")
        conflict = next(action for action in report["actions"] if action["store"] == CALENDAR and action["resource"] == JONATHAN)
        self.assertEqual(conflict["outcome"], "conflict")
        self.assertIn("20260530T170000", self.server.event(JONATHAN))

    def test_the_password_is_nowhere(self):
        self.path("password").write_text("wr0ng-s3cret\n")
        for verb in ("doctor", "audit", "plan"):
            said = self.run_program(verb, "fleet.json")
            self.assertEqual(said.code, 1, said)
            self.assertIn("does not take the password of test", said.text + said.notes)
            self.assertNotIn("s3cret", said.text + said.notes)
        for path in self.path("state").rglob("*"):
            self.assertFalse(path.is_file() and b"s3cret" in path.read_bytes(), path)

    def test_two_machines_need_one_state(self):
        self.edit_fleet(lambda fleet: fleet["policy"].pop("single_host"))
        self.expect_refusal(1, ["audit", "fleet.json"], CALENDAR, "remote store")


if __name__ == "__main__":
    unittest.main()
