"""Case files that others wrote (one JSON object a line), where they are present. What is left out is counted with the reason."""
import json
import pathlib
import datetime
import re

import batch

# Recognizers' fuzzy day parts ("in the morning", "at lunch") are no wall-clock times.
WALL_CLOCK = re.compile(r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|half|quarter|noon|midnight|midday)\b", re.I)
# What chrono expects is a clock time where a clock is written in it once its calendar dates are taken away; else it is a relative phrase ("2 hours
# later", "yesterday afternoon"), a date, or two bare numbers ("7 - 8") that a negative case of the same suite ("1-2") tells us to leave alone.
CALENDAR_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}|\b(?:19|20|30)\d\d\b(?!\s*h)", re.I)
CHRONO_CLOCK = re.compile(r"\d\s*[:.h]\s*\d\d|\d\s*[ap]\.?\s*m\b|\bnoon|\bmidnight|o'clock|\bat\s+\d|\d\s+(?:at|in the|tonight|this)\b", re.I)
RELATIVE = re.compile(r"\b(ago|later|from now|within|in \d+|in an?|last|next|this|tonight|yesterday|tomorrow|today|now)\b", re.I)
CLOCK_VALUE = re.compile(r"T(\d\d:\d\d)")


def request_of(case):
    """The request, and how many bytes stand before the case's own."""
    before, after = ('<a href="', '">add</a>') if case["format"] == "url" else ("", "")
    date = case["ref"][:10] if isinstance(case.get("ref"), str) else None
    return {"page": before + case["input_text_or_html"] + after, "date": date, "zone": "UTC"}, len(before)


def left_out(case, expected):
    if case["suite"].startswith("recognizers") and not WALL_CLOCK.search(expected["text"]):
        return "fuzzy day part"
    if case["suite"] == "chrono_en" and not CHRONO_CLOCK.search(CALENDAR_DATE.sub("", expected["text"])):
        return "relative phrase without a clock" if RELATIVE.search(expected["text"]) else "date or bare numbers without a clock"
    return "neither span nor value" if expected["start"] is None and not expected.get("value") else None


def value_of(expected):
    value = expected.get("value")
    return (value.get("start") or {}).get("instant") if isinstance(value, dict) else value


def hit_by_value(expected, reading):
    clock = re.search(r"(\d\d:\d\d)", expected["value"])
    if clock is None:
        return any(date["date"] == expected["value"][:10] for date in reading["dates"])
    times = [time for time in reading["times"] if time["role"] != "unrelated"]
    with_offset = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d):?(\d\d)?", expected["value"])
    if with_offset:  # start and end are on the booking's wall clock: compare the instant
        date, written, hours, minutes = with_offset.groups()
        zone = "+00:00" if hours == "Z" else f"{hours}:{minutes or '00'}"
        instant = datetime.datetime.fromisoformat(f"{date}T{written}{zone}").astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M")
        if any((time["instant"] or "").startswith(instant) for time in times):
            return True
    return any(clock.group(1) in (time["start"], time["end"]) for time in times)


def clocks_of(time):
    """The bytes of its clocks alone: chrono leaves out words that our span takes in ("between 3:30-4:30pm")."""
    spans = [span for span in (time["start_span"], time["end_span"]) if span]
    return [spans[0][0], spans[-1][1]] if spans else time["span"]


def hit(case, expected, reading, shift):
    """Exact span; for chrono, whose spans take the date in, a time inside it with the right clock."""
    if expected["start"] is None:
        return hit_by_value(expected, reading)
    span = [expected["start"] + shift, expected["end"] + shift]
    if case["suite"] == "chrono_en":
        clock = CLOCK_VALUE.search(value_of(expected) or "")
        inside = [t for t in reading["times"] if span[0] <= clocks_of(t)[0] and clocks_of(t)[1] <= span[1] + 1]
        return any(clock is None or clock.group(1) in (t["start"], t["end"], (t["instant"] or "")[11:16]) for t in inside)
    return span in [t["span"] for t in reading["times"]] or span in [d["span"] for d in reading["dates"]]


def extras(case, reading, shift):
    """Times that the case, which says that it names all, does not name. The suite of periods names periods alone: a single time is not of its kind."""
    wanted = [[e["start"] + shift, e["end"] + shift] for e in case["expected"] if e["start"] is not None]
    times = [time for time in reading["times"] if time["role"] != "unrelated"]
    if case["suite"] == "recognizers_TimePeriodExtractor":
        times = [time for time in times if time["start"] and time["end"]]
    if case["suite"] != "chrono_en":
        return [time["text"] for time in times if time["span"] not in wanted]
    return [time["text"] for time in times if not any(b <= clocks_of(time)[0] and clocks_of(time)[1] <= e + 1 for b, e in wanted)]


def lists_no_start(case):
    """A few links of one suite state a start that their case leaves out."""
    return case["suite"] == "anand_calendar_link" and "startTime=" in case["input_text_or_html"] and all(e.get("role") != "start" for e in case["expected"])


def score_case(case, reading, shift, row, show):
    skipped = False
    for expected in case["expected"]:
        if why := left_out(case, expected):
            row["left_out"][why] = row["left_out"].get(why, 0) + 1
            skipped = True
            continue
        row["references"] += 1
        if hit(case, expected, reading, shift):
            row["found"] += 1
        else:
            show(f"MISS  {case['id']}: {expected['text']!r} {value_of(expected) or ''} in {case['input_text_or_html'][:120]!r}"
                 f" got {[(t['text'], t['start'], t['end'], t['role']) for t in reading['times']][:4]}")
    if case["exhaustive"] and lists_no_start(case):
        row["left_out"]["extras of a link whose start is not listed"] = row["left_out"].get("extras of a link whose start is not listed", 0) + 1
        return
    if not case["exhaustive"] or skipped:
        return
    more = extras(case, reading, shift)
    row["extra"] += len(more)
    if not case["expected"]:
        row["traps"] += 1
        row["traps_hit"] += bool(more)
    if more:
        show(f"EXTRA {case['id']}: {more} in {case['input_text_or_html'][:120]!r}")


def score(program, path, show):
    cases = [json.loads(line) for line in path.read_text().splitlines()]
    requests = [request_of(case) for case in cases]
    row = {"references": 0, "found": 0, "extra": 0, "traps": 0, "traps_hit": 0, "left_out": {}, "failed": 0}
    for case, (_, shift), answer in zip(cases, requests, batch.read_all(program, [request for request, _ in requests])):
        if "error" in answer:
            row["failed"] += 1
            show(f"ERROR {case['id']}: {answer['error']}")
        else:
            score_case(case, answer["reading"], shift, row, show)
    return row


def score_folder(program, folder, show):
    return {path.stem: score(program, path, show) for path in sorted(pathlib.Path(folder).glob("*.jsonl"))}
