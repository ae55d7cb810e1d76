"""Stores that are written in Python: one class for each kind of system, and the values their methods answer with.

Derive from the class of your system's kind, register it under the name of an adapter, and name that adapter in the fleet file:

    fleet = evenkeel.Fleet("fleet.json", adapters=[evenkeel.Adapter("house-db", HouseRecords)])

Law for all: a conditional write either finds its condition true at the moment of the effect, or has no effect and raises
PreconditionFailed. What was answered without an exception is durable. A lost reply is UnknownOutcome, never a guess. A write is never
repeated inside the store. Versions are the store's own tokens, compared and never parsed.

What there is not raises NotFound. Any other exception means Unavailable from what only reads and UnknownOutcome from what writes;
NotImplementedError means Unimplemented. Methods are called on the thread that called the fleet, must not call that fleet (Unavailable),
and may be called from several threads only if several fleets use the store. Keys, ids and uids are texts; bytes in them that are no
UTF-8 arrive as lone surrogates (`key.encode("utf-8", "surrogateescape")`). Instants are UTC, "2026-05-30T22:30:00Z".
"""
from __future__ import annotations

import base64
import enum
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Generic, TypedDict, TypeVar

from evenkeel._library import lib


class Promise(enum.IntFlag):
    """What a store promises, added up with |."""

    NONE = 0
    UNIQUE_VERSIONS = lib.EK_UNIQUE_VERSIONS
    """A version is never the same again for a later state, even with equal bytes."""
    CHECKS_FENCES = lib.EK_CHECKS_FENCES
    """Refuses a fencing number below one it has seen for that booking, with PreconditionFailed."""
    KEEPS_OPERATIONS = lib.EK_KEEPS_OPERATIONS
    """Shows a write's `operation` with the resource until somebody else writes."""
    READ_ONLY = lib.EK_READ_ONLY


@dataclass(frozen=True)
class Settings:
    """One entry of the fleet file that names the adapter."""

    name: str
    """Of the store."""
    zone: str
    """Of the fleet."""
    settings: dict[str, Any]
    """The adapter's own keys."""


@dataclass(frozen=True)
class Stamp:
    """Every write carries one."""

    operation: str
    """Unique for the effect."""
    fence_booking: str | None = None
    """None: no fence."""
    fence_number: int = 0


# ---- Values -------------------------------------------------------------------------------------------------------------------------


@dataclass
class _Item:
    NAME: ClassVar[str] = "id"

    def document(self) -> dict[str, Any]:
        """As Evenkeel reads it. A name that is no UTF-8 stands as base64."""
        members = {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name) is not None}
        try:
            members[self.NAME].encode("utf-8")
        except UnicodeEncodeError:
            raw = members.pop(self.NAME).encode("utf-8", "surrogateescape")
            members[self.NAME + "_base64"] = base64.b64encode(raw).decode()
        return members


@dataclass
class Object(_Item):
    """One page, without its bytes."""

    NAME = "key"
    key: str
    version: str
    bytes: int
    """Its size."""
    modified: str | None = None
    """Instant."""
    content_type: str | None = None
    cache_control: str | None = None
    operation: str | None = None


@dataclass
class Record(_Item):
    """One row or item, its values as JSON has them. Of several key attributes the key is a JSON array as text."""

    NAME = "key"
    key: str
    version: str
    attributes: dict[str, Any]
    operation: str | None = None


@dataclass
class Event(_Item):
    """One calendar event; `start` and `end` ("2026-05-30T15:30") are in `zone` (a TZID, "UTC", or "" for floating)."""

    NAME = "uid"
    uid: str
    version: str
    summary: str | None = None
    description: str | None = None
    location: str | None = None
    status: str | None = None
    zone: str | None = None
    all_day: bool | None = None
    start: str | None = None
    end: str | None = None
    recurring: bool | None = None
    modified: str | None = None
    extensions: dict[str, str] | None = None
    """"X-…" properties."""


@dataclass
class Offer(_Item):
    """A marketplace's offer of a booking: "date", "start", "end", "title", …"""

    id: str
    version: str
    attributes: dict[str, Any]


@dataclass
class Card(_Item):
    """A card of a task board."""

    id: str
    version: str
    lane: str
    title: str | None = None
    booking: str | None = None
    slug: str | None = None


