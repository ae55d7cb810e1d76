"""Every verb on a fleet file, with the adapters that are built in."""
import datetime
import json
import logging
import signal
import sqlite3

import pytest

import evenkeel
from conftest import SOURCE

BOOKING = "xhqgmdh"
AFTERNOON = "g/2026-05-30-jonathan-afternoon.html"
SUNSET = "g/2026-05-30-jonathan-sunset.html"
BY = "Marisol Reyes"


def page_slug(folder):
    with sqlite3.connect(folder / "dispatch.sqlite") as database:
        return database.execute('SELECT page_slug FROM "jada-crew-dispatch" WHERE booking_id = ?', (BOOKING,)).fetchone()[0]


def test_from_audit_to_rollback(fleet, folder, tmp_path):
    assert fleet.doctor().exit == 0
    audit = fleet.audit()
    assert audit.exit == 2 and len(audit) == 10 and BOOKING in {booking["booking"] for booking in audit}
    assert [booking["booking"] for booking in fleet.audit(from_="2026-05-01", to=datetime.date(2026, 5, 31))] == [BOOKING]
    assert [booking["booking"] for booking in fleet.audit(booking="S2FJLN")] == [BOOKING]

    plan = fleet.plan(booking=BOOKING)
    plan.save(tmp_path / "plan.json")
    again = evenkeel.Plan.load(tmp_path / "plan.json")
    assert again.hash == plan.hash and again.run == plan.run and [booking["booking"] for booking in again] == [BOOKING]
    assert not plan.questions and {"edit_page", "repoint_record", "retire_page"} <= {action["verb"] for action in plan.actions}

    first = fleet.apply(again, by=BY)
    assert first.exit == 3 and (folder / "site" / AFTERNOON).exists() and page_slug(folder) == "2026-05-30-jonathan-sunset"
    retire = next(action["id"] for action in plan.actions if action["verb"] == "retire_page")
    seen = []
    second = fleet.apply(plan, approve=[retire], by=BY, progress=seen.append)
    assert not (folder / "site" / AFTERNOON).exists() and retire in {action["action"] for action in seen} and second.run == plan.run
    for action in plan.actions:
        if action["verb"] == "manual_task":
            assert fleet.attest(plan.run, action["id"], by=BY).exit == 0
    assert fleet.show(plan.run).finished and fleet.verify(booking=BOOKING).agrees
    assert fleet.plan_of_run(plan.run).hash == plan.hash

    restored = fleet.restore(plan.run, AFTERNOON, write=False)
    assert restored.page.count(b"\n") == 96
    report = fleet.rollback(plan.run, by=BY, why="the guest changed her mind")
    assert page_slug(folder) == "2026-05-30-jonathan-afternoon" and report.document["rollback"]["why"] == "the guest changed her mind"
    assert fleet.audit(booking=BOOKING).exit == 2


def test_find_guard_and_words(fleet, folder):
    found = fleet.find(date="2026-05-30", guest="Jonathan")
    assert found.exit == 2 and len(found) == 1 and found.document["answer"] == "exists"
    assert fleet.find(date="2031-01-01", guest="Nobody").exit == 0
    reserved = fleet.find(date="2031-01-01", guest="Nobody", reserve=True, holder="publish-7", ttl=datetime.timedelta(minutes=1))
    assert reserved.exit == 0 and reserved.document["reservation"]["holder"] == "publish-7"
    assert fleet.find(date="2031-01-01", guest="Nobody", reserve=True, holder="publish-8").exit == 4

    live = (folder / "site" / SUNSET).read_bytes()
    refused = fleet.guard(b"<p>Jonathan, 4:30 PM", SUNSET)
    assert not refused and refused.exit == 3 and refused.document["refusals"]
    assert fleet.guard(evenkeel.shift(live, -60, date="2026-05-30", fleet=fleet).page, SUNSET)

    assert fleet.set(BOOKING, {"start": "14:00"}, by=BY).exit == 0
    assert next(v for v in fleet.plan(booking=BOOKING).document["bookings"][0]["verdicts"] if v["field"] == "start")["value"].endswith("14:00")
    tomorrow = datetime.date.today() + datetime.timedelta(days=2)
    with pytest.raises(evenkeel.InvalidArgument, match="name these, which differ too"):
        fleet.accept(BOOKING, "start", until=tomorrow, why="told by telephone", by=BY)
    times = ["start", "end", "arrival", "cutoff", "switch"]
    accepted = fleet.accept(BOOKING, times, until=tomorrow, why="told by telephone", by=BY)
    assert accepted.exit == 0 and {word["should"] for word in accepted.document["acceptances"][0]["words"]} == {"2026-05-30T14:00"}
    start = next(v for v in fleet.audit(booking=BOOKING).document["bookings"][0]["verdicts"] if v["field"] == "start")
    assert not start["against"] and {one["by"] for one in start["accepted"]} == {BY}
    assert fleet.withdraw(BOOKING, ["start"], by=BY).document["acceptances"][0]["words"] == []
    with pytest.raises(evenkeel.NotFound):
        fleet.withdraw(BOOKING, ["start"], by=BY)
    assert fleet.handoff(BOOKING, "wait for the guest's word", by=BY).exit == 0
    assert "wait for the guest" in fleet.handoff(BOOKING).json


