"""What went wrong, by what the caller should do next: one class for each code of the C API.

Raised by every function of the package, and raised by stores that are written in Python: what a store raises of these reaches Evenkeel
with its code. An exception of a store that is none of these is taken for EK_UNAVAILABLE where the store was read, and for
EK_UNKNOWN_OUTCOME where it was written to; it is the `__cause__` of what the caller gets.
"""
from __future__ import annotations

from typing import Any

from evenkeel._library import ffi, lib


class EvenkeelError(Exception):
    """The base of all. `code` is the text of the code ("precondition_failed") and `number` its number in the C API."""

    number: int = lib.EK_INTERNAL
    code: str = "internal"

    def __init__(self, message: str = "", resource: str = "", next_step: str = "") -> None:
        super().__init__(message, resource, next_step)
        self.message = message
        """What happened, one line."""
        self.resource = resource
        """The thing it happened to ("guest-pages:g/x.html"); may be empty."""
        self.next_step = next_step
        """What to do now; may be empty."""

    def __str__(self) -> str:
        words = f"{self.resource}: {self.message}" if self.resource else self.message
        return f"{words}; {self.next_step}" if self.next_step else words


class InvalidArgument(EvenkeelError, ValueError):
    """Correct the input and call again. Also: the handle was closed."""


class NotFound(EvenkeelError, LookupError):
    """The resource does not exist."""


class AlreadyExists(EvenkeelError):
    """A create lost to an existing resource."""


class PreconditionFailed(EvenkeelError):
    """Somebody else changed the resource: read and plan again."""


class Unavailable(EvenkeelError):
    """Nothing was done; retry later. Also: the fleet is in use, in another thread or in the call whose callback this is."""


class UnknownOutcome(EvenkeelError):
    """The effect may or may not have happened: look before repeating it."""


class LimitExceeded(EvenkeelError):
    """The input is larger than allowed; the message names the limit."""


class PermissionDenied(EvenkeelError):
    """Change the rights, or ask somebody who has them."""


class Unimplemented(EvenkeelError, NotImplementedError):
    """This store cannot do that, by design."""


class Internal(EvenkeelError):
    """A bug in the library; please report it."""


class OutOfMemory(EvenkeelError, MemoryError):
    """A run that was under way goes on with `Fleet.resume`."""


_CLASSES: dict[int, type[EvenkeelError]] = {}
for _name, _class in {
    "INVALID_ARGUMENT": InvalidArgument, "NOT_FOUND": NotFound, "ALREADY_EXISTS": AlreadyExists, "PRECONDITION_FAILED": PreconditionFailed,
    "UNAVAILABLE": Unavailable, "UNKNOWN_OUTCOME": UnknownOutcome, "LIMIT_EXCEEDED": LimitExceeded, "PERMISSION_DENIED": PermissionDenied,
    "UNIMPLEMENTED": Unimplemented, "INTERNAL": Internal, "OUT_OF_MEMORY": OutOfMemory,
}.items():
    _class.number = getattr(lib, "EK_" + _name)
    _class.code = ffi.string(lib.ek_code_name(_class.number)).decode()
    _CLASSES[_class.number] = _class


def class_of(number: int) -> type[EvenkeelError]:
    """The class of a code; of a number that a newer library knows, EvenkeelError."""
    return _CLASSES.get(number, EvenkeelError)


def taken(error: Any) -> EvenkeelError | None:
    """What an ek_error* says; it is freed. None of NULL."""
    from evenkeel._library import text_of

    if error == ffi.NULL:
        return None
    try:
        return class_of(lib.ek_error_code(error))(text_of(lib.ek_error_message(error)), text_of(lib.ek_error_resource(error)), text_of(lib.ek_error_next(error)))
    finally:
        lib.ek_error_free(error)
