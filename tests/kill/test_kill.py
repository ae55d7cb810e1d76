"""The real program, killed or hindered at the system calls with which it changes files; then another process goes on.

    EVENKEEL_STRIDE=1 …   every call; by default every 47th (the full tier: every 23rd), beginning where the process id falls
"""
import concurrent.futures
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["EVENKEEL_PROGRAM"]
STRIKE = os.environ["EVENKEEL_STRIKE"]
STRIDE = int(os.environ.get("EVENKEEL_STRIDE", "47"))
EXAMPLE = pathlib.Path(os.environ["EVENKEEL_SOURCE"]) / "examples/incident/fleet"
TABLE = "jada-crew-dispatch"
SUNSET = "2026-05-30-jonathan-sunset"
KILLED = 137
SKIPPED = 77
NO_SPACE, IO_ERROR, READ_ONLY = 28, 5, 30


class Copy:
    """A copy of the example fleet with its plan."""

    def __init__(self, plan=True):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="evenkeel-kill-"))
        shutil.copytree(EXAMPLE, self.folder, dirs_exist_ok=True)
        with sqlite3.connect(self.folder / "dispatch.sqlite") as database:
            database.executescript((self.folder / "dispatch.sql").read_text())
        database.close()
        if plan:
            said = self.run("plan", "fleet.json", "--out", "plan.json")
            assert said.returncode == 2, said.stderr

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words, strike=()):
        command, environment = [PROGRAM, *words], dict(os.environ)
        if strike:
            command = [STRIKE, *map(str, strike), *command]
            environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":detect_leaks=0"  # the leak checker wants to trace the process itself
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=120, check=False, env=environment)

    def apply(self, strike=()):
        return self.run("apply", "fleet.json", "plan.json", "--approve", "all", "--by", "Marisol Reyes", strike=strike)

    def go_on(self, strike=()):
        """What an operator does after a crash: resume, or apply where nothing had begun."""
        said = self.run("resume", "fleet.json", strike=strike)
        if said.returncode == 0 and "nothing" in said.stdout + said.stderr:
            return self.apply(strike=strike)
        return said

    def query(self, sql):
        database = sqlite3.connect(self.folder / "dispatch.sqlite")
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def broken_law(self):
        """Laws 1 and 2 as a guest sees them: the pointer leads to a whole page."""
        slug = self.query(f'SELECT page_slug FROM "{TABLE}" WHERE guest_code = \'S2FJLN\'')[0][0]
        page = self.folder / "site/g" / (slug + ".html")
        if not page.exists():
            return f"the record points to {slug}, which is not there"
        lines = page.read_bytes().count(b"\n")
        if lines != (568 if slug == SUNSET else 96):
            return f"{slug} has {lines} lines: half a page is live"
        return ""

    def systems(self):
        """All that the operator's systems hold, time stamps apart."""
        files = {}
        for path in sorted(self.folder.rglob("*")):
            name = str(path.relative_to(self.folder))
            if path.is_file() and not name.startswith(("state/", "dispatch.sqlite", "plan.json")):
                files[name] = path.read_bytes()
        log = files.pop("invalidations.jsonl", b"").splitlines()
        files["paths"] = sorted(path for line in log for path in json.loads(line)["paths"])
        files["calendar.ics"] = [line for line in files["calendar.ics"].splitlines() if not line.startswith((b"DTSTAMP", b"LAST-MODIFIED"))]
        files["records"] = self.query(f'SELECT * FROM "{TABLE}" ORDER BY guest_code')
        return files


