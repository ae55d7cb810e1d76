"""The host's side of a fleet: its callbacks, and what they raised."""
from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from evenkeel._library import Struct, bytes_of, callback, ffi, text_of
from evenkeel.errors import EvenkeelError, taken


class Clock(Protocol):
    """The host's clock. Called from any thread that uses the fleet, and from those that read pages of a store on AWS."""

    def now(self) -> int:
        """Seconds since 1970-01-01T00:00:00Z."""

    def sleep(self, milliseconds: int) -> None:
        """Returns after so many milliseconds."""

    def random(self) -> int:
        """64 bits nobody can foresee."""


class Zones(Protocol):
    """The host's rules of civil time. Pure; called from any thread. A zone that is not there is answered by None."""

    version: str
    """Of the rules ("2025b")."""

    def to_local(self, zone: str, utc: int) -> tuple[int, str] | None:
        """How many seconds the zone's wall clock is ahead of UTC at this instant (seconds since 1970), and its name then ("PDT")."""

    def to_instant(self, zone: str, local: int) -> tuple[int, int] | None:
        """Of a wall-clock time (its seconds since 1970 as if it were UTC): 1 and its instant; 2 and the earlier of two; 3 and the instant
        as if the clock had run on, where it jumps over that time."""


class Raised:
    """What callbacks raised while one call was under way."""

    def __init__(self) -> None:
        self.of_stores: list[BaseException] = []
        self.stop: BaseException | None = None
        """An interrupt from the keyboard, and the like."""

    def note(self, exception: BaseException) -> None:
        if isinstance(exception, Exception):
            self.of_stores.append(exception)
        elif self.stop is None:
            self.stop = exception

    def cause_of(self, error: EvenkeelError) -> BaseException | None:
        """The exception that became this error: the last whose words it has, else the last that was no answer of the store."""
        for exception in reversed(self.of_stores):
            if words_of(exception) in error.message:
                return exception
        return next(iter(reversed(self.unexpected())), None)

    def unexpected(self) -> list[BaseException]:
        return [exception for exception in self.of_stores if not isinstance(exception, EvenkeelError)]


def words_of(exception: BaseException) -> str:
    if isinstance(exception, EvenkeelError):
        return exception.message or exception.code
    words = " ".join(str(exception).split())
    return f"{type(exception).__name__}: {words}" if words else type(exception).__name__


class Watch:
    """The callbacks of one call that works for long."""

    def __init__(self, progress: Callable[..., object] | None, keep_going: Callable[[], bool] | None) -> None:
        self.progress = progress
        self.keep_going = keep_going
        self.stop: BaseException | None = None
        self.handle = ffi.new_handle(self)


class Host:
    """All that callbacks of one fleet reach. It lives as long as the fleet and its runs."""

    def __init__(self, log: Callable[[int, str], object] | None, clock: Clock | None, zones: Zones | None) -> None:
        self.log = log
        self.clock = clock
        self.zones = zones
        self.handle = ffi.new_handle(self)
        self.kept: list[Any] = []
        self._raised: dict[int, Raised] = {}

    @contextmanager
    def call(self) -> Iterator[Raised]:
        """Collects what callbacks raise on this thread, for callbacks come on the thread that made the call."""
        me, raised = threading.get_ident(), Raised()
        outer = self._raised.get(me)
        self._raised[me] = raised
        try:
            yield raised
        finally:
            if outer is None:
                self._raised.pop(me, None)
            else:
                self._raised[me] = outer

    def note(self, exception: BaseException) -> None:
        raised = self._raised.get(threading.get_ident())
        if raised is None:  # while the fleet closes
            report(exception)
        else:
            raised.note(exception)


def report(exception: BaseException) -> None:
    """What has nobody to be raised to."""
    sys.excepthook(type(exception), exception, exception.__traceback__)


def check(error: Any, raised: Raised | None = None, watch: Watch | None = None) -> None:
    """Raises what the call came to. What a callback of the caller raised stopped the work, and goes on to the caller as it is."""
    failure = taken(error)
    stop = (watch.stop if watch is not None else None) or (raised.stop if raised is not None else None)
    if stop is not None:
        raise stop
    if failure is not None:
        cause = raised.cause_of(failure) if raised is not None else None
        raise failure from cause


# ---- Callbacks: one of each, whatever the number of fleets ---------------------------------------------------------------------------


