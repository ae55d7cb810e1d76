"""One page: read, shifted, set, edited; and what is refused."""
import datetime
import importlib
import pathlib
import pickle
import re

import pytest

import evenkeel
from conftest import SOURCE

SYMBOLS = SOURCE / "tests/capi/symbols.txt"
ZONE = "America/Los_Angeles"


def test_two_lines(page):
    reading = evenkeel.read(page, date="2026-05-30", zone=ZONE)
    assert {time["start"] for time in reading.times if time["role"] == "start_end"} >= {"16:30"}
    assert reading.document["schema"] == "evenkeel.reading/1" and reading.document["lines"] == 568
    assert {"photo-upload", "csrf-token"} <= {feature["name"] for feature in reading.features if feature["complete"]}
    for time in reading.times:
        begin, end = time["span"]
        assert page[begin:end].decode() == time["text"]
    assert reading.page == page and reading.dates and reading.identifiers is not None and reading.statements is not None


def test_shifting_there_and_back_gives_the_same_bytes(page):
    earlier = evenkeel.shift(page, -60, date=datetime.date(2026, 5, 30), zone=ZONE)
    assert earlier.page != page and len(earlier.document["moved"]) == 16 and earlier.exit == 0
    assert evenkeel.edit(page, earlier.document) == evenkeel.edit(page, earlier.json) == earlier.page
    assert evenkeel.shift(earlier.page, datetime.timedelta(hours=1), date="2026-05-30", zone=ZONE).page == page


def test_setting_twice_changes_nothing_more(page):
    targets = {"start": "15:30", "end": "18:30"}
    once = evenkeel.read(page, date="2026-05-30", zone=ZONE).set(targets).page
    again = evenkeel.read(once, date="2026-05-30", zone=ZONE).set(targets)
    assert once != page and again.page == once and not again.document["edits"]


def test_a_line_of_text():
    assert evenkeel.read_text("Jonathan - sunset sail, 4:30-7:30 PM", date="2026-05-30")["times"][0]["end"] == "19:30"
    assert evenkeel.read_text(b"4:30 PM \xff")["times"][0]["start"] == "16:30"


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_any_bytes(page, kind):
    assert evenkeel.read(kind(page)).page == page
    assert evenkeel.read(kind(b"")).times == []


def test_bad_input(page):
    with pytest.raises(TypeError, match="a page is bytes"):
        evenkeel.read("<p>4:30 PM")
    with pytest.raises(TypeError):
        evenkeel.read(None)
    with pytest.raises(ValueError, match="UTF-16") as raised:  # as much a ValueError as an EvenkeelError
        evenkeel.read("4:30".encode("utf-16"))
    assert isinstance(raised.value, evenkeel.InvalidArgument) and raised.value.code == "invalid_argument" and raised.value.next_step
    with pytest.raises(evenkeel.InvalidArgument, match="tz database"):
        evenkeel.read(page, zone="Mars/Olympus")
    with pytest.raises(evenkeel.InvalidArgument, match="date"):
        evenkeel.read(page, date="30 May")
    with pytest.raises(evenkeel.LimitExceeded):
        evenkeel.read(b" " * (64 << 20))
    with pytest.raises(evenkeel.InvalidArgument):
        evenkeel.shift(page, 8 * 24 * 60)
    with pytest.raises(OverflowError):
        evenkeel.shift(page, 1 << 40)
    with pytest.raises(ValueError, match="whole minutes"):
        evenkeel.shift(page, datetime.timedelta(seconds=90))
    with pytest.raises(evenkeel.InvalidArgument):
        evenkeel.edit(page, {"edits": [{"span": [len(page), len(page) + 5], "replacement": ""}]})
    with pytest.raises(evenkeel.InvalidArgument):
        evenkeel.edit(page, "no JSON")


def test_errors_have_a_class_for_every_code_and_survive_pickling():
    from evenkeel._library import ffi, lib
    from evenkeel.errors import class_of

    codes = [name for name in dir(lib) if name.startswith("EK_")]
    errors = [name for name in codes if ffi.string(lib.ek_code_name(getattr(lib, name))).decode() == name[3:].lower() and name != "EK_OK"]
    assert len(errors) == 11
    assert len({class_of(getattr(lib, name)) for name in errors} - {evenkeel.EvenkeelError}) == 11
    assert class_of(4711) is evenkeel.EvenkeelError
    error = evenkeel.NotFound("is gone", "site:g/x.html", "look elsewhere")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.resource) == (evenkeel.NotFound, "site:g/x.html: is gone; look elsewhere", "site:g/x.html")


