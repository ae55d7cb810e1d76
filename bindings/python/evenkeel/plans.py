"""Plans: data that can be saved, shown, compared, approved action by action, and applied by another process on another day."""
from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Iterator
from typing import Any

from evenkeel import documents
from evenkeel._host import check
from evenkeel._library import Handle, Page, Text, ffi, lib, text_of, unpacked, view


class Plan:
    """The smallest safe set of changes. `Fleet.apply` does what stands here and nothing else. May be shared between threads.

    Iterates over the bookings it changes. Closed with `close`, at the end of a `with` block, or when nobody refers to it.
    """

    def __init__(self, pointer: Any) -> None:
        self._handle = Handle(pointer, lib.ek_plan_free, "plan")
        self.json: str = unpacked(lib.ek_plan_json(pointer)).decode()
        """evenkeel.plan/1."""
        self.hash: str = text_of(lib.ek_plan_hash(pointer))
        """"sha256:…"; leaves "made_at" out."""
        self.run: str = text_of(lib.ek_plan_run(pointer))
        """The name of its one run, applied or not."""
        self.exit: int = lib.ek_plan_exit(pointer)
        """0 nothing is left; 2 `apply` could change something; 3 only people's tasks or questions are left."""
        self._document: documents.Plan | None = None

    @classmethod
    def parse(cls, text: Text | Page) -> Plan:
        """A plan that was saved. InvalidArgument: its hash does not match, it was edited by hand."""
        out = ffi.new("ek_plan **")
        check(lib.ek_plan_parse(view(text), out))
        return cls(out[0])

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Plan:
        """Parses a file."""
        return cls.parse(pathlib.Path(path).read_bytes())

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the plan into a file that `load` and the program read."""
        pathlib.Path(path).write_text(self.json, encoding="utf-8")

    @property
    def document(self) -> documents.Plan:
        """The parsed evenkeel.plan/1."""
        if self._document is None:
            self._document = json.loads(self.json)
        return self._document

    def __iter__(self) -> Iterator[documents.PlanBooking]:
        return iter(self.document["bookings"])

    @property
    def actions(self) -> list[documents.PlanBookingAction]:
        """The actions of all bookings; `approve` takes their "id"."""
        return [action for booking in self for action in booking["actions"]]

    @property
    def questions(self) -> list[documents.Question]:
        """What the library will not guess; `Fleet.plan(decide=["QUESTION=OPTION"])` answers."""
        return [question for booking in self for question in booking["questions"]]

    def close(self) -> None:
        """Frees the plan; its document stays."""
        self._handle.close()

    def __enter__(self) -> Plan:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Plan {self.run}: {len(self.actions)} actions, exit {self.exit}>"
