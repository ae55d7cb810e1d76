"""One operator's systems, opened: every verb of the program, with its documents.

A `Fleet` is for one thread at a time: one that is busy (in another thread, or further up the stack of a callback) raises Unavailable
and does nothing. Callbacks come on the thread that made the call, but for a clock and zones of the caller's own, which the threads that
read pages of a store on AWS ask, too. The GIL is released while the library works.
"""
from __future__ import annotations

import atexit
import os
import weakref
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from evenkeel import _tables, answers, documents
from evenkeel._host import Clock, Host, Watch, Zones, check, clock_struct, on_log, zones_struct
from evenkeel._library import Day, Duration, Handle, Page, Struct, Text, day, document, ffi, lib, raw, seconds, view
from evenkeel._options import KeepGoing, OnPages, Progress, accept_options, audit_options, run_options
from evenkeel.errors import InvalidArgument, NotFound
from evenkeel.leases import Lease
from evenkeel.plans import Plan
from evenkeel.runs import Run
from evenkeel.stores import Adapter

Log = Callable[[int, str], object]

_fleets: weakref.WeakSet[Fleet] = weakref.WeakSet()


class Fleet:
    """The fleet file at `path`, or the fleet.json of a folder. Relative paths in it start in its folder.

    InvalidArgument names the key that is wrong and the nearest known one. A store that is not there is an error of the first call that
    needs it. Closed with `close`, at the end of a `with` block, when nobody refers to it, or when the interpreter ends.
    """

    def __init__(self, path: str | os.PathLike[str], *, adapters: Iterable[Adapter] = (), log: Log | None = None, clock: Clock | None = None,
                 zones: Zones | None = None) -> None:
        """`adapters`: stores that are written in Python. `log` gets (logging.INFO or logging.WARNING, one line):
        `logging.getLogger("evenkeel").log` will do; what it raises goes to stderr. `clock`, `zones`: not given, the system's."""
        self._open(Host(log, clock, zones), adapters, lambda struct, out: lib.ek_fleet_open(view(os.fsencode(path)), struct, out))

    def _open(self, host: Host, adapters: Iterable[Adapter], call: Callable[[Any, Any], Any]) -> None:
        self._host = host
        struct = self._options()
        stores, out = ffi.new("ek_stores **"), ffi.new("ek_fleet **")
        check(lib.ek_stores_new(stores))
        try:
            _tables.register(stores[0], adapters, self._host)
            struct.c.stores = stores[0]
            with self._host.call() as raised:
                error = call(struct.c, out)
            check(error, raised)
        finally:
            lib.ek_stores_free(stores[0])
        self._handle = Handle(out[0], lib.ek_fleet_free, "fleet")
        _fleets.add(self)

    def _options(self) -> Struct:
        struct = Struct("ek_fleet_options")
        struct.c.log = on_log
        struct.c.log_host = self._host.handle
        if self._host.clock is not None:
            struct.c.clock = struct.keep(clock_struct(self._host)).c
        if self._host.zones is not None:
            struct.c.zones = struct.keep(zones_struct(self._host)).c
        return struct

    @classmethod
    def from_text(cls, text: Text | Mapping[str, Any], path: str | os.PathLike[str] = "fleet.json", *, adapters: Iterable[Adapter] = (),
                  log: Log | None = None, clock: Clock | None = None, zones: Zones | None = None) -> Fleet:
        """A fleet file's text, or its parsed JSON. `path`: where it would stand."""
        fleet = cls.__new__(cls)
        fleet._open(Host(log, clock, zones), adapters, lambda struct, out: lib.ek_fleet_open_text(view(document(text)), view(os.fsencode(path)), struct, out))
        return fleet

    @classmethod
    def given(cls, text: Text | Mapping[str, Any], *, adapters: Iterable[Adapter] = (), log: Log | None = None, clock: Clock | None = None,
              zones: Zones | None = None) -> Fleet:
        """A fleet of what the host has read itself: the pure stages alone. No store is opened and no file touched, whatever adapters the
        file names. `give` it the contents of every store, then audit, plan, find, guard. Plans say what there is to write, but this
        fleet writes nothing (PermissionDenied). A store that nothing was given for could not be read (Unavailable)."""
        fleet = cls.__new__(cls)
        fleet._open(Host(log, clock, zones), adapters, lambda struct, out: lib.ek_fleet_given(view(document(text)), struct, out))
        return fleet

    def give(self, store: str, listing: Mapping[str, Any] | Text) -> None:
        """A whole store: evenkeel.objects/1, records/1, events/1, listings/1 or cards/1, with "traits" beside. Replaces what was given."""
        with self._handle as fleet:
            check(lib.ek_give(fleet, view(store), view(document(listing))))

    def give_page(self, store: str, object: Mapping[str, Any] | Text, page: Page) -> None:
        """One page's bytes. `object`: evenkeel.object/1; what stands there of "bytes" and "version" is listed with it."""
        with self._handle as fleet:
            check(lib.ek_give_page(fleet, view(store), view(document(object)), view(page)))

    # ---- Looking

    def doctor(self) -> answers.Answer[documents.Doctor]:
        """Is everything reachable, permitted and as the fleet file says?"""
        return self._ask(answers.Answer[documents.Doctor], lib.ek_doctor)

    def audit(self, *, booking: str = "", from_: Day | None = None, to: Day | None = None, progress: OnPages = None,
              keep_going: KeepGoing = None) -> answers.Audit:
        """What disagrees, over all bookings, or one (its key, or any identifier of it), or those of the dates from `from_` to `to`,
        inclusive. exit 2: drift, a question, a broken pointer, a resurrection or a lost feature.

        `progress`: gets a store's name, how many of its pages were read, how many are known of so far, and whether there are no more than
        those, after each page. What it raises stops the call and goes on to the caller.
        `keep_going`: asked between two store calls and two pages; False ends in Unavailable, and nothing was done. What it raises does
        the same and goes on to the caller; so does an interrupt from the keyboard."""
        options, watch = audit_options(booking, from_, to, keep_going, progress)
        return self._ask(answers.Audit, lib.ek_audit, options, watch=watch)

    def verify(self, *, booking: str = "", from_: Day | None = None, to: Day | None = None, progress: OnPages = None,
               keep_going: KeepGoing = None) -> answers.Verification:
        """Reads everything again; what still disagrees. exit as of `plan`, `progress` and `keep_going` as of `audit`."""
        options, watch = audit_options(booking, from_, to, keep_going, progress)
        return self._ask(answers.Verification, lib.ek_verify, options, watch=watch)

    def find(self, *, date: Day | None = None, guest: str = "", id: str = "", reserve: bool = False, holder: str = "",
             ttl: Duration | None = None) -> answers.Found:
        """Before you create a page: does it exist? One of `date`, `guest` and `id` at least.

        `reserve`: and where nothing fits, the right to create the page, for `ttl` (seconds; not given: 15 minutes); needs a date, a
        holder, and a guest or an id. `holder`: one writer; a program that runs twice at once needs two names."""
        options = Struct("ek_find_options")
        for member, text in (("date", day(date)), ("guest", guest), ("id", id), ("holder", holder)):
            options.put(member, text)
        options.c.reserve = reserve
        options.c.ttl_s = seconds(ttl)
        return self._ask(answers.Found, lib.ek_find, options)

    def guard(self, page: Page, key: str, *, holder: str = "") -> answers.Guarded:
        """May these bytes be deployed over this key ("g/x.html", or STORE:KEY)? Would it lose a feature or revert a verdict? The answer is
        true where they may. `holder`: whose leases are no obstacle."""
        return self._ask(answers.Guarded, lib.ek_guard, view(page), view(key), view(holder))

    # ---- Words

    def set(self, booking: str, assignments: Mapping[str, str | int], *, by: str) -> answers.Answer[documents.Set]:
        """A person's word for fields of a booking ({"start": "15:30"}): the strongest claim, kept, and planned to everywhere."""
        words = Struct("ek_audit_options")
        return self._ask(answers.Answer[documents.Set], lib.ek_set, view(booking), words.views(f"{name}={value}" for name, value in assignments.items()), view(by))

    def accept(self, booking: str, fields: str | Iterable[str], *, until: Day, why: str, by: str, progress: OnPages = None,
               keep_going: KeepGoing = None) -> answers.Answer[documents.Accept]:
        """What differs now from what is true of these fields may do so until that day is over, by the booking's clock: it is shown as
        accepted, and neither drift nor planned. It holds for these words alone: another value, system or truth is drift. NotFound:
        nothing differs. `progress` and `keep_going` as of `audit`."""
        return self._accept(booking, fields, *accept_options(why, by, until, False, keep_going, progress))

    def withdraw(self, booking: str, fields: str | Iterable[str], *, by: str) -> answers.Answer[documents.Accept]:
        """What was accepted of these fields is drift again. NotFound: nothing was accepted."""
        return self._accept(booking, fields, *accept_options("", by, None, True, None, None))

    def _accept(self, booking: str, fields: str | Iterable[str], options: Struct, watch: Watch) -> answers.Answer[documents.Accept]:
        names = options.views([fields] if isinstance(fields, str) else fields)
        return self._ask(answers.Answer[documents.Accept], lib.ek_accept, view(booking), names, options, watch=watch)

    def leased(self, booking: str) -> answers.Answer[documents.Leased]:
        """Who may change the booking, as it stands: exit 2 where somebody holds it."""
        return self._leased(lib.ek_lease_look, booking)

    def leases(self) -> answers.Answer[documents.Leases]:
        """The lease of every booking that ever had one: exit 2 where any is held."""
        return self._ask(answers.Answer[documents.Leases], lib.ek_leases)

    def lease(self, booking: str, *, holder: str, ttl: Duration | None = None) -> Lease:
        """Takes the right to change a booking, or renews it for the same holder, and fences what an earlier holder left under way.
        `ttl`: seconds, 1 s to a day; not given: 15 minutes. PreconditionFailed: another holds it; the message says who and until when."""
        return Lease(self, booking, holder, ttl)

    def _leased(self, function: Any, booking: str, *arguments: Any) -> answers.Answer[documents.Leased]:
        return self._ask(answers.Answer[documents.Leased], function, view(booking), *arguments)

    def handoff(self, booking: str, note: str = "", *, by: str = "") -> answers.Answer[documents.LastHandoff]:
        """The last note on a booking; with `note` a new one is left, by `by`."""
        if note:
            return self._ask(answers.Answer[documents.LastHandoff], lib.ek_handoff_leave, view(booking), view(note), view(by))
        return self._ask(answers.Answer[documents.LastHandoff], lib.ek_handoff, view(booking))

    # ---- Plans and runs

    def plan(self, *, booking: str = "", from_: Day | None = None, to: Day | None = None, decide: Iterable[str] = (), by: str = "",
             progress: OnPages = None, keep_going: KeepGoing = None) -> Plan:
        """The smallest safe set of changes. `decide`: answers to questions, "QUESTION=OPTION", kept under the name `by`.
        `progress` and `keep_going` as of `audit`. Unavailable where a store cannot be read at all: a plan made blind would be a guess."""
        options, watch = audit_options(booking, from_, to, keep_going, progress, decide, by)
        return self._plan(lib.ek_plan_make, options, watch)

    def plan_of_run(self, run: str) -> Plan:
        """The plan a run was started with."""
        return self._plan(lib.ek_plan_of_run, view(run))

    def _plan(self, function: Any, argument: Any, watch: Watch | None = None) -> Plan:
        out = ffi.new("ek_plan **")
        with self._handle as fleet, self._host.call() as raised:
            error = function(fleet, raw(argument), out)
        plan = Plan(out[0]) if out[0] != ffi.NULL else None
        check(error, raised, watch)
        assert plan is not None
        return plan

    def apply(self, plan: Plan, *, booking: str = "", approve: str | Iterable[str] = (), overrides: str | Iterable[str] = (), by: str = "",
              holder: str = "", progress: Progress = None, keep_going: KeepGoing = None) -> answers.Report:
        """Does what the plan says: every `auto` action, and those that are approved. What stands in the way of single actions is in the
        report and its `exit`; an error is one of the plan, of the journal or of the state store. Again with more approvals continues.

        `booking`: only this booking's actions.
        `approve`: ids of actions; "all" covers every `approve` action, and neither manual tasks, questions nor brakes.
        `overrides`: names of brakes. `by`: who wants it; recorded.
        `holder`: works under the leases of this name, and leaves them to it; not given: the run holds its own.
        `progress`: gets each action after it was tried. What it raises stops the run between two actions and goes on to the caller.
        `keep_going`: asked between two actions; False stops cleanly. What it raises does the same and goes on to the caller.
        After a stop, `resume` goes on. An interrupt from the keyboard stops the run between two actions."""
        with plan._handle as pointer:
            return self._run(lib.ek_apply, pointer, run_options(booking, approve, overrides, by, "", holder, progress, keep_going))

    def resume(self, run: str | None = None, *, booking: str = "", approve: str | Iterable[str] = (), overrides: str | Iterable[str] = (), by: str = "",
               holder: str = "", progress: Progress = None, keep_going: KeepGoing = None) -> answers.Report:
        """Goes on after a crash or a stop. `run`: its name; not given: the only unfinished one (NotFound, InvalidArgument: several).
        The rest as of `apply`."""
        return self._run(lib.ek_resume, view(run if run is not None else self._only_unfinished()), run_options(booking, approve, overrides, by, "", holder, progress, keep_going))

    def rollback(self, run: str | None = None, *, booking: str = "", approve: str | Iterable[str] = (), overrides: str | Iterable[str] = (), by: str = "",
                 why: str = "", holder: str = "", progress: Progress = None, keep_going: KeepGoing = None) -> answers.Report:
        """Takes a run back; what somebody has changed since stays and is shown. `run` as of `resume`;
        `why` is recorded."""
        return self._run(lib.ek_rollback, view(run if run is not None else self._only_unfinished()), run_options(booking, approve, overrides, by, why, holder, progress, keep_going))

    def _run(self, function: Any, what: Any, options: tuple[Struct, Watch]) -> answers.Report:
        return self._ask(answers.Report, function, what, options[0], watch=options[1])

    def _only_unfinished(self) -> str:
        names = self.runs().document["unfinished"]
        if not names:
            raise NotFound("no run is unfinished", "run", "name the run")
        if len(names) > 1:
            raise InvalidArgument(f"several runs are unfinished ({', '.join(names)})", "run", "name the one to go on with")
        return names[0]

    def runs(self) -> answers.Answer[documents.Runs]:
        """The names of "unfinished" runs, and reports of those that are "open": with anything left."""
        return self._ask(answers.Answer[documents.Runs], lib.ek_runs)

    def show(self, run: str) -> answers.Report:
        """What became of a run."""
        return self._ask(answers.Report, lib.ek_show, view(run))

    def attest(self, run: str, action: str, *, by: str) -> answers.Report:
        """A person has done a manual task. exit 0: it is done."""
        return self._ask(answers.Report, lib.ek_attest, view(run), view(action), view(by))

    def restore(self, run: str, page: str, *, write: bool = True, by: str = "") -> answers.Restored:
        """One page's backed-up bytes, in `page` of the answer; and back in place, unless `write` is False."""
        return self._ask(answers.Restored, lib.ek_restore, view(run), view(page), int(write), view(by))

    def start(self, plan: Plan, *, booking: str = "", approve: str | Iterable[str] = (), overrides: str | Iterable[str] = (), by: str = "",
              holder: str = "", progress: Progress = None, keep_going: KeepGoing = None) -> Run:
        """`apply` step by step, for a host with a loop of its own."""
        with plan._handle as pointer:
            return self._start(lib.ek_run_start, pointer, run_options(booking, approve, overrides, by, "", holder, progress, keep_going))

    def start_resume(self, run: str, *, booking: str = "", approve: str | Iterable[str] = (), overrides: str | Iterable[str] = (), by: str = "",
                     holder: str = "", progress: Progress = None, keep_going: KeepGoing = None) -> Run:
        """`resume` step by step."""
        return self._start(lib.ek_run_resume, view(run), run_options(booking, approve, overrides, by, "", holder, progress, keep_going))

    def start_rollback(self, run: str, *, booking: str = "", approve: str | Iterable[str] = (), overrides: str | Iterable[str] = (), by: str = "",
                       why: str = "", holder: str = "", progress: Progress = None, keep_going: KeepGoing = None) -> Run:
        """`rollback` step by step."""
        return self._start(lib.ek_run_rollback, view(run), run_options(booking, approve, overrides, by, why, holder, progress, keep_going))

    def _start(self, function: Any, what: Any, options: tuple[Struct, Watch]) -> Run:
        struct, watch = options
        out = ffi.new("ek_run **")
        with self._handle as fleet, self._host.call() as raised:
            error = function(fleet, what, raw(struct), out)
        check(error, raised, watch)
        return Run(out[0], self._host, watch)

    def _ask(self, kind: type[answers.AnyAnswer], function: Any, *arguments: Any, watch: Watch | None = None) -> answers.AnyAnswer:
        out = ffi.new("ek_result **")
        with self._handle as fleet, self._host.call() as raised:
            error = function(fleet, *map(raw, arguments), out)
        answer = answers.taken(out[0], kind, raised)
        check(error, raised, watch)
        return answer

    def close(self) -> None:
        """Frees the fleet; a call that is under way in another thread ends first."""
        handle = getattr(self, "_handle", None)
        if handle is not None:
            handle.close()

    def __enter__(self) -> Fleet:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Fleet{' (closed)' if self._handle.closed else ''}>"


def has_adapter(name: str) -> bool:
    """Whether this build has an adapter of that name: "sqlite"; "s3", "dynamodb", "cloudfront" and "aws" where it was built with EVENKEEL_AWS, "caldav" and "feed" with EVENKEEL_CALENDAR."""
    return bool(lib.ek_has_adapter(view(name)))


@atexit.register
def _close_all() -> None:
    """While there still is an interpreter for the callbacks of their stores."""
    for fleet in list(_fleets):
        fleet.close()
