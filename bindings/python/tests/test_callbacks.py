"""Stores and clocks that fail, call back in, and come from several threads."""
import gc
import subprocess
import sys
import threading
import time

import pytest

import evenkeel
from house import FLEET, SUNSET


def broken(house, kind, method, how):
    """The house's stores, one method of which fails."""
    stores = house.stores()
    store = next(store for store in stores if issubclass(store, kind))
    setattr(store, method, how)
    return stores


def test_what_a_reading_store_raises_is_the_cause(house, open_house):
    def list_cards(self):
        raise ConnectionError("the board is down")

    fleet = open_house(broken(house, evenkeel.stores.TaskBoard, "list", list_cards))
    with pytest.raises(evenkeel.Unavailable, match="ConnectionError: the board is down") as raised:
        fleet.plan()
    assert isinstance(raised.value.__cause__, ConnectionError)
    audit = fleet.audit()  # goes on without the board, and says so
    assert audit.document["complete"] is False and [str(cause) for cause in audit.causes] == ["the board is down"]


def test_a_store_says_the_code(house, open_house):
    def list_cards(self):
        raise evenkeel.PermissionDenied("ask the harbour master")

    fleet = open_house(broken(house, evenkeel.stores.TaskBoard, "list", list_cards))
    with pytest.raises(evenkeel.EvenkeelError, match="ask the harbour master") as raised:
        fleet.plan()
    assert isinstance(raised.value.__cause__, evenkeel.PermissionDenied)


def test_what_a_writing_store_raises_is_looked_into(house, open_house):
    def replace(self, key, page, expected, stamp):
        raise OSError("the cable was cut")

    fleet = open_house(broken(house, evenkeel.stores.ObjectStore, "replace", replace))
    before = house.pages.values[SUNSET]
    report = fleet.apply(fleet.plan(), approve="all", by="Ana")
    assert report.exit != 0 and house.pages.values[SUNSET] == before
    assert any(isinstance(cause, OSError) for cause in report.causes)


@pytest.mark.parametrize("answer", [None, 7, "text", object(), (1, 2, 3)])
def test_nonsense_is_not_taken_for_an_answer(house, open_house, answer):
    fleet = open_house(broken(house, evenkeel.stores.RecordStore, "list", lambda self, cursor: answer))
    with pytest.raises(evenkeel.Unavailable) as raised:
        fleet.plan()
    assert raised.value.__cause__ is not None


def test_a_store_that_does_not_open(house, open_house):
    def refuse(self, settings):
        raise RuntimeError(f"no key for {settings.name}")

    with pytest.raises(evenkeel.Unavailable, match="no key for kanban") as raised:
        open_house(broken(house, evenkeel.stores.TaskBoard, "__init__", refuse))
    assert isinstance(raised.value.__cause__, RuntimeError)
    gc.collect()
    assert house.closed == len(house.opened)


def test_an_interrupt_in_a_store_reaches_the_caller(house, open_house):
    def interrupted(self):
        raise KeyboardInterrupt

    fleet = open_house(broken(house, evenkeel.stores.TaskBoard, "list", interrupted))
    with pytest.raises(KeyboardInterrupt):
        fleet.audit()
    with pytest.raises(KeyboardInterrupt):
        fleet.plan()


def test_an_edge_cache_that_takes_its_time(house, open_house):
    left, served = [3], []

    def count_in_progress(self):
        left[0] -= 1
        return left[0]

    def serve(self, path):
        served.append(path)
        key = path[1:].removesuffix(".html") + ".html"
        return b"<p>old</p>" if key == SUNSET else house.pages.values.get(key)

    stores = broken(house, evenkeel.stores.EdgeCache, "count_in_progress", count_in_progress)
    edge = next(store for store in stores if issubclass(store, evenkeel.stores.EdgeCache))
    edge.serve = serve
    edge.examine = lambda self: [evenkeel.stores.Check("it is in front of the pages", False, "ask the harbour master")]

    class Clock:
        at = 1779300000

        def now(self):
            return self.at

        def sleep(self, milliseconds):
            self.at += milliseconds // 1000

        def random(self):
            return self.at

    fleet = open_house(stores, clock=Clock())
    checks = [check for check in fleet.doctor().document["checks"] if check["what"] == "it is in front of the pages"]
    assert checks == [{"store": "cloudfront", "what": "it is in front of the pages", "passed": False, "detail": "ask the harbour master"}]
    report = fleet.apply(fleet.plan(), approve="all", by="Ana")
    assert left == [0] and "/" + SUNSET in served
    assert [line for line in report.document["stale"] if "other bytes than the page has" in line] == report.document["stale"] != []


def test_an_edge_cache_that_answers_nonsense(house, open_house):
    fleet = open_house(broken(house, evenkeel.stores.EdgeCache, "count_in_progress", lambda self: -1))
    report = fleet.apply(fleet.plan(), approve="all", by="Ana")
    assert any("does not say whether the copies are dropped" in line for line in report.document["stale"])


def test_calling_the_fleet_from_its_store(house, open_house):
    fleets = []

    def list_cards(self):
        fleets[0].audit()

    fleets.append(open_house(broken(house, evenkeel.stores.TaskBoard, "list", list_cards)))
    with pytest.raises(evenkeel.Unavailable) as raised:
        fleets[0].plan()
    assert isinstance(raised.value.__cause__, evenkeel.Unavailable) and "in use" in str(raised.value.__cause__)


