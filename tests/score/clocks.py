"""A second, small writer of times, for tests alone: moves a written time by minutes in its own style, and only where there is
no doubt about it. It shares no line with the library, so that the two can disagree."""
import dataclasses
import re

CLOCK = r"(?P<h{0}>\d{{1,2}})(?:(?P<sep{0}>[:.])(?P<m{0}>\d\d))?(?:(?P<gap{0}>(?:\s|&nbsp;|&#8239;|&#160;|&thinsp;|&#x202F;)*)(?P<mer{0}>[AaPp](?:\.?\s?[Mm]\.?)?)(?![A-Za-z]))?"
BEFORE = r"(?P<before>(?:from |From |between |FROM |BETWEEN |(?:Mon|Fri|Satur|MON|FRI|SATUR)(?:day|DAY)(?: at| AT)? )?)"
AFTER = r"(?P<after>(?: (?:on |ON )?(?:Friday|Saturday|FRIDAY|SATURDAY)| \(?(?:PT|PDT|Pacific|PACIFIC)\)?)?)"
JOIN = r"(?P<join>\s*(?:[-\u2010-\u2015\u2212]|&ndash;|&#8211;|&mdash;|&#x2013;|to|TO|and|AND|until|UNTIL|till|TILL)\s*)"
SINGLE = re.compile(BEFORE + CLOCK.format(1) + AFTER)
RANGE = re.compile(BEFORE + CLOCK.format(1) + JOIN + CLOCK.format(2) + AFTER)
ISO = re.compile(r"(?P<date>\d{4}-\d\d-\d\dT)(?P<h>\d\d):(?P<m>\d\d)(?P<rest>(?::\d\d)?(?:Z|-07:00)?)")
COMPACT = re.compile(r"(?P<date>\d{8}T)(?P<h>\d\d)(?P<m>\d\d)(?P<rest>\d\dZ?)")


def minutes(text):
    return int(text[:2]) * 60 + int(text[3:])


def clock(value):
    value %= 1440
    return f"{value // 60:02}:{value % 60:02}"


def move_value(text, by):
    return None if text is None else clock(minutes(text) + by)


def write(match, index, value):
    """One endpoint with another value, or None where its style cannot hold it."""
    hour, minute, meridiem = match[f"h{index}"], match[f"m{index}"], match[f"mer{index}"]
    if meridiem is None and int(hour) * 60 + int(minute or 0) != 0 and len(hour) == 2 and value >= 600 and minute is not None and (match.string.count(":") or int(hour) > 12) and not any(
            match[f"mer{i}"] for i in (1, 2) if f"mer{i}" in match.re.groupindex):
        return f"{value // 60:02}{match[f'sep{index}']}{value % 60:02}"
    shown = str((value // 60 + 11) % 12 + 1)
    if len(hour) == 2 and hour[0] == "0":
        shown = shown.zfill(2)
    if minute is not None:
        shown += match[f"sep{index}"] + f"{value % 60:02}"
    elif value % 60:
        return None  # which separator it would grow is a question of the page's style
    if meridiem is None:
        return shown
    letter = "a" if value < 720 else "p"
    return shown + match[f"gap{index}"] + (letter.upper() if meridiem[0].isupper() else letter) + meridiem[1:]


def moved(text, expectation, by):
    """The mark `by` minutes later, or None where this writer is not sure."""
    for pattern, joint in ((ISO, ":"), (COMPACT, "")):
        if iso := pattern.fullmatch(text):
            value = int(iso["h"]) * 60 + int(iso["m"]) + by
            return f"{iso['date']}{value // 60:02}{joint}{value % 60:02}{iso['rest']}" if 0 <= value < 1440 else None
    start, end = minutes(expectation.start), expectation.end and minutes(expectation.end)
    if not 0 <= start + by < 1440:
        return None
    if end is None:
        match = SINGLE.fullmatch(text)
        if match is None or (match["mer1"] is None and (match["m1"] is None or int(match["h1"]) != start // 60)):
            return None
        if match["mer1"] is None and start + by < 600:
            return None
        written = write(match, 1, start + by)
        return written and match["before"] + written + match["after"]
    match = RANGE.fullmatch(text)
    if match is None or not 0 <= end + by < 1440:
        return None
    twelve = match["mer1"] or match["mer2"]
    if not twelve and (int(match["h1"]) != start // 60 or int(match["h2"]) != end // 60 or start < 600 or start + by < 600 or match["m1"] is None):
        return None
    one = twelve and not (match["mer1"] and match["mer2"])
    if one and ((start < 720) != (end < 720) or (start + by < 720) != (end + by < 720) or end < start):
        return None
    first, second = write(match, 1, start + by), write(match, 2, end + by)
    return first and second and match["before"] + first + match["join"] + second + match["after"]


def moved_expectation(expectation, by):
    return dataclasses.replace(expectation, start=move_value(expectation.start, by), end=move_value(expectation.end, by))
