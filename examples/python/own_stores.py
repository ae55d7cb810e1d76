#!/usr/bin/env python3
"""python own_stores.py FOLDER: a house that keeps its pages, records, offers, cards and Evenkeel's own notes in one database of its own.

FOLDER is a fleet (examples/incident/fleet, with its dispatch.sqlite). What its files hold goes into house.sqlite there, the fleet's entries are
told to look in the house, and everything is reconciled, with a person who approves all and does what only people can do. The calendar
and the edge cache stay with the adapters that are built in. Exit code: that of the verification at the end.

Everything a store must do is in the docstrings of evenkeel.stores; a write and its condition are one transaction here."""
import json
import pathlib
import sqlite3
import sys

import evenkeel
from evenkeel.stores import Card, Document, Listing, Object, ObjectStore, Offer, Promise, Record, RecordStore, StateStore, TaskBoard


class House:
    """Things of several kinds under keys. A version is the number of the write that made it, and never comes back."""

    def __init__(self, path):
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.executescript("""
            CREATE TABLE IF NOT EXISTS thing (kind TEXT, key TEXT, version INTEGER, body BLOB, operation TEXT, PRIMARY KEY (kind, key));
            CREATE TABLE IF NOT EXISTS written (version INTEGER PRIMARY KEY AUTOINCREMENT);
            CREATE TABLE IF NOT EXISTS fence (booking TEXT PRIMARY KEY, number INTEGER);""")

    def keys(self, kind):
        return [key for key, in self.database.execute("SELECT key FROM thing WHERE kind = ? ORDER BY key", (kind,))]

    def get(self, kind, key):
        """(version, body, operation)."""
        row = self.database.execute("SELECT version, body, operation FROM thing WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        if row is None:
            raise evenkeel.NotFound(f"there is no {kind} {key}")
        return str(row[0]), *row[1:]

    def create(self, kind, key, body, stamp=None):
        with Transaction(self.database):
            if key in self.keys(kind):
                raise evenkeel.AlreadyExists(f"there is a {kind} {key}")
            self._pass_fence(stamp)
            self._put(kind, key, body, stamp)
            return self.get(kind, key)

    def change(self, kind, key, expected, change, stamp=None):
        """`change` makes the new body of the old one: None deletes it, and the same body leaves it as it is. `expected`: a version; "": any.
        What it returns, as `get` does, is what it wrote: after the transaction it may be somebody else's already."""
        with Transaction(self.database):
            version, body, _ = self.get(kind, key)
            if expected and version != expected:
                raise evenkeel.PreconditionFailed(f"{kind} {key} was changed by somebody else")
            self._pass_fence(stamp)
            after = change(body)
            if after is None:
                self.database.execute("DELETE FROM thing WHERE kind = ? AND key = ?", (kind, key))
                return None
            if after is not body:
                self._put(kind, key, after, stamp)
            return self.get(kind, key)

    def _put(self, kind, key, body, stamp):
        version = self.database.execute("INSERT INTO written DEFAULT VALUES").lastrowid
        self.database.execute("REPLACE INTO thing VALUES (?, ?, ?, ?, ?)", (kind, key, version, body, stamp.operation if stamp else None))

    def _pass_fence(self, stamp):
        """Whoever lost the lease of a booking has an old number, and is refused."""
        if stamp is None or stamp.fence_booking is None:
            return
        seen = self.database.execute("SELECT number FROM fence WHERE booking = ?", (stamp.fence_booking,)).fetchone()
        if seen and stamp.fence_number < seen[0]:
            raise evenkeel.PreconditionFailed(f"{stamp.fence_booking} was taken over by another writer")
        self.database.execute("REPLACE INTO fence VALUES (?, ?)", (stamp.fence_booking, stamp.fence_number))


class Transaction:
    def __init__(self, database):
        self.database = database

    def __enter__(self):
        self.database.execute("BEGIN IMMEDIATE")

    def __exit__(self, raised, *_):
        self.database.execute("ROLLBACK" if raised else "COMMIT")


class Kept:
    """What the stores have in common: a house, and what it promises."""

    promises = Promise.UNIQUE_VERSIONS | Promise.CHECKS_FENCES | Promise.KEEPS_OPERATIONS

    def __init__(self, house):
        self.house = house


class Pages(Kept, ObjectStore):
    def list(self, prefix, cursor):
        return [self.head(key) for key in self.house.keys("page") if key.startswith(prefix)]

    def head(self, key):
        return self.get(key)[0]

    def get(self, key):
        return self._as_it_is(key, *self.house.get("page", key))

    def replace(self, key, page, expected, stamp):
        return self._as_it_is(key, *self.house.change("page", key, expected, lambda _: page, stamp))[0]

    def create(self, key, page, content_type, stamp):
        return self._as_it_is(key, *self.house.create("page", key, page, stamp))[0]

    @staticmethod
    def _as_it_is(key, version, page, operation):
        return Object(key, version, len(page), operation=operation), page

    def remove(self, key, expected, stamp):
        self.house.change("page", key, expected, lambda _: None, stamp)


class Records(Kept, RecordStore):
    def list(self, cursor):
        return [self.get(key) for key in self.house.keys("record")]

    def get(self, key):
        return self._as_it_is(key, *self.house.get("record", key))

    @staticmethod
    def _as_it_is(key, version, row, operation):
        return Record(key, version, json.loads(row), operation)

    def update(self, key, changes, expected_attributes, expected, stamp):
        def changed(row):
            before = json.loads(row)
            if any(before.get(name) != value for name, value in expected_attributes.items()):
                raise evenkeel.PreconditionFailed(f"record {key} says something else by now")
            return json.dumps(before | changes) if changes else row

        return self._as_it_is(key, *self.house.change("record", key, expected, changed, stamp))


class Offers(Kept, Listing):
    def list(self):
        return [self.get(key) for key in self.house.keys("offer")]

    def get(self, id):
        return self._as_it_is(id, *self.house.get("offer", id))

    def record_attested(self, id, changes, expected, stamp):
        return self._as_it_is(id, *self.house.change("offer", id, expected, lambda offer: json.dumps(json.loads(offer) | changes), stamp))

    @staticmethod
    def _as_it_is(id, version, offer, _):
        return Offer(id, version, json.loads(offer))


class Board(Kept, TaskBoard):
    def list(self):
        return [self.get(key) for key in self.house.keys("card")]

    def get(self, id):
        return self._as_it_is(id, *self.house.get("card", id))

    def move(self, id, lane, expected, stamp):
        return self._as_it_is(id, *self.house.change("card", id, expected, lambda card: json.dumps(json.loads(card) | {"lane": lane}), stamp))

    @staticmethod
    def _as_it_is(id, version, card, _):
        return Card(id, version, **json.loads(card))


class State(Kept, StateStore):
    def get_document(self, kind, id):
        return self._as_it_is(id, *self.house.get(f"document/{kind}", id))

    def put_document(self, kind, id, value, expected):
        if expected is None:
            return self._as_it_is(id, *self.house.create(f"document/{kind}", id, json.dumps(value)))
        return self._as_it_is(id, *self.house.change(f"document/{kind}", id, expected, lambda _: json.dumps(value)))

    @staticmethod
    def _as_it_is(id, version, value, _):
        return Document(id, version, json.loads(value))

    def delete_document(self, kind, id, expected):
        self.house.change(f"document/{kind}", id, expected, lambda _: None)

    def list_documents(self, kind):
        return [self.get_document(kind, id) for id in self.house.keys(f"document/{kind}")]

    def put_blob(self, name, content):
        try:
            self.house.create("blob", name, content)
        except evenkeel.AlreadyExists:
            if self.get_blob(name) != content:
                raise

    def get_blob(self, name):
        return self.house.get("blob", name)[1]

    def remove_blob(self, name):
        self.house.change("blob", name, "", lambda _: None)

    def append_journal(self, run, sequence, line):
        if sequence == 0:
            try:
                return self.house.create("journal", run, line + b"\n")
            except evenkeel.AlreadyExists as error:
                raise evenkeel.PreconditionFailed("the journal has a first line") from error

        def appended(lines):
            if lines.count(b"\n") != sequence:
                raise evenkeel.PreconditionFailed(f"the journal has {lines.count(10)} lines")
            return lines + line + b"\n"

        self.house.change("journal", run, "", appended)

    def read_journal(self, run):
        return self.house.get("journal", run)[1]

    def list_journals(self):
        return self.house.keys("journal")

    def remove_journal(self, run):
        self.house.change("journal", run, "", lambda _: None)


def move_in(house, folder):
    """What the fleet's files hold, into the house."""
    for path in sorted((folder / "site").rglob("*.html")):
        house.create("page", path.relative_to(folder / "site").as_posix(), path.read_bytes())
    dispatch = sqlite3.connect(folder / "dispatch.sqlite")
    dispatch.row_factory = sqlite3.Row
    for row in dispatch.execute('SELECT * FROM "jada-crew-dispatch"'):
        house.create("record", row["guest_code"], json.dumps(dict(row)))
    for kind, file in (("offer", "boatsetter.json"), ("card", "state.json")):
        for thing in json.loads((folder / file).read_text())["listings" if kind == "offer" else "cards"]:
            house.create(kind, thing.pop("id"), json.dumps(thing))


def fleet_text(folder):
    """The fleet file, with the house in the place of its adapters."""
    text = json.loads((folder / "fleet.json").read_text())
    for kind in ("pages", "records", "listings", "boards"):
        for store in text[kind]:
            store["adapter"] = "house"
            for setting in ("path", "table", "key", "done_lane"):
                store.pop(setting, None)
    return text | {"state": {"adapter": "house"}}


def reconcile(fleet, person):
    plan = fleet.plan()
    for action in plan.actions:
        print(f"{action['verb']} {action['resource']}: {action['reason']}")
    report = fleet.apply(plan, approve="all", by=person)
    for action in report:
        if action["outcome"] == "waits_person":
            print("for a person:", action["detail"])
            fleet.attest(report.run, action["action"], by=person)
    return fleet.verify().exit


def main(folder):
    house = House(folder / "house.sqlite")
    move_in(house, folder)
    adapters = [evenkeel.Adapter("house", store(house)) for store in (Pages, Records, Offers, Board, State)]
    with evenkeel.Fleet.from_text(fleet_text(folder), folder / "fleet.json", adapters=adapters) as fleet:
        return reconcile(fleet, "Marisol Reyes")


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
