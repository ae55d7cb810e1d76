"""A strict type checker reads this file; nothing runs it."""
from __future__ import annotations

import datetime
import logging
from collections.abc import Sequence

import evenkeel
from evenkeel import documents
from evenkeel.stores import EdgeCache, Promise


class Edge(EdgeCache):
    promises = Promise.NONE

    def invalidate(self, paths: Sequence[str], reference: str) -> str:
        return reference

    def was_accepted(self, reference: str) -> bool:
        return False


def use(page: bytes) -> list[str]:
    with evenkeel.read(page, date=datetime.date(2026, 5, 30), zone="America/Los_Angeles") as reading:
        times: list[documents.ReadingTime] = reading.times
        found = [time["start"] or time["text"] for time in times if time["role"] == "start_end"]
        found.append(evenkeel.edit(page, reading.shift(datetime.timedelta(hours=1)).document).decode())
    with evenkeel.Fleet("fleet.json", adapters=[evenkeel.Adapter("edge", Edge)], log=logging.getLogger("evenkeel").log) as fleet:
        for booking in fleet.audit(from_="2026-01-01"):
            found.append(booking["booking"])
        plan = fleet.plan(decide=["question=option"], by="Ana")
        report = fleet.apply(plan, approve=[action["id"] for action in plan.actions if action["approval"] == "approve"],
                             progress=lambda action: print(action["outcome"]))
        if report.exit == 4:
            fleet.resume(report.run)
        with fleet.lease("xhqgmdh", holder="publish-7", ttl=datetime.timedelta(minutes=1)) as lease:
            found.append(lease.answer.json)
        if not fleet.guard(page, "g/x.html", holder="publish-7"):
            found.append("refused")
    return found


def misuse(reading: evenkeel.Reading) -> None:
    reading.times[0]["role"] = "beginning"  # expect: error
    evenkeel.read("a text")  # expect: error
