"""The shared library, and what every call of it needs: views, option structs, handles that are freed once."""
from __future__ import annotations

import datetime
import json
import pathlib
import threading
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from evenkeel._declarations import ffi as _ffi

ffi: Any = _ffi
FOLDER = pathlib.Path(__file__).resolve().parent / "lib"
lib: Any = ffi.dlopen(str(FOLDER / "libevenkeel.so"))

Text = str | bytes
Page = bytes | bytearray | memoryview
Day = str | datetime.date
Duration = float | datetime.timedelta


Function = TypeVar("Function", bound=Callable[..., Any])


def callback(signature: str) -> Callable[[Function], Function]:
    """Makes a function of this C signature out of one in Python."""
    made: Callable[[Function], Function] = ffi.callback(signature)
    return made


def bytes_of(text: Text) -> bytes:
    """Texts that came out of the library go back in as they were: bytes that are no UTF-8 are lone surrogates in between."""
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else bytes(text)


def view(data: Text | Page) -> tuple[Any, int]:
    """An ek_view of it, for the time of a call."""
    if isinstance(data, str):
        data = bytes_of(data)
    borrowed = ffi.from_buffer(data)
    return borrowed, len(borrowed)


def unpacked(of: Any) -> bytes:
    """The bytes of an ek_view, copied."""
    return bytes(ffi.buffer(of.data, of.size)) if of.size else b""


def text_of(of: Any) -> str:
    return unpacked(of).decode("utf-8", "surrogateescape")


def texts_of(of: Any) -> list[str]:
    """The texts of an ek_views."""
    return [text_of(of.items[index]) for index in range(of.count)]


def day(value: Day | None) -> str:
    return "" if value is None else value.isoformat()[:10] if isinstance(value, datetime.date) else value


def seconds(value: Duration | None) -> int:
    return 0 if value is None else int(value.total_seconds()) if isinstance(value, datetime.timedelta) else int(value)


def document(value: Any) -> bytes:
    """JSON text of a value, or a text that is JSON already."""
    return bytes_of(value) if isinstance(value, (str, bytes)) else json.dumps(value, ensure_ascii=True).encode()


class Struct:
    """An option struct with its struct_size, and everything its views borrow: it must live as long as the call."""

    def __init__(self, name: str) -> None:
        self.c = ffi.new(name + " *")
        self.c.struct_size = ffi.sizeof(name)
        self._kept: list[Any] = []

    def keep(self, value: Any) -> Any:
        self._kept.append(value)
        return value

    def put(self, member: str, text: Text | None) -> None:
        if text:
            setattr(self.c, member, self.keep(view(text)))

    def put_all(self, member: str, texts: Iterable[Text]) -> None:
        setattr(self.c, member, self.views(texts))

    def views(self, texts: Iterable[Text]) -> tuple[Any, int]:
        views = [self.keep(view(text)) for text in texts]
        return self.keep(ffi.new("ek_view[]", views)), len(views)


def raw(argument: Any) -> Any:
    """What C gets of an argument."""
    return argument.c if isinstance(argument, Struct) else argument


class Handle:
    """One handle of the library. Used as a context it gives the pointer; `close` frees it when the last user has left."""

    def __init__(self, pointer: Any, free: Callable[[Any], None], what: str) -> None:
        self._pointer = pointer
        self._free = free
        self._what = what
        self._users = 0
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> Any:
        with self._lock:
            if self._closed:
                from evenkeel.errors import InvalidArgument

                raise InvalidArgument("was closed", self._what, "open another one")
            self._users += 1
        return self._pointer

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            last = self._closed and self._users == 0
        if last:
            self._free(self._pointer)

    @property
    def closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        with self._lock:
            if self._closed:
                return
            self._closed = True
            last = self._users == 0
        if last:
            self._free(self._pointer)

    def __del__(self) -> None:
        if hasattr(self, "_lock"):
            self.close()
