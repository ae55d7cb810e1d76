"""The incident, reconciled through stores that are written in Python alone."""
import gc

import pytest

import evenkeel
from house import AFTERNOON, SUNSET


class Clock:
    """A day in May; it moves when it is asked."""

    def __init__(self):
        self.at = 1779300000

    def now(self):
        self.at += 1
        return self.at

    def sleep(self, milliseconds):
        self.at += 1 + milliseconds // 1000

    def random(self):
        return (self.at * 6364136223846793005) % 2**64


def agreement(house):
    assert AFTERNOON not in house.pages.values
    assert "3:30–6:30 PM".encode() in house.pages.values[SUNSET] and b"4:30 PM" not in house.pages.values[SUNSET]
    assert house.records.values["S2FJLN"]["page_slug"] == "2026-05-30-jonathan-sunset"
    event = house.events.values["7c1f0e52-jonathan"]
    assert (event.start, event.summary) == ("2026-05-30T15:30", "Jonathan - sunset sail, 3:30-6:30 PM")
    assert house.offers.values["jonathan-crew-booking"]["start"] == "15:30"
    assert house.cards.values["xhqgmdh"].lane == "done"
    assert house.paths and len(house.blobs.values) == 2


@pytest.mark.parametrize("lost", [False, True])
def test_the_incident_through_a_stop_and_a_lost_reply(house, open_house, lost):
    clock, left = Clock(), iter([True, True, True])
    with open_house(clock=clock) as fleet:
        audit = fleet.audit()
        assert audit.exit == 2 and [booking["booking"] for booking in audit] == ["xhqgmdh"]
        plan = fleet.plan()
        assert plan.exit == 2 and any(action["verb"] == "retire_page" for action in plan.actions)
        house.lose_next_write = lost
        report = fleet.apply(plan, approve="all", by="Marisol Reyes", keep_going=lambda: next(left, False))
        assert not report.finished
    assert sorted(house.opened) == sorted({"guest-pages", "crew-dispatch", "cloudfront", "internal-calendar", "boatsetter", "kanban", "state"})
    assert house.closed == len(house.opened)

    with open_house(clock=clock) as fleet:
        assert fleet.runs().document["unfinished"] == [plan.run]
        seen = []
        report = fleet.resume(approve="all", by="Marisol Reyes", progress=seen.append)
        assert report.exit == 3 and seen and {action["outcome"] for action in seen} <= {"done", "already_done", "waits_person"}
        for action in plan.actions:
            if action["verb"] == "manual_task":
                assert fleet.attest(plan.run, action["id"], by="Marisol Reyes").exit == 0
        agreement(house)
        verification = fleet.verify()
        assert verification.exit == 0 and verification.agrees and not verification.causes


def test_step_by_step_even_when_the_fleet_is_closed(house, open_house):
    fleet = open_house()
    plan = fleet.plan()
    with fleet.start(plan, approve="all", by="Ana") as run:
        fleet.close()
        assert house.closed == 0
        steps = sum(1 for _ in run)
        assert steps > 5 and run.report().exit == 3
    gc.collect()
    assert house.closed == len(house.opened)


def test_a_marketplace_that_can_be_read_itself_takes_no_attestation(house, open_house):
    stores = house.stores()
    offers = next(store for store in stores if store.__name__ == "Offers")
    del offers.record_attested
    with open_house(stores) as fleet:
        plan = fleet.plan()
        fleet.apply(plan, approve="all", by="Ana")
        task = next(action for action in plan.actions if action["verb"] == "manual_task")
        fleet.attest(plan.run, task["id"], by="Ana")
    assert house.offers.values["jonathan-crew-booking"]["start"] == "16:30"


def test_a_store_that_is_open_already_serves_and_is_not_closed(house, open_house):
    class Settings:
        name = "mine"

    stores = [store(Settings) for store in house.stores()]
    with open_house(stores) as fleet:
        assert fleet.audit().exit == 2
    assert house.closed == 0


def test_what_is_no_store_is_refused_by_name():
    with pytest.raises(TypeError, match="'odd' derives from none of ObjectStore"):
        evenkeel.Fleet.from_text({}, adapters=[evenkeel.Adapter("odd", object())])


def test_keys_may_hold_any_bytes(house, open_house):
    house.pages.put("g/2026-05-30-\udcff.html", b"<p>Jonathan, 4:30 PM")
    with open_house() as fleet:
        assert fleet.audit().exit in (1, 2)


def test_a_large_house_is_listed_in_pieces(house, open_house):
    stores = house.stores()
    pages = stores[0]
    whole = pages.list

    def one_at_a_time(self, prefix, cursor):
        found = whole(self, prefix, cursor)
        at = int(cursor or 0)
        return evenkeel.stores.Listed(found[at:at + 1], cursor=str(at + 1) if at + 1 < len(found) else "")

    pages.list = one_at_a_time
    with open_house(stores) as fleet:
        assert len(fleet.audit().document["bookings"][0]["members"]) >= 2
    pages.list = lambda self, prefix, cursor: evenkeel.stores.Listed([], complete=False, why_incomplete="the shelf is dark")
    with open_house(stores) as fleet:
        assert "the shelf is dark" in fleet.audit().json