def test_leases_are_contexts(fleet):
    assert fleet.leased(BOOKING).exit == 0
    with fleet.lease(BOOKING, holder="publish-7", ttl=60) as lease:
        lease.renew()
        assert fleet.leased(BOOKING).exit == 2
        every = fleet.leases()
        assert every.exit == 2 and [(one["booking"], one["lease"]["holder"]) for one in every.document["leases"]] == [(BOOKING, "publish-7")]
        with pytest.raises(evenkeel.PreconditionFailed, match="publish-7"):
            fleet.lease(BOOKING, holder="publish-8")
    assert fleet.leased(BOOKING).exit == 0
    with pytest.raises(evenkeel.PreconditionFailed):
        lease.renew()


def test_a_run_under_ones_own_lease(fleet, folder):
    with fleet.lease(BOOKING, holder="Ana") as lease:
        assert fleet.apply(fleet.plan(booking=BOOKING)).exit == 4
        fleet.apply(fleet.plan(booking=BOOKING), holder="Ana")
        assert page_slug(folder) == "2026-05-30-jonathan-sunset" and lease.holder == "Ana"


def test_lists_are_as_their_schemas_say(fleet):
    validators = pytest.importorskip("jsonschema")
    store = {schema["$id"]: schema for schema in (json.loads(path.read_text()) for path in (SOURCE / "src/json/schema").glob("*.json"))}
    fleet.apply(fleet.plan(), by=BY)
    with fleet.lease(BOOKING, holder="publish-7"):
        for name, answer in (("leases", fleet.leases()), ("runs", fleet.runs())):
            schema = store[f"urn:evenkeel:{name}:1"]
            assert answer.document["leases" if name == "leases" else "open"]
            validators.Draft7Validator(schema, resolver=validators.RefResolver("", schema, store=store)).validate(json.loads(answer.json))


def test_a_run_that_is_stopped_goes_on(fleet, folder):
    plan = fleet.plan()
    with pytest.raises(evenkeel.NotFound, match="no run is unfinished"):
        fleet.resume()
    left = iter([True, True])
    assert not fleet.apply(plan, approve="all", by=BY, keep_going=lambda: next(left, False)).finished
    assert fleet.runs().document["unfinished"] == [plan.run]
    assert fleet.resume(approve="all", by=BY).run == plan.run
    assert not (folder / "site" / AFTERNOON).exists()


