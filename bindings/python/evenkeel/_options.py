"""Option structs of calls on fleets."""
from __future__ import annotations

from collections.abc import Callable, Iterable

from evenkeel import documents
from evenkeel._host import Watch, watched
from evenkeel._library import Day, Struct, day

Progress = Callable[[documents.RunAction], object] | None
OnPages = Callable[[str, int, int, bool], object] | None
KeepGoing = Callable[[], bool] | None


def audit_options(booking: str, from_: Day | None, to: Day | None, keep_going: KeepGoing, progress: OnPages = None, decide: Iterable[str] = (), by: str = "") -> tuple[Struct, Watch]:
    options = Struct("ek_audit_options")
    for member, text in (("booking", booking), ("from", day(from_)), ("to", day(to)), ("by", by)):
        options.put(member, text)
    options.put_all("decide", decide)
    return options, watched(options, progress, keep_going)


def accept_options(why: str, by: str, until: Day | None, withdraw: bool, keep_going: KeepGoing, progress: OnPages) -> tuple[Struct, Watch]:
    options = Struct("ek_accept_options")
    for member, text in (("why", why), ("by", by), ("until", day(until))):
        options.put(member, text)
    options.c.withdraw = withdraw
    return options, watched(options, progress, keep_going)


def run_options(booking: str, approve: str | Iterable[str], overrides: Iterable[str], by: str, why: str, holder: str, progress: Progress,
                keep_going: KeepGoing) -> tuple[Struct, Watch]:
    options = Struct("ek_apply_options")
    for member, text in (("booking", booking), ("by", by), ("why", why), ("holder", holder)):
        options.put(member, text)
    options.put_all("approve", [approve] if isinstance(approve, str) else approve)
    options.put_all("overrides", [overrides] if isinstance(overrides, str) else overrides)
    return options, watched(options, progress, keep_going)
