#!/usr/bin/env python3
"""How well pages are read and moved: one table, a row for each suite.

    cmake --build --preset dev --target read_cases && python3 tests/score/score.py [READ_CASES] [--public FOLDER] [--misses] [--ratchet] [--write]

READ_CASES is the program of tests/score/read_cases.cpp. Our own cases (tests/cases/README.md) are scored as written and mutated; case files of
others where --public has some. --misses lists everything that is not as expected. With --ratchet no figure may fall below
tests/golden/accuracy.json, and --write records today's there where they are better.

references, found   mentions expected, and found with exactly their bytes
extra               times besides (where the case says that there are none), anything but `unrelated`
values, roles       % of the found ones that say the right times; with the right role and carrier
traps, hit, edited  what is no time of the booking; read as one; touched by a shift
moved               of all references under two shifts: % that say their time moved, wrong ones, those left alone without (silent) and
                    with a word (unsure), and pages that the second opinion refused
"""
import argparse
import json
import pathlib
import sys

sys.dont_write_bytecode = True

import own_cases
import public_cases

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Figures that may only rise, and those that may only fall.
RISE = ["recall", "precision", "values", "roles", "moved"]
FALL = ["traps_hit", "traps_edited", "wrong", "silent", "failed", "refused"]


def percent(part, whole):
    return round(100 * part / whole, 2) if whole else 100.0


def finish(row):
    row["recall"] = percent(row["found"], row["references"])
    if row["references"]:
        row["precision"] = percent(row["found"], row["found"] + row["extra"])
    if "right_values" in row and row["references"]:
        row["values"] = percent(row["right_values"], row["found"])
        row["roles"] = percent(row["right_roles"], row["found"])
        row["moved"] = percent(row["shifted"] - row["wrong"] - row["silent"] - row["unsure"], row["shifted"])


def total_of(rows):
    total = {}
    for row in rows:
        for name, value in row.items():
            if not isinstance(value, dict):
                total[name] = total.get(name, 0) + value
    return total


def show_table(table):
    print(f"{'suite':36}{'references':>10}{'found':>7}{'recall':>8}{'extra':>6}{'precision':>10}{'values':>8}{'roles':>8}"
          f"{'traps':>7}{'hit':>5}{'edited':>7}{'moved':>8}{'wrong':>6}{'silent':>7}{'unsure':>7}{'refused':>8}")
    for name, row in table.items():
        value = lambda key, width: f"{row[key] if key in row else '':>{width}}"
        print(f"{name:36}{row['references']:10}{row['found']:7}{row['recall']:8}{row['extra']:6}{value('precision', 10)}{value('values', 8)}{value('roles', 8)}"
              f"{row['traps']:7}{row['traps_hit']:5}{value('traps_edited', 7)}{value('moved', 8)}{value('wrong', 6)}{value('silent', 7)}{value('unsure', 7)}{value('refused', 8)}"
              + (f"  failed: {row['failed']}" if row["failed"] else "") + (f"  left out: {row['left_out']}" if row.get("left_out") else ""))


def check_ratchet(table, path, write):
    allowed = json.loads(path.read_text()) if path.exists() else {}
    if write:
        for name, row in table.items():
            best = allowed.setdefault(name, {})
            for figure in RISE + FALL:
                if figure in row:
                    best[figure] = (max if figure in RISE else min)(row[figure], best.get(figure, row[figure]))
        path.write_text(json.dumps(allowed, indent=2) + "\n")
    faults = [f"{name}: {figure} is {table[name][figure]}, {bound} {'at least' if figure in RISE else 'at most'}"
              for name, bounds in allowed.items() if name in table for figure, bound in bounds.items()
              if (table[name][figure] < bound if figure in RISE else table[name][figure] > bound)]
    for fault in faults:
        print(f"FELL  {fault}")
    return 1 if faults else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", nargs="?", default=ROOT / "build/dev/tests/score/read_cases")
    parser.add_argument("--public", default=ROOT.parent / "shared/cases")
    parser.add_argument("--ratchet", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    show = print if options.misses else lambda line: None
    own = own_cases.score_folder(options.program, ROOT / "tests/cases", show)
    own["own: all"] = total_of(own.values())
    public = public_cases.score_folder(options.program, options.public, show)
    table = own | public
    for row in table.values():
        finish(row)
    show_table(table)
    if not public:
        print(f"SKIPPED: no public case files in {options.public}")
    return check_ratchet(table, ROOT / "tests/golden/accuracy.json", options.write) if options.ratchet or options.write else 0


sys.exit(main())
