"""One page: what it says, and its times moved. Pure: bytes in, documents and bytes out; no store, clock or file besides the zones.

A `Reading` may be shared between threads. Its work is done in C++ with the GIL released. Its document is made and parsed when it is
first asked for, so who only shifts a page never pays for it.
"""
from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from evenkeel import documents
from evenkeel._host import Host, Watch, Zones, check, watched, zones_struct
from evenkeel._library import Day, Handle, Page, Struct, Text, day, document, ffi, lib, unpacked, view

if TYPE_CHECKING:
    from evenkeel.fleet import Fleet


class Edits:
    """An edit of a page. Plain values; nothing to close."""

    def __init__(self, page: bytes, text: bytes, exit_code: int) -> None:
        self.page = page
        """The edited page. Outside the spans of `edits` it is the page as it was, byte for byte."""
        self.exit = exit_code
        """0, or 3 where unsure times were left alone."""
        self.json = text.decode()
        """evenkeel.edits/1."""
        self._document: documents.Edits | None = None

    @property
    def document(self) -> documents.Edits:
        """The parsed evenkeel.edits/1: "edits", and what was "moved", "kept" and "unsure"."""
        if self._document is None:
            self._document = json.loads(self.json)
        return self._document

    def __repr__(self) -> str:
        return f"<Edits: {len(self.document['edits'])} edits, {len(self.document['unsure'])} unsure>"


class Reading:
    """What one page says. `times`, `dates`, `features`, `identifiers` and `statements` are its parts; spans count bytes of `page`.

    Closed with `close`, at the end of a `with` block, or when nobody refers to it. Then only what was asked for before is still there.
    """

    def __init__(self, handle: Handle, keep: object) -> None:
        self._handle = handle
        self._keep = keep
        self._text: bytes | None = None
        self._document: documents.Reading | None = None

    @property
    def json(self) -> str:
        """evenkeel.reading/1. OutOfMemory where the library could not make it."""
        if self._text is None:
            with self._handle as reading:
                self._text = unpacked(lib.ek_reading_json(reading))
            if not self._text:
                from evenkeel.errors import OutOfMemory

                self._text = None
                raise OutOfMemory("memory ran out for the document", "reading", "ask again when there is more")
        return self._text.decode()

    @property
    def document(self) -> documents.Reading:
        """The parsed evenkeel.reading/1."""
        if self._document is None:
            self._document = json.loads(self.json)
        return self._document

    @property
    def page(self) -> bytes:
        """The bytes that were read; a copy."""
        with self._handle as reading:
            return unpacked(lib.ek_reading_page(reading))

    @property
    def times(self) -> list[documents.ReadingTime]:
        """Each mention of a wall-clock time or range: values "HH:MM" in the booking's zone, role, carrier, spans, why."""
        return self.document["times"]

    @property
    def dates(self) -> list[documents.ReadingDate]:
        """Calendar dates, "2026-05-30" (or less where less is said)."""
        return self.document["dates"]

    @property
    def features(self) -> list[documents.ReadingFeature]:
        """What the page can do, by name, and whether its evidence is complete."""
        return self.document["features"]

    @property
    def identifiers(self) -> list[documents.ReadingIdentifier]:
        """Booking ids, guest codes, listing ids."""
        return self.document["identifiers"]

    @property
    def statements(self) -> list[documents.ReadingStatement]:
        """What the page says of other fields (a captain, a count of guests)."""
        return self.document["statements"]

    def shift(self, minutes: int | datetime.timedelta) -> Edits:
        """Moves every time of the booking by wall-clock minutes, at most 7 days either way. The edited page is read again and compared
        before it is given out. InvalidArgument: more than that. LimitExceeded: the page may be read, and is too much to edit."""
        if isinstance(minutes, datetime.timedelta):
            whole, rest = divmod(minutes, datetime.timedelta(minutes=1))
            if rest:
                raise ValueError("times move by whole minutes")
            minutes = whole
        return self._edits(lib.ek_reading_shift, minutes)

    def set(self, targets: documents.Targets | str) -> Edits:
        """Takes the page to given values (evenkeel.targets/1: {"start": "15:30", …}); doing it twice changes nothing more."""
        return self._edits(lib.ek_reading_set, view(document(targets)))

    def _edits(self, function: Any, argument: Any) -> Edits:
        out = ffi.new("ek_edits **")
        with self._handle as reading:
            check(function(reading, argument, out))
        try:
            return Edits(unpacked(lib.ek_edits_page(out[0])), unpacked(lib.ek_edits_json(out[0])), lib.ek_edits_exit(out[0]))
        finally:
            lib.ek_edits_free(out[0])

    def close(self) -> None:
        """Frees the page. A call that is under way in another thread ends first."""
        self._handle.close()

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Reading{' (closed)' if self._handle.closed else ''}>"