@dataclass
class Document(_Item):
    """What Evenkeel remembers under a kind and an id."""

    id: str
    version: str
    value: Any


Item = TypeVar("Item", bound=_Item)


@dataclass
class Listed(Generic[Item]):
    """The items of a store, or of a part of it. `complete` is False where something could not be listed: absence then proves nothing.
    With a `cursor` Evenkeel asks again (objects and records)."""

    items: Iterable[Item]
    complete: bool = True
    why_incomplete: str = ""
    cursor: str = ""



class EventChange(TypedDict, total=False):
    """What is None or not there stays. `start` and `end` are wall-clock times ("2026-05-30T15:30") in `zone`."""

    start: str | None
    end: str | None
    zone: str
    summary: str | None
    description: str | None
    status: str | None


# ---- Stores -------------------------------------------------------------------------------------------------------------------------


class Store:
    """What all kinds have in common."""

    promises: Promise = Promise.NONE

    def close(self) -> None:
        """The fleet is over. Called once for each store that its Adapter opened, and never for one that was given to it open."""


class ObjectStore(Store, ABC):
    """Pages as bytes under keys."""

    @abstractmethod
    def list(self, prefix: str, cursor: str) -> Iterable[Object] | Listed[Object]:
        """Those whose key begins with `prefix`. `cursor`: "" at first."""

    @abstractmethod
    def head(self, key: str) -> Object:
        """NotFound."""

    @abstractmethod
    def get(self, key: str) -> tuple[Object, bytes]:
        """The page and its bytes. NotFound."""

    @abstractmethod
    def replace(self, key: str, page: bytes, expected: str, stamp: Stamp) -> Object:
        """As it is now; content type and cache control stay. PreconditionFailed: it has another version than `expected`."""

    @abstractmethod
    def create(self, key: str, page: bytes, content_type: str, stamp: Stamp) -> Object:
        """AlreadyExists."""

    @abstractmethod
    def remove(self, key: str, expected: str, stamp: Stamp) -> None:
        """PreconditionFailed; NotFound where it is gone already."""

    def get_many(self, keys: Sequence[str]) -> Iterable[tuple[Object, bytes] | Exception]:
        """Many at once, in the order of `keys`; what cannot be got stands as the exception. By default `get` of each."""
        return _each(self.get, keys)


class RecordStore(Store, ABC):
    """Rows or items with named attributes."""

    @abstractmethod
    def list(self, cursor: str) -> Iterable[Record] | Listed[Record]:
        """All of them."""

    @abstractmethod
    def get(self, key: str) -> Record:
        """NotFound."""

    @abstractmethod
    def update(self, key: str, changes: dict[str, Any], expected_attributes: dict[str, Any], expected: str, stamp: Stamp) -> Record:
        """As it is now. Each value of `changes` takes the place of the whole attribute, None too; others stay. The old values are checked
        in the transaction of the write, even where `expected` (the version) is "". Empty `changes` only pass the fence: the record, its
        version and its operation stay. PreconditionFailed."""

    def get_many(self, keys: Sequence[str]) -> Iterable[Record | Exception]:
        """As ObjectStore.get_many."""
        return _each(self.get, keys)


@dataclass
class Check:
    """One thing that `Fleet.doctor` looked at."""

    what: str
    passed: bool
    detail: str = ""
    """What was found, and the next step where it failed."""

    def document(self) -> dict[str, Any]:
        """As it stands in the report of `Fleet.doctor`."""
        return {"what": self.what, "passed": self.passed, "detail": self.detail}


class EdgeCache(Store, ABC):
    """A CDN in front of the pages. A cache that drops its copies at once leaves the last three methods as they are."""

    @abstractmethod
    def invalidate(self, paths: Sequence[str], reference: str) -> str:
        """The cache's own id of it. The same reference again is the same invalidation."""

    @abstractmethod
    def was_accepted(self, reference: str) -> bool:
        """Whether such an invalidation was taken."""

    def count_in_progress(self) -> int:
        """How many invalidations of this store were taken and are not everywhere yet; at its end a run waits until it is 0."""
        return 0

    def serve(self, path: str) -> bytes | None:
        """What a guest is served at the path now, which a run compares with the page; None: nothing. NotImplementedError: nobody looks."""
        raise NotImplementedError("nobody asks what guests are served")

    def examine(self) -> Iterable[Check]:
        """What `Fleet.doctor` shows of it. Reads only."""
        return ()


