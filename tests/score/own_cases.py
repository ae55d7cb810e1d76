"""Scores our own cases: what is read, and what two shifts make of it."""
import batch
import cases
import clocks
import mutate

SHIFTS = [60, -45]


def request_of(case):
    return {"page": case.page, "date": case.date, "zone": case.zone, "shifts": SHIFTS}


def values_right(expectation, time):
    return expectation.values == (time["start"], time["end"]) and expectation.date in (None, time["date"])


def role_right(expectation, time):
    return time["role"] in expectation.roles and expectation.carrier in (None, time["carrier"])


def overlaps(a, b):
    return a[0] < b[1] and b[0] < a[1]


def score_reading(case, reading, row, show):
    times = {tuple(time["span"]): time for time in reading["times"] if time["role"] != "unrelated"}
    for index, (span, expectation) in enumerate(zip(case.spans, case.expected)):
        mark = case.parts[2 * index + 1]
        over = [time for time in times.values() if overlaps(time["span"], span)]
        if expectation.trap:
            over = [time for time in over if not (expectation.open and time["role"] == "unknown")]
            row["traps"] += 1
            row["traps_hit"] += bool(over)
            if over:
                show(f"TRAP  {case.id}: {mark!r} read as {[(t['text'], t['role']) for t in over]} in {case.page[:160]!r}")
            continue
        row["references"] += 1
        time = times.pop(tuple(span), None)
        if time is None:
            show(f"MISS  {case.id}: {mark!r} in {case.page[:160]!r}, got {[(t['text'], t['start'], t['end'], t['role']) for t in reading['times'] if overlaps(t['span'], span)]}")
            continue
        row["found"] += 1
        row["right_values"] += values_right(expectation, time)
        row["right_roles"] += role_right(expectation, time)
        if not values_right(expectation, time) or not role_right(expectation, time):
            show(f"WRONG {case.id}: {mark!r} is {expectation.roles} {expectation.values} {expectation.date or ''} {expectation.carrier or ''}, "
                 f"read as {time['role']} {time['start']} {time['end']} {time['date']} {time['carrier']} in {case.page[:160]!r}")
    doubted = [span for span, expectation in zip(case.spans, case.expected) if expectation.open]
    row["extra"] += sum(not (time["role"] == "unknown" and any(overlaps(time["span"], span) for span in doubted)) for time in times.values())
    marks = [span for span, expectation in zip(case.spans, case.expected) if expectation.trap]
    for time in times.values():
        if not any(overlaps(time["span"], span) for span in marks):
            show(f"EXTRA {case.id}: {time['text']!r} ({time['role']}) in {case.page[:160]!r}")


def after_edits(span, edits, page):
    """Where a span of the page lies after the edits, and its bytes there."""
    moved = lambda at, end: at + sum(len(edit["replacement"].encode()) - (edit["span"][1] - edit["span"][0]) for edit in edits
                                     if (edit["span"][1] <= at if end else edit["span"][1] <= at and edit["span"][0] < at))
    begin, end = moved(span[0], False), moved(span[1], True)
    return [begin, end], page[begin:end].decode(errors="replace")


def score_shift(case, reading, shift, row, show):
    """An edit is wrong where it touches what is no time of the booking, or leaves one saying something else than its time moved."""
    by = shift["minutes"]
    if "error" in shift:
        row["refused"] += 1
        show(f"SHIFT {case.id} {by:+}: {shift['error']} in {case.page[:160]!r}")
        return
    edits, page = shift["edits"]["edits"], shift["page"].encode()
    listed = [tuple(note["span"]) for note in shift["edits"]["unsure"]]
    own = [span for span, expectation in zip(case.spans, case.expected) if not expectation.trap]
    allowed = own + [date["span"] for date in reading["dates"]]
    for edit in edits:
        if not any(span[0] <= edit["span"][0] and edit["span"][1] <= span[1] for span in allowed):
            row["traps_edited"] += 1
            show(f"EDIT  {case.id} {by:+}: {case.page.encode()[max(0, edit['span'][0] - 20):edit['span'][1] + 20]!r} in {case.page[:160]!r}")
    for index, (span, expectation) in enumerate(zip(case.spans, case.expected)):
        if expectation.trap:
            continue
        row["shifted"] += 1
        before = case.parts[2 * index + 1]
        place, after = after_edits(span, edits, page)
        wanted = clocks.moved(before, expectation, by)
        values = clocks.moved_expectation(expectation, by).values
        now = next((time for time in shift["reading"]["times"] if time["span"] == place), None)
        if after == before:
            unsure = any(overlaps(span, other) for other in listed)
            row["unsure" if unsure else "silent"] += 1
            show(f"{'UNSURE' if unsure else 'SILENT'} {case.id} {by:+}: {before!r} in {case.page[:160]!r}")
        elif (wanted is not None and after != wanted) or now is None or (now["start"], now["end"]) != values:
            row["wrong"] += 1
            show(f"MOVED {case.id} {by:+}: {before!r} became {after!r}, wanted {wanted or values} in {case.page[:160]!r}")


def score(program, all_cases, show):
    row = dict.fromkeys(["references", "found", "right_values", "right_roles", "extra", "traps", "traps_hit", "traps_edited",
                         "shifted", "wrong", "silent", "unsure", "refused", "failed"], 0)
    for case, answer in zip(all_cases, batch.read_all(program, [request_of(case) for case in all_cases])):
        if "error" in answer:
            row["failed"] += 1
            show(f"ERROR {case.id}: {answer['error']}")
            continue
        score_reading(case, answer["reading"], row, show)
        for shift in answer["shifts"]:
            score_shift(case, answer["reading"], shift, row, show)
    return row


def score_folder(program, folder, show):
    written = cases.load(folder)
    table = {}
    for group in sorted({case.id.split("/")[0] for case in written}):
        mine = [case for case in written if case.id.startswith(group + "/")]
        table[f"own: {group}"] = score(program, mine, show)
        table[f"own: {group}, mutated"] = score(program, [mutant for case in mine for mutant in mutate.mutate(case)], show)
    return table
