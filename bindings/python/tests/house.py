"""Every kind of store in Python, written from the docstrings of evenkeel.stores: a house that keeps its own books in dictionaries."""
from __future__ import annotations

import copy
import pathlib
from typing import Any

from evenkeel import AlreadyExists, NotFound, PreconditionFailed, UnknownOutcome
from evenkeel.stores import (Calendar, Card, Document, EdgeCache, Event, EventChange, Listing, Object, ObjectStore, Offer, Promise, Record,
                             RecordStore, Settings, Stamp, StateStore, TaskBoard)

SUNSET = "g/2026-05-30-jonathan-sunset.html"
AFTERNOON = "g/2026-05-30-jonathan-afternoon.html"
PROMISES = Promise.UNIQUE_VERSIONS | Promise.KEEPS_OPERATIONS


class Shelf:
    """Values under names, each with a version that never comes back."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.versions: dict[str, str] = {}
        self.operations: dict[str, str] = {}
        self.writes = 0

    def put(self, name: str, value: Any, operation: str = "") -> None:
        self.writes += 1
        self.values[name], self.versions[name], self.operations[name] = value, f"v{self.writes}", operation

    def get(self, name: str) -> Any:
        if name not in self.values:
            raise NotFound(f"there is no {name}")
        return copy.deepcopy(self.values[name])

    def expect(self, name: str, version: str) -> None:
        self.get(name)
        if version and self.versions[name] != version:
            raise PreconditionFailed(f"{name} has another version")

    def take(self, name: str) -> None:
        for of in (self.values, self.versions, self.operations):
            del of[name]


class House:
    """What there is; it outlives the fleets that look at it."""

    def __init__(self, example: pathlib.Path) -> None:
        self.pages, self.records, self.events, self.offers, self.cards = Shelf(), Shelf(), Shelf(), Shelf(), Shelf()
        self.paths: dict[str, list[str]] = {}
        self.documents, self.blobs, self.journals = Shelf(), Shelf(), dict[str, list[bytes]]()
        self.lose_next_write = False
        self.opened: list[str] = []
        self.closed = 0
        for key in (SUNSET, AFTERNOON):
            self.pages.put(key, (example / "site" / key).read_bytes())
        self.records.put("S2FJLN", {"guest_code": "S2FJLN", "booking_id": "xhqgmdh", "date": "2026-05-30", "start_time": "15:30", "guest_name": "Jonathan",
                                    "page_slug": "2026-05-30-jonathan-afternoon", "boatsetter_id": "jonathan-crew-booking",
                                    "updated_at": "2026-05-20T17:42:10Z"})
        self.events.put("7c1f0e52-jonathan", Event("7c1f0e52-jonathan", "", summary="Jonathan - sunset sail, 4:30-7:30 PM", description="guest code S2FJLN",
                                                   zone="America/Los_Angeles", start="2026-05-30T16:30", end="2026-05-30T19:30",
                                                   extensions={"X-JADA-BOOKING": "xhqgmdh"}))
        self.offers.put("jonathan-crew-booking", {"date": "2026-05-30", "start": "16:30", "end": "19:30", "title": "Jonathan: sunset sail aboard JADA"})
        self.cards.put("xhqgmdh", Card("xhqgmdh", "", "needs-you", "move to 3:30", "xhqgmdh", "2026-05-30-jonathan-sunset"))

    def written(self, value: Any) -> Any:
        if self.lose_next_write:
            self.lose_next_write = False
            raise UnknownOutcome("the line went dead")
        return value

    def stores(self) -> list[type]:
        """A class of each kind, on this house."""
        house = self

        class Named:
            def __init__(self, settings: Settings) -> None:
                house.opened.append(settings.name)

            def close(self) -> None:
                house.closed += 1

        class Pages(Named, ObjectStore):
            promises = PROMISES

            def _info(self, key: str) -> Object:
                return Object(key, house.pages.versions[key], len(house.pages.values[key]), operation=house.pages.operations[key])

            def list(self, prefix: str, cursor: str) -> list[Object]:
                return [self._info(key) for key in sorted(house.pages.values) if key.startswith(prefix)]

            def head(self, key: str) -> Object:
                house.pages.get(key)
                return self._info(key)

            def get(self, key: str) -> tuple[Object, bytes]:
                return self.head(key), house.pages.values[key]

            def replace(self, key: str, page: bytes, expected: str, stamp: Stamp) -> Object:
                house.pages.expect(key, expected)
                house.pages.put(key, page, stamp.operation)
                return house.written(self._info(key))

            def create(self, key: str, page: bytes, content_type: str, stamp: Stamp) -> Object:
                if key in house.pages.values:
                    raise AlreadyExists(key)
                house.pages.put(key, page, stamp.operation)
                return house.written(self._info(key))

            def remove(self, key: str, expected: str, stamp: Stamp) -> None:
                house.pages.expect(key, expected)
                house.pages.take(key)

        class Records(Named, RecordStore):
            promises = PROMISES

            def list(self, cursor: str) -> list[Record]:
                return [self.get(key) for key in sorted(house.records.values)]

            def get(self, key: str) -> Record:
                return Record(key, house.records.versions.get(key, ""), house.records.get(key), house.records.operations.get(key))

            def update(self, key: str, changes: dict[str, Any], expected_attributes: dict[str, Any], expected: str, stamp: Stamp) -> Record:
                house.records.expect(key, expected)
                row = house.records.get(key)
                if any(row.get(name) != value for name, value in expected_attributes.items()):
                    raise PreconditionFailed("an attribute has another value")
                if changes:
                    house.records.put(key, row | changes, stamp.operation)
                return house.written(self.get(key))

        class Edge(Named, EdgeCache):
            def invalidate(self, paths: list[str], reference: str) -> str:
                house.paths[reference] = list(paths)
                return "an id"

            def was_accepted(self, reference: str) -> bool:
                return reference in house.paths

        class Events(Named, Calendar):
            promises = PROMISES

            def list(self) -> list[Event]:
                return [self.get(uid) for uid in sorted(house.events.values)]

            def get(self, uid: str) -> Event:
                event: Event = house.events.get(uid)
                event.version = house.events.versions[uid]
                return event

            def update(self, uid: str, change: EventChange, expected: str, stamp: Stamp) -> Event:
                house.events.expect(uid, expected)
                event = house.events.get(uid)
                for name, value in change.items():
                    if value is not None and name != "zone":
                        setattr(event, name, value)
                house.events.put(uid, event, stamp.operation)
                return self.get(uid)

        class Offers(Named, Listing):
            promises = PROMISES

            def list(self) -> list[Offer]:
                return [self.get(id) for id in sorted(house.offers.values)]

            def get(self, id: str) -> Offer:
                return Offer(id, house.offers.versions.get(id, ""), house.offers.get(id))

            def record_attested(self, id: str, changes: dict[str, Any], expected: str, stamp: Stamp) -> Offer:
                house.offers.expect(id, expected)
                house.offers.put(id, house.offers.get(id) | changes, stamp.operation)
                return self.get(id)

        class Board(Named, TaskBoard):
            promises = PROMISES

            def list(self) -> list[Card]:
                return [self.get(id) for id in sorted(house.cards.values)]

            def get(self, id: str) -> Card:
                card: Card = house.cards.get(id)
                card.version = house.cards.versions[id]
                return card

            def move(self, id: str, lane: str, expected: str, stamp: Stamp) -> Card:
                house.cards.expect(id, expected)
                card = house.cards.get(id)
                card.lane = lane
                house.cards.put(id, card, stamp.operation)
                return self.get(id)

        return [Pages, Records, Edge, Events, Offers, Board, state_of(self, Named)]


def state_of(house: House, base: type) -> type:
    class State(base, StateStore):
        def _document(self, name: str) -> Document:
            return Document(name.split("/", 1)[1], house.documents.versions[name], house.documents.get(name))

        def get_document(self, kind: str, id: str) -> Document:
            house.documents.get(f"{kind}/{id}")
            return self._document(f"{kind}/{id}")

        def put_document(self, kind: str, id: str, value: Any, expected: str | None) -> Document:
            name = f"{kind}/{id}"
            if expected is None and name in house.documents.values:
                raise AlreadyExists(name)
            if expected is not None:
                house.documents.expect(name, expected)
            house.documents.put(name, value)
            return self._document(name)

        def delete_document(self, kind: str, id: str, expected: str) -> None:
            house.documents.expect(f"{kind}/{id}", expected)
            house.documents.take(f"{kind}/{id}")

        def list_documents(self, kind: str) -> list[Document]:
            return [self._document(name) for name in sorted(house.documents.values) if name.startswith(kind + "/")]

        def put_blob(self, name: str, content: bytes) -> None:
            if house.blobs.values.get(name, content) != content:
                raise AlreadyExists(name)
            house.blobs.put(name, content)

        def get_blob(self, name: str) -> bytes:
            return bytes(house.blobs.get(name))

        def remove_blob(self, name: str) -> None:
            house.blobs.get(name)
            house.blobs.take(name)

        def append_journal(self, run: str, sequence: int, line: bytes) -> None:
            lines = house.journals.setdefault(run, [])
            if len(lines) != sequence:
                raise PreconditionFailed(f"the journal has {len(lines)} lines")
            lines.append(line)

        def read_journal(self, run: str) -> bytes:
            if run not in house.journals:
                raise NotFound(run)
            return b"".join(line + b"\n" for line in house.journals[run])

        def list_journals(self) -> list[str]:
            return sorted(house.journals)

        def remove_journal(self, run: str) -> None:
            if house.journals.pop(run, None) is None:
                raise NotFound(run)

    return State


FLEET: dict[str, Any] = {
    "schema": "evenkeel.fleet/1", "zone": "America/Los_Angeles", "state": {"adapter": "house"},
    "pages": [{"name": "guest-pages", "adapter": "house", "prefix": "g/", "slug": "{date}-{guest}-{label}",
               "public": ["https://queenofsandiego.com/g/{slug}", "https://queenofsandiego.com/g/{slug}.html"]}],
    "records": [{"name": "crew-dispatch", "adapter": "house", "pages": "guest-pages",
                 "fields": {"booking": "booking_id", "code": "guest_code", "date": "date", "start": "start_time", "guest": "guest_name", "page": "page_slug",
                            "listing": "boatsetter_id", "updated": "updated_at"}}],
    "edge": [{"name": "cloudfront", "adapter": "house", "pages": "guest-pages"}],
    "calendars": [{"name": "internal-calendar", "adapter": "house"}],
    "listings": [{"name": "boatsetter", "adapter": "house"}],
    "boards": [{"name": "kanban", "adapter": "house"}],
    "policy": {"authority": {"*": ["crew-dispatch", "internal-calendar"]}, "protect": ["photo-upload", "csrf-token"], "retire": "delete",
               "approve": ["retire_page"], "brakes": {"retire_count_max": 10, "retire_share_max": 0.1}}}
