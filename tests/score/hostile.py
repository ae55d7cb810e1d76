#!/usr/bin/env python3
"""Times hostile pages: `hostile.py EVENKEEL [--max-ms N] [--max-mib N]` reads each with the program and prints CPU milliseconds, peak memory and
the answer. Pages are 4 MiB floods, the largest the library reads, and the smaller ones known to hurt parsers. With bounds given, exits 1 when one
is exceeded. Measure a release build; the bounds that every build must hold are counted work, in tests/unit/read/hostile_test.cpp."""
import argparse
import base64
import os
import subprocess
import sys
import tempfile

SIZE = 4 << 20


def fill(text, size=SIZE):
    return text * (size // len(text))


def pages():
    script, json, end = "<script>", "<script type=application/ld+json>", "</script>"
    calendar = fill("DTSTART:20260530T163000Z\n", 300_000)
    yield "b-10000", "<b>" * 10_000
    yield "div-100000", "<div>" * 100_000
    yield "svg-300000", "<svg>" * 300_000
    yield "b-id-p-5000", "".join(f"<b id={i}><p>" for i in range(5_000))
    yield "attributes-40000", "<p " + " ".join(f"a{i}=1" for i in range(40_000)) + ">"
    yield "nul", "\0" * 300_000
    yield "byte-ff", b"\xff" * 300_000
    for name, unit in {"times": "4:30 PM ", "times-br": "4:30 PM<br>", "times-p": "<p>4:30 PM", "weekdays": "Saturday 4:30 PM<br>", "dates-times": "<p>May 30, 4:30 PM</p>",
                       "entities": "4:30&nbsp;PM ", "ampersands": "&", "unknown-entities": "&abcdefghijklmnop", "less-than": "<", "half-tags": "<a", "comments": "<!-- 4:30 PM -->",
                       "adoption": "<a><p></a>", "adoption-2": "<a><b><i><p></a></b>", "table": "<table>", "foster": "<table>x<td>", "rows": "<table><tr><td>", "options": "<option>4:30 PM",
                       "links": '<a href="?dates=20260530T163000Z/20260530T193000Z"></a>', "handlers": "<p onclick=\"a('4:30 PM')\">x</p>", "scripts": '<script>a="4:30 PM"</script>',
                       "attributes": "<p " + " ".join(f"a{i}=1" for i in range(390)) + ">", "captains": "<p>Captain: Gene Ward", "words": "word "}.items():
        yield name, fill(unit)
    for name, unit in {"script-times": 'var start = "2026-05-30T16:30:00Z"; // 4:30 PM\n', "script-names": "abc def;", "script-slashes": "/", "script-templates": "`${", "script-braces": "{"}.items():
        yield name, script + fill(unit, SIZE - 40) + end
    for name, unit in {"json-deep": '{"a":', "json-events": '{"startDate":"2026-05-30T16:30"},', "json-empty": "[],", "json-quotes": '\\"'}.items():
        yield name, json + '["' * (name == "json-quotes") + fill(unit, SIZE - 99) + end
    yield "json-long-keys", json + '{"' + "k" * 60_000 + '":{"' + "k" * 60_000 + '":[' + fill("1,", SIZE // 2) + "]}}" + end
    yield "long-class", '<p class="' + "a " * 1_500_000 + '">' + "<span>4:30 PM</span><br>" * 19_000
    yield "calendar", '<a href="data:text/calendar,' + calendar.replace("\n", "%0A") + '">'
    yield "base64-calendar", '<a href="data:text/calendar;base64,' + base64.b64encode(calendar.encode()).decode() + '">'
    yield "picture", '<img src="data:image/png;base64,' + fill("QkVH", SIZE - 60) + '">'
    yield "formatting-390", "<b>" * 390 + fill("<p>x", SIZE - 2_000)
    yield "headings-and-cells", "<table><tr>" + "<th>a" * 5_000 + "<tr>" + "<td>4:30 PM" * 15_000


def measure(program, page):
    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(page if isinstance(page, bytes) else page.encode())
        file.flush()
        process = subprocess.Popen([program, "read", file.name, "--date", "2026-05-30"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        error = process.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
        return (usage.ru_utime + usage.ru_stime) * 1e3, usage.ru_maxrss / 1024, status, error.strip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--max-ms", type=float)
    parser.add_argument("--max-mib", type=float)
    options = parser.parse_args()
    base, _, _, _ = measure(options.program, "<p>4:30 PM</p>")
    print(f"starting the program takes {base:.0f} ms, which is taken off\n{'page':20} {'ms':>7} {'MiB':>5}  answer")
    over = 0
    for name, page in pages():
        milliseconds, mebibytes, status, error = measure(options.program, page)
        milliseconds = max(0, milliseconds - base)
        bad = (options.max_ms and milliseconds > options.max_ms) or (options.max_mib and mebibytes > options.max_mib) or os.WIFSIGNALED(status)
        over += bool(bad)
        print(f"{name:20} {milliseconds:7.0f} {mebibytes:5.0f}  {'OVER ' if bad else ''}{'read' if status == 0 else error[:100]}")
    return 1 if over else 0


sys.exit(main())
