"""Between the callback tables of the C API and stores in Python. One callback of each kind serves all stores."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from evenkeel import stores
from evenkeel._host import Host, check, words_of
from evenkeel._library import Struct, callback, document, ffi, lib, text_of, texts_of, unpacked, view
from evenkeel.errors import EvenkeelError, NotFound

READS, WRITES = lib.EK_UNAVAILABLE, lib.EK_UNKNOWN_OUTCOME


class Opened:
    """What callbacks get as `store`."""

    def __init__(self, adapter: stores.Adapter, host: Host, store: stores.Store | None = None) -> None:
        self.adapter = adapter
        self.host = host
        self.store = store
        self.handle = ffi.new_handle(self)


# Those that the library has opened and not closed yet, by the address it knows them by.
_open: dict[int, Opened] = {}


def fail(host: Host, reply: Any, exception: BaseException, effect: int) -> None:
    """An exception becomes an answer, and is kept for the one who called the fleet."""
    host.note(exception)
    number = exception.number if isinstance(exception, EvenkeelError) else lib.EK_UNIMPLEMENTED if isinstance(exception, NotImplementedError) else effect
    lib.ek_reply_fail(reply, number, view(words_of(exception)))


def serve(store: Any, reply: Any, effect: int, call: Callable[[Any], Any]) -> None:
    """`call` takes the store and gives the JSON value of its answer, or None of a call that has none."""
    of: Opened = ffi.from_handle(store)
    try:
        value = call(of.store)
        if value is None:
            lib.ek_reply_done(reply)
        else:
            lib.ek_reply_json(reply, view(document(value if not isinstance(value, str) else json.dumps(value))))
    except BaseException as exception:
        fail(of.host, reply, exception, effect)


def serve_bytes(store: Any, reply: Any, call: Callable[[Any], Any]) -> None:
    """The same of a call whose answer is bytes."""
    of: Opened = ffi.from_handle(store)
    try:
        lib.ek_reply_bytes(reply, view(call(of.store)))
    except BaseException as exception:
        fail(of.host, reply, exception, READS)


def listing(name: str, listed: Iterable[Any] | stores.Listed[Any]) -> dict[str, Any]:
    whole = listed if isinstance(listed, stores.Listed) else stores.Listed(listed)
    found: dict[str, Any] = {name: [item.document() for item in whole.items], "complete": whole.complete}
    if whole.why_incomplete:
        found["why_incomplete"] = whole.why_incomplete
    if whole.cursor:
        found["cursor"] = whole.cursor
    return found


def stamp_of(stamp: Any) -> stores.Stamp:
    booking = text_of(stamp.fence_booking)
    return stores.Stamp(text_of(stamp.operation), booking or None, int(stamp.fence_number))


def answer_page(reply: Any, found: tuple[stores.Object, bytes]) -> dict[str, Any]:
    page, content = found
    lib.ek_reply_bytes(reply, view(content))
    return page.document()


def serve_many(store: Any, keys: Any, replies: Any, one: Callable[[Any, Any], dict[str, Any]]) -> None:
    of: Opened = ffi.from_handle(store)
    names = texts_of(keys)
    try:
        found = list(of.store.get_many(names))  # type: ignore[union-attr]
        if len(found) != len(names):
            raise ValueError(f"get_many answered {len(found)} of {len(names)} keys")
    except BaseException as exception:
        found = [exception] * len(names)
    for index, item in enumerate(found):
        try:
            if isinstance(item, BaseException):
                raise item
            lib.ek_reply_json(replies[index], view(document(one(replies[index], item))))
        except BaseException as exception:
            fail(of.host, replies[index], exception, READS)


# ---- Opening ------------------------------------------------------------------------------------------------------------------------


@callback("void(void *, ek_view, void **, ek_reply *)")
def on_open(adapter: Any, settings: Any, store: Any, reply: Any) -> None:
    of: Opened = ffi.from_handle(adapter)
    try:
        given = json.loads(text_of(settings))
        made = of.adapter.store
        if isinstance(made, type):
            made = made(stores.Settings(given["name"], given["zone"], given["settings"]))  # type: ignore[call-arg]
        opened = Opened(of.adapter, of.host, made)
        _open[int(ffi.cast("uintptr_t", opened.handle))] = opened
        store[0] = opened.handle
        lib.ek_reply_done(reply)
    except BaseException as exception:
        fail(of.host, reply, exception, READS)


@callback("void(void *)")
def on_close(store: Any) -> None:
    of = _open.pop(int(ffi.cast("uintptr_t", store)))
    try:
        if isinstance(of.adapter.store, type) and of.store is not None:
            of.store.close()
    except BaseException as exception:
        of.host.note(exception)


# ---- Pages --------------------------------------------------------------------------------------------------------------------------


@callback("void(void *, ek_view, ek_view, ek_reply *)")
def objects_list(store: Any, prefix: Any, cursor: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: listing("objects", of.list(text_of(prefix), text_of(cursor))))


@callback("void(void *, ek_view, ek_reply *)")
def objects_head(store: Any, key: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: of.head(text_of(key)).document())


@callback("void(void *, ek_view, ek_reply *)")
def objects_get(store: Any, key: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: answer_page(reply, of.get(text_of(key))))


@callback("void(void *, ek_view, ek_view, ek_view, const ek_stamp *, ek_reply *)")
def objects_replace(store: Any, key: Any, page: Any, expected: Any, stamp: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.replace(text_of(key), unpacked(page), text_of(expected), stamp_of(stamp)).document())


@callback("void(void *, ek_view, ek_view, ek_view, const ek_stamp *, ek_reply *)")
def objects_create(store: Any, key: Any, page: Any, content_type: Any, stamp: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.create(text_of(key), unpacked(page), text_of(content_type), stamp_of(stamp)).document())


@callback("void(void *, ek_view, ek_view, const ek_stamp *, ek_reply *)")
def objects_remove(store: Any, key: Any, expected: Any, stamp: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.remove(text_of(key), text_of(expected), stamp_of(stamp)))


@callback("void(void *, ek_views, ek_reply * const *)")
def objects_get_many(store: Any, keys: Any, replies: Any) -> None:
    serve_many(store, keys, replies, answer_page)


# ---- Records ------------------------------------------------------------------------------------------------------------------------


@callback("void(void *, ek_view, ek_reply *)")
def records_list(store: Any, cursor: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: listing("records", of.list(text_of(cursor))))


@callback("void(void *, ek_view, ek_reply *)")
def get(store: Any, key: Any, reply: Any) -> None:
    """Of records, calendars, listings and boards."""
    serve(store, reply, READS, lambda of: of.get(text_of(key)).document())


@callback("void(void *, ek_view, ek_view, ek_view, ek_view, const ek_stamp *, ek_reply *)")
def records_update(store: Any, key: Any, changes: Any, old: Any, expected: Any, stamp: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.update(text_of(key), json.loads(unpacked(changes)), json.loads(unpacked(old)), text_of(expected),
                                                     stamp_of(stamp)).document())


@callback("void(void *, ek_views, ek_reply * const *)")
def records_get_many(store: Any, keys: Any, replies: Any) -> None:
    serve_many(store, keys, replies, lambda _, record: dict(record.document()))


# ---- Edge, calendars, listings, boards ----------------------------------------------------------------------------------------------


@callback("void(void *, ek_views, ek_view, ek_reply *)")
def edge_invalidate(store: Any, paths: Any, reference: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: str(of.invalidate(texts_of(paths), text_of(reference))))


@callback("void(void *, ek_view, ek_reply *)")
def edge_was_accepted(store: Any, reference: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: bool(of.was_accepted(text_of(reference))))


@callback("void(void *, ek_reply *)")
def edge_count(store: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: int(of.count_in_progress()))


@callback("void(void *, ek_view, ek_reply *)")
def edge_serve(store: Any, path: Any, reply: Any) -> None:
    def served(of: Any) -> Any:
        page = of.serve(text_of(path))
        if page is None:
            raise NotFound("nothing is served there")
        return page

    serve_bytes(store, reply, served)


@callback("void(void *, ek_reply *)")
def edge_examine(store: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: [check.document() for check in of.examine()])


@callback("void(void *, ek_reply *)")
def calendar_list(store: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: listing("events", of.list()))


@callback("void(void *, ek_view, ek_view, ek_view, const ek_stamp *, ek_reply *)")
def calendar_update(store: Any, uid: Any, change: Any, expected: Any, stamp: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.update(text_of(uid), json.loads(unpacked(change)), text_of(expected), stamp_of(stamp)).document())


@callback("void(void *, ek_reply *)")
def listing_list(store: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: listing("listings", of.list()))


@callback("void(void *, ek_view, ek_view, ek_view, const ek_stamp *, ek_reply *)")
def listing_attested(store: Any, id: Any, changes: Any, expected: Any, stamp: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.record_attested(text_of(id), json.loads(unpacked(changes)), text_of(expected), stamp_of(stamp)).document())


@callback("void(void *, ek_reply *)")
def board_list(store: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: listing("cards", of.list()))


@callback("void(void *, ek_view, ek_view, ek_view, const ek_stamp *, ek_reply *)")
def board_move(store: Any, id: Any, lane: Any, expected: Any, stamp: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.move(text_of(id), text_of(lane), text_of(expected), stamp_of(stamp)).document())


# ---- State --------------------------------------------------------------------------------------------------------------------------


@callback("void(void *, ek_view, ek_view, ek_reply *)")
def state_get_document(store: Any, kind: Any, id: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: of.get_document(text_of(kind), text_of(id)).document())


@callback("void(void *, ek_view, ek_view, ek_view, const ek_view *, ek_reply *)")
def state_put_document(store: Any, kind: Any, id: Any, value: Any, expected: Any, reply: Any) -> None:
    version = None if expected == ffi.NULL else text_of(expected[0])
    serve(store, reply, WRITES, lambda of: of.put_document(text_of(kind), text_of(id), json.loads(unpacked(value)), version).document())


@callback("void(void *, ek_view, ek_view, ek_view, ek_reply *)")
def state_delete_document(store: Any, kind: Any, id: Any, expected: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.delete_document(text_of(kind), text_of(id), text_of(expected)))


@callback("void(void *, ek_view, ek_reply *)")
def state_list_documents(store: Any, kind: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: listing("documents", of.list_documents(text_of(kind))))


@callback("void(void *, ek_view, ek_view, ek_reply *)")
def state_put_blob(store: Any, name: Any, content: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.put_blob(text_of(name), unpacked(content)))


@callback("void(void *, ek_view, ek_reply *)")
def state_get_blob(store: Any, name: Any, reply: Any) -> None:
    serve_bytes(store, reply, lambda of: of.get_blob(text_of(name)))


@callback("void(void *, ek_view, ek_reply *)")
def state_remove_blob(store: Any, name: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.remove_blob(text_of(name)))


@callback("void(void *, ek_view, uint64_t, ek_view, ek_reply *)")
def state_append_journal(store: Any, run: Any, sequence: int, line: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.append_journal(text_of(run), sequence, unpacked(line)))


@callback("void(void *, ek_view, ek_reply *)")
def state_read_journal(store: Any, run: Any, reply: Any) -> None:
    serve_bytes(store, reply, lambda of: of.read_journal(text_of(run)))


@callback("void(void *, ek_reply *)")
def state_list_journals(store: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: list(of.list_journals()))


@callback("void(void *, ek_view, ek_reply *)")
def state_remove_journal(store: Any, run: Any, reply: Any) -> None:
    serve(store, reply, WRITES, lambda of: of.remove_journal(text_of(run)))


@callback("void(void *, ek_view, ek_reply *)")
def state_blob_location(store: Any, name: Any, reply: Any) -> None:
    serve(store, reply, READS, lambda of: str(of.blob_location(text_of(name))))


# ---- Registering --------------------------------------------------------------------------------------------------------------------

# Kind → how it is registered, its table, and the callbacks of that.
KINDS: dict[type[stores.Store], tuple[str, str, dict[str, Any]]] = {
    stores.ObjectStore: ("ek_stores_add_objects", "ek_object_store",
                         {"list": objects_list, "head": objects_head, "get": objects_get, "replace": objects_replace, "create": objects_create,
                          "remove": objects_remove, "get_many": objects_get_many}),
    stores.RecordStore: ("ek_stores_add_records", "ek_record_store",
                         {"list": records_list, "get": get, "update": records_update, "get_many": records_get_many}),
    stores.EdgeCache: ("ek_stores_add_edge", "ek_edge_cache",
                       {"invalidate": edge_invalidate, "was_accepted": edge_was_accepted, "count_in_progress": edge_count, "serve": edge_serve, "examine": edge_examine}),
    stores.Calendar: ("ek_stores_add_calendar", "ek_calendar", {"list": calendar_list, "get": get, "update": calendar_update}),
    stores.Listing: ("ek_stores_add_listing", "ek_listing", {"list": listing_list, "get": get, "record_attested": listing_attested}),
    stores.TaskBoard: ("ek_stores_add_board", "ek_task_board", {"list": board_list, "get": get, "move": board_move}),
    stores.StateStore: ("ek_stores_add_state", "ek_state_store",
                        {"get_document": state_get_document, "put_document": state_put_document, "delete_document": state_delete_document,
                         "list_documents": state_list_documents, "put_blob": state_put_blob, "get_blob": state_get_blob,
                         "remove_blob": state_remove_blob, "append_journal": state_append_journal, "read_journal": state_read_journal,
                         "list_journals": state_list_journals, "remove_journal": state_remove_journal, "blob_location": state_blob_location}),
}


# Methods that a store may leave as they are: it then has no such callback.
OPTIONAL: dict[type[stores.Store], tuple[str, ...]] = {stores.Listing: ("record_attested",), stores.EdgeCache: ("count_in_progress", "serve", "examine")}


def table_of(adapter: stores.Adapter) -> tuple[Any, Struct]:
    """The function that registers it, and its table."""
    kind = adapter.store if isinstance(adapter.store, type) else type(adapter.store)
    base = next((base for base in KINDS if issubclass(kind, base)), None)
    if base is None:
        raise TypeError(f"the store of the adapter {adapter.name!r} derives from none of {', '.join(base.__name__ for base in KINDS)}")
    function, name, callbacks = KINDS[base]
    table = Struct(name)
    for member, one in callbacks.items():
        setattr(table.c, member, one)
    if "promises" in [member for member, _ in ffi.typeof(name).fields]:
        table.c.promises = int(adapter.store.promises)
    if base is stores.TaskBoard:
        table.put("done_lane", adapter.store.done_lane)  # type: ignore[union-attr]
    for member in OPTIONAL.get(base, ()):
        if getattr(kind, member) is getattr(base, member):
            setattr(table.c, member, ffi.NULL)
    return getattr(lib, function), table


def register(into: Any, adapters: Iterable[stores.Adapter], host: Host) -> None:
    """Puts the adapters into ek_stores. `host` keeps what they stand on."""
    for adapter in adapters:
        add, table = table_of(adapter)
        of = Opened(adapter, host)
        host.kept.append(of)
        struct = Struct("ek_adapter")
        struct.put("name", adapter.name)
        struct.put_all("keys", adapter.keys)
        struct.c.remote = adapter.remote
        struct.c.host = of.handle
        struct.c.open = on_open
        struct.c.close = on_close
        check(add(into, struct.c, table.c))