def test_reading_a_page_and_another_fleet_from_a_store(house, open_house, fleet):
    seen = []

    def list_cards(self):
        seen.extend([evenkeel.shift(b"<p>4:30 PM", 60).page, fleet.audit().exit])
        return []

    assert open_house(broken(house, evenkeel.stores.TaskBoard, "list", list_cards)).audit().exit in (1, 2)
    assert seen == [b"<p>5:30 PM", 2]


def test_closing_the_fleet_from_its_store(house, open_house):
    fleets = []

    def list_cards(self):
        fleets[0].close()
        return []

    fleets.append(open_house(broken(house, evenkeel.stores.TaskBoard, "list", list_cards)))
    assert fleets[0].audit().exit in (0, 2)
    assert repr(fleets[0]) == "<Fleet (closed)>"
    assert house.closed == len(house.opened)


def test_get_many_is_asked_at_once_and_may_fail_in_parts(house, open_house):
    asked = []

    def get_many(self, keys):
        asked.append(list(keys))
        return [TimeoutError("slow shelf") if "afternoon" in key else self.get(key) for key in keys]

    audit = open_house(broken(house, evenkeel.stores.ObjectStore, "get_many", get_many)).audit()
    assert any(len(keys) == 2 for keys in asked) and "slow shelf" in audit.json and isinstance(audit.causes[0], TimeoutError)


def test_a_broken_clock_is_known(house, open_house):
    class Broken:
        def now(self):
            raise RuntimeError("stopped")

        def sleep(self, milliseconds):
            pass

        def random(self):
            return -1

    assert any("stopped" in str(cause) for cause in open_house(clock=Broken()).audit().causes)


def test_threads_read_in_parallel(page):
    """While two threads are inside the library a third one counts: the GIL is not held."""
    counted, done = 0, threading.Event()
    slow = page * 8

    def work():
        for _ in range(6):
            evenkeel.read(slow, date="2026-05-30")
        done.set()

    started = time.perf_counter()
    evenkeel.read(slow, date="2026-05-30")
    one = time.perf_counter() - started
    threads = [threading.Thread(target=work) for _ in range(2)]
    longest, last = 0.0, time.perf_counter()
    for thread in threads:
        thread.start()
    while not done.is_set():
        time.sleep(0)
        now = time.perf_counter()
        longest, last, counted = max(longest, now - last), now, counted + 1
    for thread in threads:
        thread.join()
    assert counted > 100, f"counted to {counted} beside reads of {one:.3f} s; longest wait {longest:.3f} s"


def test_a_reading_is_shared_between_threads(page):
    reading = evenkeel.read(page, date="2026-05-30", zone="America/Los_Angeles")
    found, threads = [], []
    for minutes in (-60, 60, -60, 60):
        threads.append(threading.Thread(target=lambda by=minutes: found.append((by, reading.shift(by).page, len(reading.times)))))
        threads[-1].start()
    for thread in threads:
        thread.join()
    assert len({page for by, page, _ in found if by == -60}) == 1 and len({count for *_, count in found}) == 1 and len(found) == 4


def test_a_busy_fleet_says_so(house, open_house):
    inside, go_on = threading.Event(), threading.Event()

    def list_cards(self):
        inside.set()
        go_on.wait(10)
        return []

    fleet = open_house(broken(house, evenkeel.stores.TaskBoard, "list", list_cards))
    thread = threading.Thread(target=fleet.audit)
    thread.start()
    assert inside.wait(10)
    with pytest.raises(evenkeel.Unavailable, match="in use"):
        fleet.audit()
    go_on.set()
    thread.join()
    assert fleet.audit().exit in (0, 2)


def test_closing_while_another_thread_is_inside(house, open_house):
    inside, go_on, exits = threading.Event(), threading.Event(), []

    def list_cards(self):
        inside.set()
        go_on.wait(10)
        return []

    fleet = open_house(broken(house, evenkeel.stores.TaskBoard, "list", list_cards))
    thread = threading.Thread(target=lambda: exits.append(fleet.audit().exit))
    thread.start()
    assert inside.wait(10)
    fleet.close()
    assert house.closed == 0
    go_on.set()
    thread.join()
    assert exits and house.closed == len(house.opened)


LEFT_OPEN = """
import pathlib, sys
sys.path.insert(0, {tests!r})
import evenkeel
from house import FLEET, House
house = House(pathlib.Path({example!r}))
fleet = evenkeel.Fleet.from_text(FLEET, adapters=[evenkeel.Adapter("house", store) for store in house.stores()])
run = fleet.start(fleet.plan())
run.step()
reading = evenkeel.read(b"<p>4:30 PM")
"""


def test_the_interpreter_ends_with_everything_open(request):
    from conftest import EXAMPLE

    script = LEFT_OPEN.format(tests=str(request.path.parent), example=str(EXAMPLE))
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")


def resident():
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * 4096


def growth(work, times):
    for _ in range(times // 4):
        work()
    gc.collect()
    before = resident()
    for _ in range(times):
        work()
    gc.collect()
    return resident() - before


def test_memory_does_not_grow(page, house):
    def pages():
        evenkeel.read(page, date="2026-05-30", zone="America/Los_Angeles", keep_going=lambda: True).document
        with pytest.raises(evenkeel.InvalidArgument):
            evenkeel.read(page, zone="Mars/Olympus")

    def fleets():
        with evenkeel.Fleet.from_text(FLEET, adapters=[evenkeel.Adapter("house", one) for one in stores]) as fleet:
            fleet.plan()

    stores = house.stores()
    assert growth(pages, 60) < 3 << 20
    assert growth(fleets, 20) < 3 << 20