class _Options:
    """ek_read_options, and what they borrow."""

    def __init__(self, date: Day | None, zone: str | None, fleet: Fleet | None, day_first: bool, zones: Zones | None,
                 keep_going: Callable[[], bool] | None) -> None:
        self.watch: Watch | None = None
        self.host: Host | None = None
        self.fleet = fleet
        self.struct = Struct("ek_read_options")
        self.struct.put("date", day(date))
        self.struct.put("zone", zone)
        self.struct.c.day_first = day_first
        if zones is not None:
            self.host = Host(None, None, zones)
            self.struct.c.zones = self.struct.keep(zones_struct(self.host)).c
        if keep_going is not None:
            self.watch = watched(self.struct, None, keep_going)

    def call(self, function: Any, page: Page | Text, out: Any) -> None:
        host = self.host or _NO_HOST
        with host.call() as raised:
            if self.fleet is None:
                error = function(view(page), self.struct.c, out)
            else:
                with self.fleet._handle as pointer:
                    self.struct.c.fleet = pointer
                    error = function(view(page), self.struct.c, out)
        check(error, raised, self.watch)


_NO_HOST = Host(None, None, None)


def read(page: Page, *, date: Day | None = None, zone: str | None = None, fleet: Fleet | None = None, day_first: bool = False,
         zones: Zones | None = None, keep_going: Callable[[], bool] | None = None) -> Reading:
    """Reads an HTML page, or raw iCalendar.

    `page`: its bytes as stored; they are copied.
    `date`: the booking's; anchors weekdays and relative dates.
    `zone`: the booking's, IANA ("America/Los_Angeles"); not given: the fleet's, else "UTC".
    `fleet`: whose zone, zones, features, limits and order of dates count; may be closed afterwards.
    `day_first`: 05/06/2026 is 5 June; counts without a fleet.
    `keep_going`: asked between two steps of work; False ends in Unavailable. What it raises goes on to the caller.

    InvalidArgument: UTF-16, UTF-32, a known binary format, no such zone. LimitExceeded: the limit is named. Any number of threads may
    read at once; the GIL is released meanwhile.
    """
    if isinstance(page, str):
        raise TypeError("a page is bytes, as it is stored; read the file with 'rb', or encode the text")
    out = ffi.new("ek_reading **")
    if date is None and zone is None and fleet is None and zones is None and keep_going is None and not day_first:
        check(lib.ek_read(view(page), ffi.NULL, out))
        return Reading(Handle(out[0], lib.ek_reading_free, "reading"), None)
    options = _Options(date, zone, fleet, day_first, zones, keep_going)
    options.call(lib.ek_read, page, out)
    return Reading(Handle(out[0], lib.ek_reading_free, "reading"), options)


def shift(page: Page, minutes: int | datetime.timedelta, *, date: Day | None = None, zone: str | None = None, fleet: Fleet | None = None,
          day_first: bool = False, zones: Zones | None = None) -> Edits:
    """`read` and `Reading.shift` in one: the page with every time of the booking moved by `minutes` (-60: an hour earlier)."""
    with read(page, date=date, zone=zone, fleet=fleet, day_first=day_first, zones=zones) as reading:
        return reading.shift(minutes)


def edit(page: Page, edits: documents.Edits | str) -> bytes:
    """The page with the edits of a document evenkeel.edits/1 in place. InvalidArgument: they overlap or lie outside."""
    out = ffi.new("ek_result **")
    check(lib.ek_edit(view(page), view(document(edits)), out))
    try:
        return unpacked(lib.ek_result_bytes(out[0]))
    finally:
        lib.ek_result_free(out[0])


def read_text(text: Text, *, date: Day | None = None, zone: str | None = None, fleet: Fleet | None = None, day_first: bool = False,
              zones: Zones | None = None) -> documents.Reading:
    """Reads a line of plain text (an event's summary, a card's title) by the same grammar; the options are those of `read`."""
    out = ffi.new("ek_result **")
    _Options(date, zone, fleet, day_first, zones, None).call(lib.ek_read_text, text, out)
    try:
        found: documents.Reading = json.loads(unpacked(lib.ek_result_json(out[0])))
        return found
    finally:
        lib.ek_result_free(out[0])
