"""The tool server, driven through its pipes as a client would, and as no client should."""
import json
import os
import select
import shutil
import signal
import subprocess
import time
import unittest

from program_case import AFTERNOON, BOOKING, FleetCase, actions_of, validate

SERVER = os.environ.get("EVENKEEL_TOOL_SERVER", "")
KEPT = "g/2026-05-30-jonathan-sunset.html"
CLIENT = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}


class Connection:
    """One server process. Every line it writes must be one JSON-RPC message."""

    def __init__(self, fleet, cwd):
        self.process = subprocess.Popen([SERVER, fleet], cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.bytes, self.last_id = b"", 0

    def send_bytes(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        self.send_bytes(json.dumps(message).encode() + b"\n")

    def receive(self, timeout_s=60):
        deadline = time.monotonic() + timeout_s
        while b"\n" not in self.bytes:
            if not select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError("no answer")
            part = os.read(self.process.stdout.fileno(), 65536)
            if not part:
                raise EOFError(self.process.stderr.read().decode())
            self.bytes += part
        line, self.bytes = self.bytes.split(b"\n", 1)
        message = json.loads(line)
        assert all(one["jsonrpc"] == "2.0" for one in (message if isinstance(message, list) else [message])), line
        return message

    def request(self, method, params=None):
        self.last_id += 1
        self.send({"jsonrpc": "2.0", "id": self.last_id, "method": method, **({} if params is None else {"params": params})})
        answer = self.receive()
        assert answer["id"] == self.last_id, answer
        return answer

    def initialize(self, **changes):
        answer = self.request("initialize", {**CLIENT, **changes})
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        return answer

    def silent(self):
        """Nothing came that was not asked for."""
        return not self.bytes and not select.select([self.process.stdout], [], [], 0.2)[0]

    def end(self, how):
        how()
        try:
            return self.process.wait(timeout=30)
        finally:
            self.process.kill()
            for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
                try:
                    pipe.close()
                except BrokenPipeError:
                    pass


@unittest.skipUnless(SERVER, "built without the tool server")
class ToolServerCase(FleetCase):
    def connect(self, initialize=True):
        connection = Connection("fleet.json", self.folder)
        self.addCleanup(self.close, connection)
        if initialize:
            connection.initialize()
        return connection

    def close(self, connection):
        if connection.process.poll() is None:
            self.assertEqual(connection.end(connection.process.stdin.close), 0)

    def call(self, connection, tool, **arguments):
        """The tool's document; an error result fails."""
        result = connection.request("tools/call", {"name": tool, "arguments": arguments})["result"]
        self.assertFalse(result["isError"], result["content"][0]["text"])
        validate(result["structuredContent"])
        self.assertEqual(json.loads(result["content"][1]["text"]), result["structuredContent"])
        return result["structuredContent"]

    def refused(self, connection, tool, *words, **arguments):
        """An error result that names each of `words` and a next step."""
        result = connection.request("tools/call", {"name": tool, "arguments": arguments})["result"]
        self.assertTrue(result["isError"], result)
        validate(result["structuredContent"])
        for word in (*words, "next: "):
            self.assertIn(word, result["content"][0]["text"])


class Protocol(ToolServerCase):
    def error(self, answer, code, identifier):
        self.assertEqual((answer["error"]["code"], answer["id"]), (code, identifier), answer)

    def test_versions(self):
        for asked, given in (("2024-11-05", "2024-11-05"), ("2025-11-25", "2025-11-25"), ("1999-01-01", "2025-11-25")):
            answer = self.connect(False).initialize(protocolVersion=asked)
            self.assertEqual(answer["result"]["protocolVersion"], given)
            self.assertEqual(answer["result"]["serverInfo"]["name"], "evenkeel")

    def test_order(self):
        connection = self.connect(False)
        self.error(connection.request("tools/list"), -32600, 1)
        self.assertEqual(connection.request("ping")["result"], {})
        self.error(connection.request("initialize", {}), -32602, 3)
        connection.initialize()
        self.error(connection.request("initialize", CLIENT), -32600, connection.last_id)

    def test_tools_have_schemas(self):
        connection = self.connect()
        tools = connection.request("tools/list", {})["result"]["tools"]
        self.assertEqual([tool["name"] for tool in tools], ["find", "guard", "lease", "handoff", "audit", "plan", "show", "apply"])
        for tool in tools:
            self.assertEqual(tool["inputSchema"]["type"], "object")
            self.assertGreater(len(tool["description"]), 20)
        self.assertEqual(tools[-1]["inputSchema"]["required"], ["plan", "by"])
        self.error(connection.request("tools/list", {"cursor": "x"}), -32602, connection.last_id)

    def test_what_is_no_message(self):
        connection = self.connect()
        for line, code in ((b"nonsense", -32700), (b'{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', -32700), (b"\xff\xfe", -32700), (b"[" * 5000, -32700),
                           (b"17", -32600), (b"[]", -32600), (b"{}", -32600), (b'{"jsonrpc":"1.0","id":null,"method":"ping"}', -32600),
                           (b'{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600), (b'{"jsonrpc":"2.0","method":7}', -32600)):
            connection.send_bytes(line + b"\n")
            self.error(connection.receive(), code, None)
        connection.send({"jsonrpc": "2.0", "id": "a", "method": "ping", "params": [1]})
        self.error(connection.receive(), -32600, "a")
        self.error(connection.request("resources/list"), -32601, connection.last_id)
        for params in ({}, {"name": 1}, {"name": "delete_everything"}, {"name": "find", "arguments": "x"}):
            self.error(connection.request("tools/call", params), -32602, connection.last_id)
        self.assertEqual(connection.request("ping")["result"], {})

    def test_a_huge_line_is_passed_over(self):
        connection = self.connect()
        for _ in range(20):
            connection.send_bytes(b"x" * (1 << 20))
        connection.send_bytes(b"\n")
        self.error(connection.receive(), -32700, None)
        self.assertEqual(connection.request("ping")["result"], {})

    def test_notifications_and_answers_get_no_answer(self):
        connection = self.connect()
        for message in ({"method": "notifications/cancelled", "params": {"requestId": 99}}, {"method": "notifications/cancelled"},
                        {"method": "tools/list"}, {"method": "no/such"}, {"id": 5, "result": {}}):
            connection.send({"jsonrpc": "2.0", **message})
        connection.send_bytes(b"\n  \r\n")
        self.assertTrue(connection.silent())

    def test_a_batch(self):
        connection = self.connect()
        ping = {"jsonrpc": "2.0", "method": "ping"}
        connection.send([{**ping, "id": "a"}, ping, {**ping, "id": "b"}, 5])
        self.assertEqual([answer["id"] for answer in connection.receive()], ["a", "b", None])

    def test_ends(self):
        connection = self.connect()
        connection.send_bytes(b'{"jsonrpc":"2.0","id":9,"method":"ping"}')  # no newline: the end of stdin ends it, too
        connection.process.stdin.close()
        self.assertEqual(connection.receive()["id"], 9)
        self.assertEqual(connection.end(lambda: None), 0)
        stalled = self.connect()
        stalled.send_bytes(b'{"jsonrpc":')
        self.assertTrue(stalled.silent())
        self.assertEqual(stalled.end(lambda: stalled.process.send_signal(signal.SIGTERM)), 0)
        unread = self.connect()
        for number in range(400):  # answers nobody reads fill the pipe
            unread.send({"jsonrpc": "2.0", "id": number, "method": "tools/list"})
        time.sleep(0.3)
        self.assertEqual(unread.end(lambda: unread.process.send_signal(signal.SIGTERM)), 0)
        gone = self.connect()
        gone.process.stdout.close()
        gone.send({"jsonrpc": "2.0", "id": 1, "method": "ping"})
        self.assertEqual(gone.end(lambda: None), 0)

    def test_wrong_usage(self):
        for words, code, said in (([], 64, b"usage"), (["none.json"], 1, b"none.json")):
            done = subprocess.run([SERVER, *words], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
            self.assertEqual((done.returncode, done.stdout), (code, b""))
            self.assertIn(said, done.stderr)


class Tools(ToolServerCase):
    def test_a_writer_finds_and_is_guarded(self):
        connection = self.connect()
        before = self.systems()
        found = self.call(connection, "find", date="2026-05-30", guest="Jonathan")
        self.assertEqual((found["answer"], found["bookings"][0]["booking"]), ("exists", BOOKING))
        self.assertEqual(self.call(connection, "find", date="2031-01-01", guest="Mira", reserve=True, holder="w")["reservation"]["holder"], "w")
        refusal = self.call(connection, "guard", key=KEPT, file=AFTERNOON)
        self.assertFalse(refusal["allowed"])
        self.assertEqual(self.call(connection, "guard", key=KEPT, page=self.path(AFTERNOON).read_text()), refusal)
        self.assertEqual(self.call(connection, "audit", booking=BOOKING)["schema"], "evenkeel.audit/1")
        self.assertEqual(self.systems(), before)

    def test_leases_and_notes(self):
        connection = self.connect()
        self.assertEqual(self.call(connection, "lease", booking=BOOKING, holder="a", ttl_minutes=5)["lease"]["holder"], "a")
        self.refused(connection, "lease", "a", booking=BOOKING, holder="b")
        self.assertEqual(self.call(connection, "lease", booking=BOOKING)["lease"]["state"], "held")
        self.assertEqual(self.call(connection, "lease", booking=BOOKING, holder="a", release=True)["lease"]["state"], "free")
        self.refused(connection, "handoff", "by", booking=BOOKING, note="x")
        self.call(connection, "handoff", booking=BOOKING, note="half done", by="a")
        self.assertEqual(self.call(connection, "handoff", booking=BOOKING)["handoff"]["note"], "half done")

    def test_arguments_that_do_not_fit(self):
        connection = self.connect()
        for arguments, word in (({"guests": "x"}, "guests"), ({"date": "tomorrow"}, "date"), ({"guest": ""}, "guest"), ({"guest": 5}, "guest"),
                                ({"date": "2026-05-30", "ttl_minutes": 0}, "ttl_minutes"), ({"reserve": "yes"}, "reserve"), ({}, "")):
            self.refused(connection, "find", word, **arguments)
        self.refused(connection, "guard", "page", key=KEPT)
        self.refused(connection, "guard", "missing.html", key=KEPT, file="missing.html")
        self.refused(connection, "show", "plan")
        self.refused(connection, "plan", "by", decide={"q": "a"})
        self.refused(connection, "lease", "nothing-like-it", booking="nothing-like-it", holder="a")

    def test_apply_takes_named_approvals_only(self):
        connection = self.connect()
        plan = self.call(connection, "plan", booking=BOOKING)
        retire = actions_of(plan, BOOKING, "retire_page")[0]["id"]
        before = self.systems()
        self.refused(connection, "apply", "by", plan=plan["plan"])
        self.refused(connection, "apply", "one by one", plan=plan["plan"], by="Rosa", approve=["all"])
        self.refused(connection, "apply", "no action", plan=plan["plan"], by="Rosa", approve=["retire_page-00000000"])
        self.refused(connection, "apply", "no approval", plan=plan["plan"], by="Rosa", approve=[actions_of(plan, BOOKING, "edit_page")[0]["id"]])
        self.refused(connection, "apply", "a person's task", plan=plan["plan"], by="Rosa", approve=[actions_of(plan, BOOKING, "manual_task")[0]["id"]])
        self.refused(connection, "apply", "call plan", plan="sha256:" + "0" * 64, by="Rosa")
        self.refused(connection, "apply", "approve_all", plan=plan["plan"], by="Rosa", approve_all=True)
        self.assertEqual(self.systems(), before)

        run = self.call(connection, "apply", plan=plan["plan"], by="Rosa")
        outcomes = {action["action"]: action["outcome"] for action in run["actions"]}
        self.assertEqual(outcomes[retire], "waits_approval")
        self.assertTrue(self.path(AFTERNOON).exists())
        self.assertEqual(self.record("start_time"), "15:30")
        later = self.connect()  # another server, which has not made the plan: it knows it by its run
        run = self.call(later, "apply", plan=plan["plan"], by="Rosa", approve=[retire])
        self.assertFalse(self.path(AFTERNOON).exists())
        self.assertEqual(self.call(later, "show", run=run["run"]), run)
        self.assertEqual(self.call(later, "show", plan=plan["plan"])["plan"], plan["plan"])
        self.assertIn("Rosa", "".join(path.read_text(errors="replace") for path in self.path("state").rglob("*") if path.is_file()))

    def test_progress_and_cancellation(self):
        connection = self.connect()
        plan = self.call(connection, "plan", booking=BOOKING)["plan"]
        request = {"jsonrpc": "2.0", "id": "run", "method": "tools/call",
                   "params": {"name": "apply", "arguments": {"plan": plan, "by": "Rosa"}, "_meta": {"progressToken": "p"}}}
        # Cancelled while it works: no answer, and the same call goes on. A look that is cancelled says nothing either.
        for tool in ("apply", "plan", "audit"):
            params = request["params"] if tool == "apply" else {"name": tool}
            connection.send_bytes(b"\n".join(json.dumps(one).encode() for one in (
                {**request, "params": params}, {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": "run"}})) + b"\n")
            self.assertTrue(self.settles(connection), tool)
        connection.send({**request, "id": "again"})
        told = []
        while "id" not in (message := connection.receive()):
            self.assertEqual((message["method"], message["params"]["progressToken"]), ("notifications/progress", "p"))
            told.append(message["params"]["progress"])
        self.assertEqual((message["id"], message["result"]["isError"]), ("again", False))
        self.assertEqual(told, sorted(set(told)))
        self.assertEqual(self.record("start_time"), "15:30")
        self.assertEqual(self.call(connection, "audit", booking=BOOKING)["schema"], "evenkeel.audit/1")

    def settles(self, connection):
        """The next request is answered next but for progress: the cancelled one is not."""
        connection.send({"jsonrpc": "2.0", "id": "next", "method": "tools/list"})
        while "id" not in (message := connection.receive()):
            pass
        return message["id"] == "next"

    def test_a_ping_is_answered_while_a_tool_works(self):
        connection = self.connect()
        plan = self.call(connection, "plan", booking=BOOKING)["plan"]
        for tool, arguments in (("apply", {"plan": plan, "by": "Rosa"}), ("audit", {})):
            work = {"jsonrpc": "2.0", "id": "work", "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
            rest = [{"jsonrpc": "2.0", "id": "next", "method": "tools/list"}, {"jsonrpc": "2.0", "id": "ping", "method": "ping"}]
            connection.send_bytes(b"".join(json.dumps(one).encode() + b"\n" for one in (work, *rest)))
            self.assertEqual([connection.receive()["id"] for _ in range(3)], ["ping", "work", "next"], tool)

    def test_sigterm_stops_a_run_between_two_actions(self):
        connection = self.connect()
        plan = self.call(connection, "plan", booking=BOOKING)["plan"]
        connection.send({"jsonrpc": "2.0", "id": "run", "method": "tools/call", "params": {
            "name": "apply", "arguments": {"plan": plan, "by": "Rosa"}, "_meta": {"progressToken": 1}}})
        connection.receive()  # it has begun
        self.assertEqual(connection.end(lambda: connection.process.send_signal(signal.SIGTERM)), 0)
        run = self.call(self.connect(), "apply", plan=plan, by="Rosa")
        self.assertEqual(self.record("start_time"), "15:30")
        self.assertTrue(run["finished"], run)

    def test_a_store_that_cannot_be_read(self):
        connection = self.connect()
        shutil.move(self.path("dispatch.sqlite"), self.path("away.sqlite"))
        self.refused(connection, "plan", "crew-dispatch")
        shutil.move(self.path("away.sqlite"), self.path("dispatch.sqlite"))
        self.call(connection, "plan")


if __name__ == "__main__":
    unittest.main()
