"""A plan being applied or taken back, step by step."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evenkeel import answers
from evenkeel._host import Host, Watch, check
from evenkeel._library import Handle, ffi, lib


class Run:
    """`for _ in run: …` works until nothing is left to do; each step does one thing to the outside world. It keeps what it needs of its
    fleet, even when that is closed. One thread at a time. After an error it is given up: close it, and resume it by its name."""

    def __init__(self, pointer: Any, host: Host, watch: Watch) -> None:
        self._handle = Handle(pointer, lib.ek_run_free, "run")
        self._host = host
        self._watch = watch

    def step(self) -> bool:
        """True while there is something left to do."""
        more = ffi.new("int32_t *")
        with self._handle as run, self._host.call() as raised:
            error = lib.ek_run_step(run, more)
        check(error, raised, self._watch)
        return bool(more[0])

    def __iter__(self) -> Iterator[None]:
        while self.step():
            yield

    def report(self) -> answers.Report:
        """What has become of every action so far."""
        out = ffi.new("ek_result **")
        with self._handle as run:
            check(lib.ek_run_report(run, out))
        return answers.taken(out[0], answers.Report)

    def close(self) -> None:
        """Frees it. An unfinished run goes on with `Fleet.resume`."""
        self._handle.close()

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
