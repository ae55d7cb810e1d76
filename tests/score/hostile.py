#!/usr/bin/env python3
"""Times hostile pages: `hostile.py EVENKEEL [--max-ms N] [--max-mib N] [--only WORDS]` reads and shifts each page of tests/fuzz/hostile_pages.json
with the program and prints CPU milliseconds, peak memory and the answer of both. Pages fill the 4 MiB the library reads, or stay just within another
limit, or go over it. `shift` is the whole verb: reading, editing, and the second opinion on the edited page. With bounds given, exits 1 when a page
exceeds one or ends in anything but an answer. Measure a release build; tests/fuzz/hostile_pages_test.cpp holds every build to wider bounds."""
import argparse
import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SIZE = 4 << 20  # Limits::page_bytes
PAGES = pathlib.Path(__file__).resolve().parents[1] / "fuzz" / "hostile_pages.json"


def bytes_of(recipe, number=0, room=0):
    """The page that a recipe of hostile_pages.json describes: text ({i} counts repetitions, {time} is a time that goes with i), a list of
    parts, or {"of": part, "times": n}, {"fill": part} (as often as the rest of the page leaves room), {"base64": part}, {"hex": digits}."""
    if isinstance(recipe, str):
        return recipe.replace("{i}", str(number)).replace("{time}", f"{number % 12 + 1}:{number % 50 + 10} PM").encode()
    if isinstance(recipe, list):
        left = SIZE - sum(len(bytes_of(part, number)) for part in recipe)
        return b"".join(bytes_of(part, number, left) for part in recipe)
    if "fill" in recipe:
        unit = bytes_of(recipe["fill"], number)
        return unit * (room // len(unit))
    if "base64" in recipe:
        return base64.b64encode(bytes_of(recipe["base64"], number))
    if "hex" in recipe:
        return bytes.fromhex(recipe["hex"])
    unit = recipe["of"]
    if "{i}" in json.dumps(unit) or "{time}" in json.dumps(unit):
        return b"".join(bytes_of(unit, i) for i in range(recipe["times"]))
    return bytes_of(unit) * recipe["times"]


def page_of(recipe):
    return bytes_of(recipe if isinstance(recipe, list) else [recipe])[:SIZE]


def measure(program, verb, page):
    with tempfile.NamedTemporaryFile(suffix=".html") as file, tempfile.TemporaryFile() as errors:
        file.write(page)
        file.flush()
        process = subprocess.Popen([program, *verb, file.name, "--date", "2026-05-30"], stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        errors.seek(0)
        lines = errors.read().decode(errors="replace").strip().splitlines()
        return (usage.ru_utime + usage.ru_stime) * 1e3, usage.ru_maxrss / 1024, status, lines[-1] if lines else "read"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--max-ms", type=float, default=0)
    parser.add_argument("--max-mib", type=float, default=0)
    parser.add_argument("--only", default="", help="pages whose name holds these words")
    options = parser.parse_args()
    verbs = {"read": ["read"], "shift": ["shift", "--by", "60m"]}
    base = {name: min(measure(options.program, verb, b"<p>4:30 PM</p>")[0] for _ in range(3)) for name, verb in verbs.items()}
    print(f"starting the program takes {base['read']:.0f} ms, which is taken off")
    print(f"{'page':46} {'read':>6} {'MiB':>4} {'shift':>6} {'MiB':>4}  answer")
    over, most_ms, most_mib, count = 0, 0.0, 0.0, 0
    for entry in json.loads(PAGES.read_text()):
        if options.only not in entry["name"]:
            continue
        page = page_of(entry["page"])
        row, bad = [], False
        for name, verb in verbs.items():
            milliseconds, mebibytes, status, answer = measure(options.program, verb, page)
            milliseconds = max(0, milliseconds - base[name])
            bad = bad or os.WIFSIGNALED(status) or bool(options.max_ms and milliseconds > options.max_ms) or bool(options.max_mib and mebibytes > options.max_mib)
            most_ms, most_mib = max(most_ms, milliseconds), max(most_mib, mebibytes)
            row.append(f"{milliseconds:6.0f} {mebibytes:4.0f}")
        count += 1
        over += bad
        print(f"{entry['name'][:46]:46} {' '.join(row)}  {'OVER ' if bad else ''}{answer[:150].replace(chr(27), '')}", flush=True)
    print(f"{count} pages: at most {most_ms:.0f} ms and {most_mib:.0f} MiB{f'; {over} over' if options.max_ms or options.max_mib else ''}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