def test_after_close(page):
    reading = evenkeel.read(page)
    with reading:
        times = reading.times
    reading.close()  # twice is no error
    assert reading.times is times and repr(reading) == "<Reading (closed)>"
    with pytest.raises(evenkeel.InvalidArgument, match="was closed"):
        reading.shift(60)
    with pytest.raises(ValueError):
        _ = reading.page


def test_keep_going_and_what_it_raises(page):
    class Enough(Exception):
        pass

    def enough():
        raise Enough

    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(evenkeel.Unavailable):
        evenkeel.read(page, keep_going=lambda: False)
    with pytest.raises(Enough):
        evenkeel.read(page, keep_going=enough)
    with pytest.raises(KeyboardInterrupt):
        evenkeel.read(page, keep_going=interrupted)
    assert evenkeel.read(page, keep_going=lambda: True).times


class Island:
    """One zone, three hours behind, without summer time."""

    version = "mine-1"

    def to_local(self, zone, utc):
        return (-3 * 3600, "ISL") if zone == "Sea/Island" else None

    def to_instant(self, zone, local):
        return (1, local + 3 * 3600) if zone == "Sea/Island" else None


def test_zones_of_the_host():
    page = b'<time datetime="2026-05-30T19:30:00Z">4:30 PM</time>'
    assert evenkeel.read(page, zone="Sea/Island", zones=Island()).times[0]["start"] == "16:30"
    with pytest.raises(evenkeel.InvalidArgument, match="tz database"):
        evenkeel.read(page, zone="Europe/Berlin", zones=Island())


def test_failing_zones_are_the_cause():
    class Broken(Island):
        def to_local(self, zone, utc):
            raise RuntimeError("the almanac is wet")

    with pytest.raises(evenkeel.EvenkeelError) as raised:
        evenkeel.read(b"<p>4:30 PM", zone="Sea/Island", zones=Broken())
    assert isinstance(raised.value.__cause__, RuntimeError)


def test_the_fleets_rules_count(fleet):
    assert evenkeel.read(b"<p>Arrive 4:00 PM", fleet=fleet).document["times"]
    with evenkeel.Fleet.from_text({"schema": "evenkeel.fleet/1", "zone": "Pacific/Apia", "state": "state"}, "/nowhere/fleet.json") as other:
        reading = evenkeel.read(b'<time datetime="2026-05-30T19:30:00Z">x</time>', fleet=other)
    assert reading.times[0]["start"] == "08:30"  # Apia is 13 hours ahead


def test_the_package_is_typed():
    assert (pathlib.Path(evenkeel.__file__).parent / "py.typed").is_file()
    assert evenkeel.__version__.count(".") == 2
    for name in evenkeel.__all__:
        assert getattr(evenkeel, name).__doc__, name


def public(module):
    """All that a reader of the documentation meets: classes and functions, with their methods and properties."""
    for name, value in vars(module).items():
        if name.startswith("_") or getattr(value, "__module__", module.__name__) != module.__name__ or not callable(value):
            continue
        yield name, value
        if isinstance(value, type):
            yield from ((f"{name}.{inner}", member) for inner, member in vars(value).items()
                        if not inner.startswith("_") and (callable(member) or isinstance(member, (property, classmethod))))


@pytest.mark.parametrize("module", ["answers", "errors", "fleet", "leases", "pages", "plans", "runs", "stores"])
def test_everything_public_is_documented(module):
    found = dict(public(importlib.import_module(f"evenkeel.{module}")))
    assert found and [name for name, value in found.items() if not getattr(value, "__doc__", None)] == []


def test_every_function_of_the_c_api_is_reached():
    """What Python does without: the error's JSON, whose parts an exception has."""
    sources = "".join(path.read_text() for path in pathlib.Path(evenkeel.__file__).parent.glob("*.py") if path.name != "_declarations.py")
    names = re.findall(r"^(ek_\w+)", SYMBOLS.read_text(), re.M)
    assert len(names) > 50 and [name for name in names if not re.search(rf"\b{name}\b", sources)] == ["ek_error_json"]