@callback("void(void *, int32_t, ek_view)")
def on_log(host: Any, level: int, line: Any) -> None:
    of: Host = ffi.from_handle(host)
    try:
        if of.log is not None:
            of.log(30 if level else 20, text_of(line))
    except Exception as exception:  # a log that fails must not stop a run
        report(exception)
    except BaseException as exception:
        of.note(exception)


@callback("void(void *, ek_view)")
def on_progress(watch: Any, action: Any) -> None:
    import json

    of: Watch = ffi.from_handle(watch)
    try:
        if of.progress is not None and of.stop is None:
            of.progress(json.loads(text_of(action)))
    except BaseException as exception:
        of.stop = exception


@callback("void(void *, ek_view, uint64_t, uint64_t, int32_t)")
def on_pages(watch: Any, store: Any, read: int, listed: int, all_listed: int) -> None:
    of: Watch = ffi.from_handle(watch)
    try:
        if of.progress is not None and of.stop is None:
            of.progress(text_of(store), read, listed, bool(all_listed))
    except BaseException as exception:
        of.stop = exception


@callback("int32_t(void *)")
def on_keep_going(watch: Any) -> int:
    of: Watch = ffi.from_handle(watch)
    try:  # an interrupt from the keyboard arrives in here at the latest
        return int(of.stop is None and (of.keep_going is None or bool(of.keep_going())))
    except BaseException as exception:
        of.stop = exception
        return 0


def watched(options: Struct, progress: Callable[..., object] | None, keep_going: Callable[[], bool] | None) -> Watch:
    """Puts both callbacks into the options: of actions, or of pages. Whatever they raise stops the work; `check` raises it again."""
    watch = Watch(progress, keep_going)
    if progress is not None and hasattr(options.c, "on_pages"):
        options.c.on_pages = on_pages
        options.c.on_pages_host = watch.handle
    elif progress is not None:
        options.c.progress = on_progress
        options.c.progress_host = watch.handle
    options.c.keep_going = on_keep_going
    options.c.keep_going_host = watch.handle
    options.keep(watch)
    return watch


@callback("int64_t(void *)")
def on_now(host: Any) -> int:
    import time

    of: Host = ffi.from_handle(host)
    try:
        assert of.clock is not None
        return int(of.clock.now())
    except BaseException as exception:
        of.note(exception)
        return int(time.time())


@callback("void(void *, int64_t)")
def on_sleep(host: Any, milliseconds: int) -> None:
    of: Host = ffi.from_handle(host)
    try:
        assert of.clock is not None
        of.clock.sleep(milliseconds)
    except BaseException as exception:
        of.note(exception)


@callback("uint64_t(void *)")
def on_random(host: Any) -> int:
    import secrets

    of: Host = ffi.from_handle(host)
    try:
        assert of.clock is not None
        return int(of.clock.random()) & 0xFFFFFFFFFFFFFFFF
    except BaseException as exception:
        of.note(exception)
        return secrets.randbits(64)


@callback("int32_t(void *, ek_view, int64_t, int32_t *, char *)")
def on_to_local(host: Any, zone: Any, utc: int, ahead: Any, abbreviation: Any) -> int:
    of: Host = ffi.from_handle(host)
    try:
        assert of.zones is not None
        found = of.zones.to_local(text_of(zone), utc)
        if found is None:
            return 0
        ahead[0] = found[0]
        name = bytes_of(found[1])[:15] + b"\0"
        ffi.memmove(abbreviation, name, len(name))
        return 1
    except BaseException as exception:
        of.note(exception)
        return 0


@callback("int32_t(void *, ek_view, int64_t, int64_t *)")
def on_to_instant(host: Any, zone: Any, local: int, utc: Any) -> int:
    of: Host = ffi.from_handle(host)
    try:
        assert of.zones is not None
        found = of.zones.to_instant(text_of(zone), local)
        if found is None:
            return 0
        utc[0] = found[1]
        return int(found[0])
    except BaseException as exception:
        of.note(exception)
        return 0


def zones_struct(host: Host) -> Struct:
    assert host.zones is not None
    zones = Struct("ek_zones")
    zones.c.host = host.handle
    zones.put("version", host.zones.version)
    zones.c.to_local = on_to_local
    zones.c.to_instant = on_to_instant
    return zones


def clock_struct(host: Host) -> Struct:
    clock = Struct("ek_clock")
    clock.c.host = host.handle
    clock.c.now = on_now
    clock.c.sleep = on_sleep
    clock.c.random = on_random
    return clock
