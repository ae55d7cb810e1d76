"""What calls on a fleet come to. Plain values: nothing to close, and any thread may use them."""
from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from evenkeel import documents
from evenkeel._host import Raised
from evenkeel._library import lib, unpacked

Document = TypeVar("Document")


class Answer(Generic[Document]):
    """A document of Evenkeel, and what it comes to. The document is parsed when it is first asked for."""

    def __init__(self, text: bytes, exit_code: int, raised: Raised | None = None) -> None:
        self.exit = exit_code
        """As the program's exit code: 0 done, nothing left; 1 something could not be read; 2 something was found (drift, a change to
        apply, an existing page); 3 a person, an approval or a brake is in the way; 4 another writer was in the way."""
        self.causes: list[BaseException] = raised.unexpected() if raised is not None else []
        """What stores that are written in Python raised meanwhile and was no EvenkeelError: the reasons behind "unread" and "failed"."""
        self._text = text
        self._document: Document | None = None

    @property
    def json(self) -> str:
        """The document as text, as the program prints it with --json."""
        return self._text.decode()

    @property
    def document(self) -> Document:
        """The document, parsed."""
        if self._document is None:
            self._document = json.loads(self._text)
        assert self._document is not None
        return self._document

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: exit {self.exit}>"


class Audit(Answer[documents.Audit]):
    """What every booking's systems say, what is true, and what disagrees. Iterates over its bookings."""

    def __iter__(self) -> Iterator[documents.AuditBooking]:
        return iter(self.document["bookings"])

    def __len__(self) -> int:
        return len(self.document["bookings"])


class Verification(Answer[documents.Verify]):
    """A fresh audit, and the plan that would be left. Iterates over the bookings that were audited."""

    @property
    def agrees(self) -> bool:
        """All that was read tells the same; see "complete" and "unread" for the rest."""
        return self.document["agrees"]

    def __iter__(self) -> Iterator[documents.AuditBooking]:
        return iter(self.document["audit"]["bookings"])


class Found(Answer[documents.Find]):
    """The bookings a query fits. Iterates over them; exit 0 none, 2 exists, 3 ambiguous or reserved by somebody else, 4 not reserved."""

    def __iter__(self) -> Iterator[documents.FindBooking]:
        return iter(self.document["bookings"])

    def __len__(self) -> int:
        return len(self.document["bookings"])


class Guarded(Answer[documents.Guard]):
    """May a file be deployed? True where it may."""

    def __bool__(self) -> bool:
        return self.exit == 0


class Report(Answer[documents.Run]):
    """What became of every action of a run. Iterates over the actions."""

    @property
    def run(self) -> str:
        """The run's name, for `resume`, `rollback`, `show`, `attest` and `restore`."""
        return self.document["run"]

    @property
    def finished(self) -> bool:
        """Nothing is left that a program could do."""
        return self.document["finished"]

    def __iter__(self) -> Iterator[documents.RunAction]:
        return iter(self.document["actions"])

    def __len__(self) -> int:
        return len(self.document["actions"])


class Restored(Answer[documents.Restore]):
    """One page's backed-up bytes."""

    page: bytes = b""
    """The bytes as they were before the run."""


AnyAnswer = TypeVar("AnyAnswer", bound=Answer[Any])


def taken(result: Any, kind: type[AnyAnswer], raised: Raised | None = None) -> AnyAnswer:
    """What an ek_result* says; it is freed."""
    try:
        answer = kind(unpacked(lib.ek_result_json(result)), lib.ek_result_exit(result), raised)
        if isinstance(answer, Restored):
            answer.page = unpacked(lib.ek_result_bytes(result))
        return answer
    finally:
        lib.ek_result_free(result)