def each(numbers, check):
    """The failures of `check` over `numbers`, on all processors."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return [failure for failure in pool.map(check, numbers) if failure]


class Kill(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        with Copy() as copy:
            cls.calls = cls.count(copy, ("kill", -1))
            cls.expected = copy.systems()
        with Copy() as copy:
            cls.calls_and_syncs = cls.count(copy, ("fail", -1, IO_ERROR))
        assert 100 < cls.calls < cls.calls_and_syncs, (cls.calls, cls.calls_and_syncs)

    @classmethod
    def count(cls, copy, strike):
        said = copy.apply(strike)
        if said.returncode == SKIPPED:
            raise unittest.SkipTest("this machine does not let a process be traced")
        assert said.returncode == 3, said.stderr
        return int(said.stderr.split("strike: calls ")[1])

    @staticmethod
    def chosen(calls):
        numbers = list(range(os.getpid() % STRIDE, calls, STRIDE))
        print(f"{len(numbers)} of {calls} calls", flush=True)
        return numbers

    def ends_well(self, copy, story):
        """After going on, everything stands as after an undisturbed run."""
        said = copy.go_on()
        if said.returncode != 3:
            return f"{story}: going on gave {said.returncode}: {said.stderr}{said.stdout}"
        if copy.broken_law():
            return f"{story}: {copy.broken_law()}"
        systems = copy.systems()
        differing = [name for name in self.expected.keys() | systems.keys() if self.expected.get(name) != systems.get(name)]
        if differing:
            return f"{story}: differs in {differing}"
        said = copy.run("verify", "fleet.json")
        return "" if said.returncode == 3 else f"{story}: verify gave {said.returncode}: {said.stdout}"

    def test_killed_at_any_call(self):
        def check(number):
            with Copy() as copy:
                if copy.apply(("kill", number)).returncode != KILLED:
                    return f"call {number} was never reached"
                return copy.broken_law() or self.ends_well(copy, f"killed at call {number}")
        self.assertEqual(each(self.chosen(self.calls), check), [])

    def test_killed_again_while_going_on(self):
        def check(number):
            with Copy() as copy:
                copy.apply(("kill", number))
                copy.go_on(("kill", number * 7919 % max(1, self.calls - number)))
                return copy.broken_law() or self.ends_well(copy, f"killed at call {number}, and again")
        self.assertEqual(each(self.chosen(self.calls), check), [])

    def hindered(self, error, after):
        def check(number):
            with Copy() as copy:
                said = copy.apply(("fail", f"{number}{after}", error))
                story = f"call {number} failed with {error}"
                if said.returncode not in (0, 1, 3, 4):
                    return f"{story}: exit code {said.returncode}: {said.stderr}"
                return copy.broken_law() or self.ends_well(copy, story)
        self.assertEqual(each(self.chosen(self.calls_and_syncs), check), [])

    def test_a_full_disk(self):
        self.hindered(NO_SPACE, "-")

    def test_a_disk_that_is_read_only_from_some_moment_on(self):
        self.hindered(READ_ONLY, "-")

    def test_one_call_that_fails(self):
        self.hindered(IO_ERROR, "")

    def test_two_processes_at_once(self):
        def check(unused):
            with Copy() as copy:
                words = ["apply", "fleet.json", "plan.json", "--approve", "all", "--by", "Marisol Reyes"]
                both = [subprocess.Popen([PROGRAM, *words], cwd=copy.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
                said = [(process.communicate(timeout=120)[0], process.returncode) for process in both]
                if any(code != 3 for _, code in said):
                    return f"two at once: {said}"
                return self.ends_well(copy, "two at once")
        self.assertEqual(each(range(max(4, 200 // STRIDE)), check), [])

    def test_what_a_power_cut_could_take_is_never_built_upon(self):
        """A process that dies leaves what it has written to the kernel; a power cut takes what no fsync has put on the disk. So nothing
        of another system is changed before the journal and the backups are on the disk, and none of its outcomes written down before it is."""
        with Copy() as copy:
            said = copy.run("apply", "fleet.json", "plan.json", "--approve", "all", "--by", "Marisol Reyes", strike=("list",))
            self.assertEqual(said.returncode, 3, said.stderr)
            disk = Disk(copy.folder)
            for line in said.stderr.splitlines():
                if line.startswith("strike: ") and "\t" in line:
                    disk.take(*line.removeprefix("strike: ").split("\t"))
            self.assertEqual(disk.faults, [])
            self.assertGreater(disk.effects, 10, "pages, records, the calendar, the cards, the edge")
            self.assertGreater(disk.lines, 20)
            self.assertEqual(disk.dirty, set(), "what is left at the end")


class Disk:
    """What of the files may be lost with the power: the contents of a file, or the names in a folder, until they are synced."""

    def __init__(self, folder):
        self.state = os.path.realpath(folder / "state")
        self.folder = os.path.realpath(folder)
        self.dirty, self.faults, self.effects, self.lines = set(), [], 0, 0

    def of_the_state(self, path):
        return path.startswith(self.state + "/") or path == self.state

    def take(self, call, path, after=""):
        path, after = os.path.normpath(path), after and os.path.normpath(after)
        target = after or path
        if not target.startswith(self.folder) or call == "open":
            return
        if call == "fsync":
            self.dirty.discard(path)
            return
        if self.is_effect(call, path, target):
            self.effects += 1
            self.demand(self.of_the_state, f"{call} {target}")
        elif "/journals/" in target and call == "write":
            self.lines += 1
            self.demand(lambda one: not self.of_the_state(one), f"a line of the journal, {target}")
        self.remember(call, path, after)

    def is_effect(self, call, path, target):
        """A change of another system: what is put beside it under a temporary name, or SQLite's own journal, is none."""
        if self.of_the_state(target) or "/.evenkeel" in target or target.endswith(("-journal", ".lock")):
            return False
        return call in ("rename", "link", "unlink", "write", "truncate")

    def demand(self, about, doing):
        lost = sorted(one for one in self.dirty if about(one))
        if lost:
            self.faults.append(f"{doing}, while this may still be lost: {lost}")

    def remember(self, call, path, after):
        if call in ("write", "truncate"):
            self.dirty.add(path)
        elif "/temporary/" in (after or path) or (after or path).endswith("lock"):
            self.dirty.discard(path)  # names that nobody looks for after a restart
        elif call == "unlink":
            self.dirty.discard(path)
            self.dirty.add(os.path.dirname(path))
        elif call in ("rename", "link"):
            if path in self.dirty:
                self.faults.append(f"{path} gets its name before its bytes are on the disk")
            self.dirty.add(os.path.dirname(after))
        elif call == "create":
            self.dirty.add(os.path.dirname(path))


if __name__ == "__main__":
    unittest.main()