class Calendar(Store, ABC):
    """Events."""

    @abstractmethod
    def list(self) -> Iterable[Event] | Listed[Event]:
        """All of them."""

    @abstractmethod
    def get(self, uid: str) -> Event:
        """NotFound."""

    @abstractmethod
    def update(self, uid: str, change: EventChange, expected: str, stamp: Stamp) -> Event:
        """As it is now. What is None or not there stays; unknown properties and alarms always. `change["zone"]`: IANA, of start and end;
        the event keeps its own where it has one. PreconditionFailed."""


class Listing(Store, ABC):
    """A marketplace. Leave `record_attested` as it is where the marketplace can be read itself."""

    @abstractmethod
    def list(self) -> Iterable[Offer] | Listed[Offer]:
        """All of them."""

    @abstractmethod
    def get(self, id: str) -> Offer:
        """NotFound."""

    def record_attested(self, id: str, changes: dict[str, Any], expected: str, stamp: Stamp) -> Offer:
        """Records what a person says to have entered. PreconditionFailed."""
        raise NotImplementedError


class TaskBoard(Store, ABC):
    """Cards in lanes."""

    done_lane: str = "done"
    """The lane of finished cards."""

    @abstractmethod
    def list(self) -> Iterable[Card] | Listed[Card]:
        """All of them."""

    @abstractmethod
    def get(self, id: str) -> Card:
        """NotFound."""

    @abstractmethod
    def move(self, id: str, lane: str, expected: str, stamp: Stamp) -> Card:
        """As it is now. PreconditionFailed."""


class StateStore(Store, ABC):
    """What Evenkeel itself remembers: documents under (kind, id) with unique versions, blobs that are written once, journals that grow by
    one durable line. Ids and names may hold any bytes."""

    @abstractmethod
    def get_document(self, kind: str, id: str) -> Document:
        """NotFound."""

    @abstractmethod
    def put_document(self, kind: str, id: str, value: Any, expected: str | None) -> Document:
        """`expected` None: must not exist yet (AlreadyExists); else must have this version (PreconditionFailed)."""

    @abstractmethod
    def delete_document(self, kind: str, id: str, expected: str) -> None:
        """PreconditionFailed, NotFound."""

    @abstractmethod
    def list_documents(self, kind: str) -> Iterable[Document] | Listed[Document]:
        """All of a kind."""

    @abstractmethod
    def put_blob(self, name: str, content: bytes) -> None:
        """The same bytes again are no error, others under a taken name AlreadyExists."""

    @abstractmethod
    def get_blob(self, name: str) -> bytes:
        """NotFound."""

    @abstractmethod
    def remove_blob(self, name: str) -> None:
        """NotFound."""

    @abstractmethod
    def append_journal(self, run: str, sequence: int, line: bytes) -> None:
        """Line number `sequence`, from 0, without its newline. PreconditionFailed: the journal has another length. Durable on return."""

    @abstractmethod
    def read_journal(self, run: str) -> bytes:
        """All lines, each with its newline. NotFound."""

    @abstractmethod
    def list_journals(self) -> Iterable[str]:
        """The names of runs."""

    @abstractmethod
    def remove_journal(self, run: str) -> None:
        """NotFound."""

    def blob_location(self, name: str) -> str:
        """Where a person finds it; may be ""."""
        return ""


@dataclass
class Adapter:
    """A store under the name that "adapter" says in the fleet file; one that is built in is replaced.

    `store`: a class, which is called with Settings for each entry of the fleet file that names the adapter (and closed with the fleet),
    or a store that is open already and serves all of them. `keys`: the settings it takes in the fleet file, besides those every store has.
    `remote`: other machines share the store, so the state must be shared, too."""

    name: str
    store: Store | type[Store]
    keys: Sequence[str] = field(default=())
    remote: bool = False


Key = TypeVar("Key")
Value = TypeVar("Value")


def _each(get: Any, keys: Sequence[str]) -> Iterable[Any]:
    found: list[Any] = []
    for key in keys:
        try:
            found.append(get(key))
        except Exception as exception:
            found.append(exception)
    return found