def test_what_progress_raises_stops_the_run_and_comes_back(fleet):
    class Enough(Exception):
        pass

    def stop_at_second(action):
        seen.append(action["action"])
        if len(seen) == 2:
            raise Enough

    seen = []
    with pytest.raises(Enough):
        fleet.apply(fleet.plan(), progress=stop_at_second)
    assert len(seen) == 2 and len(fleet.runs().document["unfinished"]) == 1
    with pytest.raises(KeyboardInterrupt):
        fleet.resume(keep_going=lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    assert fleet.resume().exit == 3


def test_the_log_is_loggings(folder, caplog, capsys):
    (folder / "calendar.ics").unlink()
    with caplog.at_level(logging.INFO), evenkeel.Fleet(folder, log=logging.getLogger("fleet").log) as fleet:
        fleet.audit()
    assert any(record.levelno == logging.WARNING and "calendar" in record.getMessage() for record in caplog.records)

    def broken(level, line):
        raise RuntimeError("the log is full")

    with evenkeel.Fleet(folder, log=broken) as fleet:
        assert fleet.audit().exit in (1, 2)
    assert "the log is full" in capsys.readouterr().err


def test_errors_of_a_fleet_file(tmp_path, folder):
    with pytest.raises(evenkeel.NotFound) as raised:
        evenkeel.Fleet(tmp_path / "none.json")
    assert "none.json" in raised.value.resource
    with pytest.raises(evenkeel.InvalidArgument, match="zone"):
        evenkeel.Fleet.from_text({"schema": "evenkeel.fleet/1", "zonne": "UTC", "state": "state"})
    with pytest.raises(TypeError):
        evenkeel.Fleet(folder, colour="blue")
    with pytest.raises(evenkeel.InvalidArgument, match="hash"):
        evenkeel.Plan.parse(evenkeel.Fleet(folder).plan().json.replace("15:30", "15:31"))
    with pytest.raises(evenkeel.EvenkeelError):
        evenkeel.Plan.parse("{}")


def test_after_close(folder):
    fleet = evenkeel.Fleet(folder)
    plan = fleet.plan()
    with plan:
        pass
    with pytest.raises(evenkeel.InvalidArgument, match="plan: was closed"):
        fleet.apply(plan)
    fleet.close()
    fleet.close()
    for call in (fleet.audit, fleet.plan, fleet.runs, lambda: fleet.find(id="x"), lambda: evenkeel.read(b"", fleet=fleet)):
        with pytest.raises(evenkeel.InvalidArgument, match="fleet: was closed"):
            call()
    assert repr(fleet) == "<Fleet (closed)>" and plan.hash


def test_the_pure_stages_alone(fleet, folder):
    """What the host has read itself, given: nothing of it is touched."""
    text = json.loads((folder / "fleet.json").read_text())
    with evenkeel.Fleet.given(text) as given:
        with pytest.raises(evenkeel.Unavailable):
            given.plan()
        for key in (SUNSET, AFTERNOON):
            given.give_page("guest-pages", {"key": key, "version": "1"}, (folder / "site" / key).read_bytes())
        row = {"guest_code": "S2FJLN", "booking_id": BOOKING, "date": "2026-05-30", "start_time": "15:30", "guest_name": "Jonathan",
               "page_slug": "2026-05-30-jonathan-afternoon"}
        given.give("crew-dispatch", {"schema": "evenkeel.records/1", "records": [{"key": "S2FJLN", "version": "1", "attributes": row}]})
        for store, listing in (("internal-calendar", "events"), ("boatsetter", "listings"), ("kanban", "cards")):
            given.give(store, {listing: []})
        assert given.audit().exit == 2
        plan = given.plan()
        assert {"edit_page", "repoint_record", "retire_page"} <= {action["verb"] for action in plan.actions}
        failed = [action for action in given.apply(plan, approve="all") if action["outcome"] == "failed"]
        assert failed and all("to be read alone" in action["detail"] for action in failed)
        with pytest.raises(evenkeel.InvalidArgument):
            given.give("crew-dispatch", {"records": 7})
        with pytest.raises(evenkeel.NotFound):
            given.give("nowhere", {"records": []})
    assert (folder / "site" / AFTERNOON).exists()


def test_an_interrupt_from_the_keyboard_stops_a_run_between_two_actions(fleet):
    plan = fleet.plan()
    with pytest.raises(KeyboardInterrupt):
        fleet.apply(plan, approve="all", by=BY, progress=lambda action: signal.raise_signal(signal.SIGINT))
    assert fleet.runs().document["unfinished"] == [plan.run]
    assert fleet.resume(approve="all", by=BY).exit == 3


def test_looking_can_be_ended(fleet):
    class Enough(Exception):
        pass

    def enough():
        raise Enough

    for look in (fleet.audit, fleet.plan, fleet.verify):
        with pytest.raises(evenkeel.Unavailable):
            look(keep_going=lambda: False)
        with pytest.raises(Enough):
            look(keep_going=enough)
    with pytest.raises(KeyboardInterrupt):
        fleet.audit(keep_going=lambda: signal.raise_signal(signal.SIGINT) is None)
    assert fleet.audit(keep_going=lambda: True).exit == 2
