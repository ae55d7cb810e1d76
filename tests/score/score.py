#!/usr/bin/env python3
"""Scores `evenkeel read` against the public case files, where they are present.

    score.py EVENKEEL CASES_FOLDER [--ratchet FILE] [--write] [--misses]

One row a suite: references expected, found with the exact span, found besides (where the case says that nothing else in it
is a reference), and right values where the case states them. With --ratchet the figures may not fall below the file's; --write
records today's. --misses lists every miss and every extra. Cases left out are counted with the reason.
"""
import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys

# Recognizers' fuzzy day parts ("in the morning", "at lunch") are no wall-clock times.
NUMBER = (r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|half|quarter|noon|midnight|midday")
WALL_CLOCK = re.compile(r"\d|\b(" + NUMBER + r")\b", re.I)
# chrono's relative phrases are durations, not clocks.
RELATIVE = re.compile(r"\b(ago|later|from now|within|in \d+|in an?|after|before|last|past \d|next|this|tonight|yesterday|tomorrow|today|now|"
                      r"hours?|minutes?|seconds?|weeks?|days?)\b", re.I)
CLOCK_VALUE = re.compile(r"T(\d\d:\d\d)")


def page_of(case):
    text = case["input_text_or_html"]
    if case["format"] == "url":
        return '<a href="' + text + '">', len('<a href="'), '">add</a>'
    return "", 0, ""


def read(program, case):
    before, shift, after = page_of(case)
    page = before + case["input_text_or_html"] + after
    command = [program, "read", "-", "--json"]
    if isinstance(case.get("ref"), str):
        command += ["--date", case["ref"][:10]]
    done = subprocess.run(command, input=page.encode(), capture_output=True, timeout=60)
    if done.returncode != 0:
        return None, shift, done.stderr.decode()
    return json.loads(done.stdout), shift, ""


def left_out(case, expected):
    suite = case["suite"]
    if suite.startswith("recognizers") and not WALL_CLOCK.search(expected["text"]):
        return "fuzzy day part"
    if suite == "chrono_en" and RELATIVE.search(expected["text"]):
        return "relative phrase"
    if suite == "chrono_en" and not re.search(r"\d\s*[:.h]\s*\d|\d\s*[ap]\.?\s*m|noon|midnight|\bat\b|o'clock|\d\d\d\d", expected["text"], re.I):
        return "no clock"
    if expected["start"] is None:
        return None if expected.get("value") else "neither span nor value"
    return None


def value_of(expected):
    value = expected.get("value")
    if isinstance(value, dict):
        value = (value.get("start") or {}).get("instant")
    return value


def hit(case, expected, reading, shift):
    """Exact span; for chrono, whose spans take the date in, a time inside it with the right clock."""
    if expected["start"] is None:  # the value alone: any time that reads so
        clock = re.search(r"(\d\d:\d\d)", expected["value"])
        date = re.match(r"\d{4}-\d\d-\d\d", expected["value"])
        times = [t for t in reading["times"] if t["role"] not in ("unrelated",)]
        if clock is None:
            return any(d["date"] == expected["value"][:10] for d in reading["dates"])
        return any(clock.group(1) in (t["start"], t["end"]) and (not date or date.group() in (t["date"], t.get("end_date")))
                   for t in times) or any(clock.group(1) in (t["start"], t["end"]) for t in times)
    span = [expected["start"] + shift, expected["end"] + shift]
    if case["suite"] == "chrono_en":
        clock = CLOCK_VALUE.search(value_of(expected) or "")
        inside = [t for t in reading["times"] if span[0] <= t["span"][0] and t["span"][1] <= span[1] + 1]
        return any(clock is None or t["start"] == clock.group(1) or t["end"] == clock.group(1) or (t["instant"] or "")[11:16] == clock.group(1)
                   for t in inside)
    return span in [t["span"] for t in reading["times"]] or span in [d["span"] for d in reading["dates"]]


def extras(case, reading, shift):
    wanted = [[e["start"] + shift, e["end"] + shift] for e in case["expected"] if e["start"] is not None]
    found = []
    for time in reading["times"]:
        if time["role"] == "unrelated":
            continue
        begin, end = time["span"]
        if not any(b <= begin and end <= e + 1 if case["suite"] == "chrono_en" else [b, e] == [begin, end] for b, e in wanted):
            found.append(time["text"])
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("cases")
    parser.add_argument("--ratchet")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    folder = pathlib.Path(options.cases)
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        print(f"SKIPPED: no case files in {folder}")
        return 77
    table = {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for path in files:
            cases = [json.loads(line) for line in path.read_text().splitlines()]
            row = {"expected": 0, "found": 0, "extra": 0, "negatives": 0, "negatives_hit": 0, "left_out": {}, "failed": 0}
            for case, (reading, shift, error) in zip(cases, pool.map(lambda c: read(options.program, c), cases)):
                if reading is None:
                    row["failed"] += 1
                    print(f"{case['id']}: {error.strip()}")
                    continue
                skipped = False
                for expected in case["expected"]:
                    why = left_out(case, expected)
                    if why:
                        row["left_out"][why] = row["left_out"].get(why, 0) + 1
                        skipped = True
                        continue
                    row["expected"] += 1
                    if hit(case, expected, reading, shift):
                        row["found"] += 1
                    elif options.misses:
                        print(f"MISS  {case['id']}: {expected['text']!r} {value_of(expected) or ''} in {case['input_text_or_html'][:120]!r}"
                              f" got {[(t['text'], t['start'], t['end'], t['role']) for t in reading['times']][:4]}")
                if not case["exhaustive"] or skipped:
                    continue
                more = extras(case, reading, shift)
                row["extra"] += len(more)
                if not case["expected"]:
                    row["negatives"] += 1
                    row["negatives_hit"] += bool(more)
                if more and options.misses:
                    print(f"EXTRA {case['id']}: {more} in {case['input_text_or_html'][:120]!r}")
            row["recall"] = round(100 * row["found"] / max(1, row["expected"]), 1)
            row["precision"] = round(100 * row["found"] / max(1, row["found"] + row["extra"]), 1)
            table[path.stem] = row
    print(f"{'suite':34} {'expected':>8} {'found':>6} {'recall':>7} {'extra':>6} {'precision':>9} {'negatives hit':>14}  left out")
    for name, row in table.items():
        print(f"{name:34} {row['expected']:8} {row['found']:6} {row['recall']:7} {row['extra']:6} {row['precision']:9} "
              f"{row['negatives_hit']:6} of {row['negatives']:4}  {row['left_out'] or ''}")
    if options.ratchet and options.write:
        pathlib.Path(options.ratchet).write_text(json.dumps(
            {name: {k: row[k] for k in ("recall", "precision", "negatives_hit")} for name, row in table.items()}, indent=2) + "\n")
        return 0
    faults = 0
    if options.ratchet:
        for name, allowed in json.loads(pathlib.Path(options.ratchet).read_text()).items():
            row = table.get(name)
            if row and (row["recall"] < allowed["recall"] or row["precision"] < allowed["precision"] or
                        row["negatives_hit"] > allowed["negatives_hit"] or row["failed"]):
                print(f"{name} fell: {allowed} allowed")
                faults += 1
    return 1 if faults else 0


sys.exit(main())
