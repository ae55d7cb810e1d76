#!/usr/bin/env python3
"""Branches of src/apply and src/lease that the tests took, of all there are, by clang's source-based coverage.

    python3 tests/coverage/branches.py PROFILE PROGRAM... [--missed]

PROFILE is merged by llvm-profdata from what the programs wrote. Prints a line for each file, then what is left: each way that no test took, with
its reason from left.json. --missed prints those alone that have none. Fails where the share falls below that of left.json, or where left.json
gives a reason for what is taken.

What counts: each condition (every operand of && and || is one) has two ways, each case of a switch one. A macro counts where it stands:
EVENKEEL_ASSIGN_OR_RETURN and EVENKEEL_RETURN_IF_ERROR are the way on and the error. Instances of one template or lambda count as one. What is
none: a seeded mistake (EVENKEEL_BUG is `false` at compile time), the hidden default of a switch over all of an enumeration, a constant.
"""
import argparse
import collections
import dataclasses
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("src/apply", "src/lease")
EXPANSION = 1  # kind of a region: a macro, with the file of its text
MARGIN = 0.2  # percentage points: what code that goes away may cost


@dataclasses.dataclass
class Condition:
    text: str
    line: int
    taken: list[bool]  # [true, false]; of a case: [reached]

    def ways(self) -> list[str]:
        return ["reached"] if len(self.taken) == 1 else ["true", "false"]


@dataclasses.dataclass
class Counts:
    conditions: dict[pathlib.Path, dict[tuple, Condition]]
    lines: dict[pathlib.Path, tuple[int, int]]  # executed, all


@dataclasses.dataclass
class Missed:
    file: str
    line: int
    text: str
    way: str


def export(profile: str, programs: list[str]) -> dict:
    command = ["llvm-cov", "export", "-instr-profile", profile, programs[0]] + [word for program in programs[1:] for word in ("-object", program)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode != 0:
        sys.exit(said.stderr or "llvm-cov failed")
    return json.loads(said.stdout)["data"][0]


class Sources:
    def __init__(self):
        self.known = {}

    def text(self, file: pathlib.Path, begin: tuple[int, int], end: tuple[int, int]) -> str:
        """Lines and columns from 1, of bytes; the end's column excluded."""
        if file not in self.known:
            self.known[file] = file.read_bytes().split(b"\n")
        lines = self.known[file][begin[0] - 1:end[0]]
        lines[-1] = lines[-1][:end[1] - 1]
        lines[0] = lines[0][begin[1] - 1:]
        return " ".join(b" ".join(lines).decode().split())


def counted(file: pathlib.Path) -> bool:
    return any(file.is_relative_to(ROOT / folder) for folder in FOLDERS)


def is_none(text: str, before: str, line: str, inner: pathlib.Path, ways: list[bool]) -> bool:
    """`before` and `line`: what stands before it in its line, and the line."""
    is_mistake = "EVENKEEL_BUG" in text or inner.name == "seeded_bugs.h" or ("EVENKEEL_BUG" in line and not any(ways))
    return is_mistake or before.endswith("switch (") or text in ("true", "false")


def count(exported: dict) -> Counts:
    conditions = collections.defaultdict(dict)
    sources = Sources()
    for function in exported["functions"]:
        files = [(ROOT / name).resolve() for name in function["filenames"]]
        stands = {region[6]: (region[5], region[0], region[1]) for region in function["regions"] if region[7] == EXPANSION}
        for line, column, end_line, end_column, taken, not_taken, inner, *_ in function["branches"]:
            text = sources.text(files[inner], (line, column), (end_line, end_column))
            place, outer = [(line, column)], inner
            while outer in stands:
                outer, *site = stands[outer]
                place.append(tuple(site))
            ways = [taken > 0] if text.startswith("case ") else [taken > 0, not_taken > 0]
            before = sources.text(files[inner], (line, 1), (line, column))
            whole = sources.text(files[outer], (place[-1][0], 1), (place[-1][0], 1 << 20))
            if not counted(files[outer]) or is_none(text, before, whole, files[inner], ways):
                continue
            shown = text if outer == inner and text != ":" else whole
            known = conditions[files[outer]].setdefault(tuple(reversed(place)), Condition(shown, place[-1][0], [False] * len(ways)))
            known.taken = [a or b for a, b in zip(known.taken, ways)]
    lines = {}
    for file in exported["files"]:
        path = (ROOT / file["filename"]).resolve()
        if counted(path):
            lines[path] = (file["summary"]["lines"]["covered"], file["summary"]["lines"]["count"])
    return Counts(conditions, lines)


def share(taken: int, of: int) -> float:
    return 100 * taken / of if of else 100.0


def print_table(counts: Counts) -> float:
    sums = [0, 0, 0, 0]
    print(f"{'':36} {'branches':>14} {'':>8} {'lines':>14}")
    for path in sorted(counts.lines):
        ways = [way for condition in counts.conditions.get(path, {}).values() for way in condition.taken]
        row = [sum(ways), len(ways), *counts.lines[path]]
        sums = [a + b for a, b in zip(sums, row)]
        print(f"{path.relative_to(ROOT)!s:36} {row[0]:5} of {row[1]:5} {share(row[0], row[1]):7.1f} % {row[2]:5} of {row[3]:5}")
    print(f"{'all':36} {sums[0]:5} of {sums[1]:5} {share(sums[0], sums[1]):7.1f} % {sums[2]:5} of {sums[3]:5}")
    return share(sums[0], sums[1])


def missed(counts: Counts) -> list[Missed]:
    return [
        Missed(str(path.relative_to(ROOT)), condition.line, condition.text, way)
        for path in sorted(counts.conditions)
        for _, condition in sorted(counts.conditions[path].items())
        for way, taken in zip(condition.ways(), condition.taken)
        if not taken
    ]


def print_left(left: list[Missed], reasons: list[dict], only_open: bool) -> list[dict]:
    """What is left, with its reason; the reasons of which nothing is left."""
    known = {(reason["file"], reason["text"], reason["way"]): reason for reason in reasons}
    seen = set()
    for one in left:
        key = (one.file, one.text, one.way)
        reason = known.get(key)
        seen.add(key)
        if reason is None or not only_open:
            print(f"{one.file}:{one.line}: never {one.way}: {one.text}" + (f"\n    {reason['why']}" if reason else ""))
    return [reason for key, reason in known.items() if key not in seen]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("profile")
    arguments.add_argument("programs", nargs="+")
    arguments.add_argument("--missed", action="store_true")
    options = arguments.parse_args()
    counts = count(export(options.profile, options.programs))
    expected = json.loads((pathlib.Path(__file__).parent / "left.json").read_text())
    print_left_to = missed(counts)
    reached = print_table(counts)
    stale = print_left(print_left_to, expected["left"], options.missed)
    for reason in stale:
        print(f"left.json gives a reason for what is taken or gone: {reason['file']}: {reason['text']} ({reason['way']})", file=sys.stderr)
    if reached < expected["percent"] - MARGIN:
        print(f"{reached:.1f} % of the branches are taken; left.json says {expected['percent']:.1f} %: test what is new", file=sys.stderr)
    return 1 if stale or reached < expected["percent"] - MARGIN else 0


if __name__ == "__main__":
    sys.exit(main())
