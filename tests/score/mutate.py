"""Many cases from one: what a page may look like that says the same, and the same page at another time of day. Deterministic: the random
numbers of a case come from its name."""
import html
import random
import re

import clocks
from cases import Expectation

DASHES = ["–", "-", "—", " – ", " - ", " — ", "\u2010", "\u2011", "\u2012", "\u2212", "\u2009–\u2009", "\u00a0–\u00a0", " to "]
ENTITY_DASHES = ["&ndash;", " &ndash; ", "&#8211;", "&mdash;", "&#x2013;", "&thinsp;&ndash;&thinsp;", "&nbsp;&ndash; ", "&#45;", "&minus;"]
SPACES = ["", " ", "\u00a0", "\u202f", "\u2009", "  "]
ENTITY_SPACES = ["&nbsp;", "&#8239;", "&#160;", "&thinsp;", "&#x202F;", "&ensp;", "\n", "&NonBreakingSpace;"]
DASH_BETWEEN = re.compile(r"(?<=[0-9AaPpMm.]) ?[-–—] ?(?=\d)")
BEFORE_MERIDIEM = re.compile(r"(?<=\d)\s?(?=[AaPp]\.?[Mm]\b)")
MERIDIEM = re.compile(r"(?<=[\d\s])([AaPp])\.?[Mm]\.?(?![a-zA-Z])")
STEPS = [-60, 60, -30, 30, 15, -90, 120, -45, 45]


def marks_mapped(case, change, name, format=None):
    """The case with each reference's mark changed; None where none changed."""
    parts, any_changed = case.parts, False
    for index, expectation in enumerate(case.expected):
        if not expectation.trap:
            new = change(parts[2 * index + 1], parts[2 * index + 2])
            any_changed |= new != parts[2 * index + 1]
            parts[2 * index + 1] = new
    return case.remade(name, parts, format=format) if any_changed else None


def moved_times(case, chance):
    for by in chance.sample(STEPS, len(STEPS)):
        parts, expected = case.parts, []
        for index, expectation in enumerate(case.expected):
            text = None if expectation.trap else clocks.moved(parts[2 * index + 1], expectation, by)
            later = None if expectation.trap else clocks.moved_expectation(expectation, by)
            if text is None or not all(value is None or "06:30" <= value <= "22:30" for value in later.values):
                break
            parts[2 * index + 1] = text
            expected.append(later)
        else:
            return case.remade(f"moved{by:+}", parts, expected)
    return None


def entities_apply(case):
    """In scripts and in text that is no markup an entity is no character."""
    return case.format == "html" and "<script" not in case.page


def is_clock_range(text):
    return ":" in text or re.search(r"\d\s?[AaPp]", text)


def dashes(case, chance):
    dash = chance.choice(DASHES + (ENTITY_DASHES if entities_apply(case) else []))
    swap = lambda text, after: DASH_BETWEEN.sub(dash, text) if is_clock_range(text) and "T" not in text and not re.search(r"\d{4}-\d\d", text) else text
    return marks_mapped(case, swap, "dash")


def spaces(case, chance):
    space = chance.choice(SPACES + (ENTITY_SPACES if entities_apply(case) else []))
    return marks_mapped(case, lambda text, after: BEFORE_MERIDIEM.sub(space, text), "space")


def meridiems(case, chance):
    style = chance.choice(["am", "AM", "a.m.", "A.M."])

    def swap(text, after):
        if "." in style and (after.startswith(".") or re.search(r"[AaPp]\.?[Mm]\.?\S", text)):
            return text
        return MERIDIEM.sub(lambda m: "".join(style).replace("a", m[1].lower()).replace("A", m[1].upper()), text)
    return marks_mapped(case, swap, "meridiem")


def as_html(case):
    if case.format == "html":
        return case
    return case.remade("html", ["<p>" + html.escape(part, quote=False) if i == 0 else html.escape(part, quote=False) for i, part in enumerate(case.parts)], format="html")


def plain_text(case):
    """A case whose marks stand in running text, where markup may be put in."""
    return case.format == "text" and not any(re.search("[<&]", part) for part in case.parts)


def inner_tags(case, chance):
    if not plain_text(case):
        return None
    tag = chance.choice(["b", "span", "small", "em", "i"])
    kind = chance.randrange(3)

    def wrap(text, after):
        if not re.search(r"\d:\d\d ?[AaPp]\.?[Mm]", text):
            return text
        if kind == 0:  # the meridiem of the last time
            return re.sub(r"([AaPp]\.?[Mm]\.?)$", rf"<{tag}>\1</{tag}>", text)
        if kind == 1:
            return re.sub(r"(?<=\d) ?(?=[AaPp]\.?[Mm]\.?$)", "<!-- --> ", text)
        return re.sub(r"(?<=\d) ?(?=[AaPp]\.?[Mm]\.?$)", " <wbr>", text)
    return marks_mapped(as_html(case), wrap, "tags")


def number_entities(case, chance):
    if not plain_text(case):
        return None
    kind = chance.randrange(3)

    def swap(text, after):
        if kind == 0:
            return re.sub(r"(?<=\d):(?=\d\d)", "&#58;", text)
        if kind == 1:
            return re.sub(r"(?<=\d):(?=\d\d)", "&colon;", text)
        return re.sub(r"^\d(?=:)", lambda m: f"&#{ord(m.group())};", text)
    return marks_mapped(as_html(case), swap, "entities")


def outer_markup(case, chance):
    if case.format != "text":
        return None
    parts = [html.escape(part, quote=False) for part in case.parts]
    before, after = chance.choice([
        ("<div class=\"card\"><div class=\"card-body\"><p>", "</p></div></div>"), ("<ul>\r\n<li>", "</li>\r\n</ul>\r\n"), ("<table><tr><td>", "</td></tr></table>"),
        ("<!DOCTYPE html>\n<html><head><title>JADA</title></head><body>\n<main><p>", "</p></main></body></html>\n"), ("<p>", "<br>\n"), ("<h2>", "</h2><p>Bring a jacket.</p>")])
    parts[0], parts[-1] = before + parts[0], parts[-1] + after
    glued = any(re.search(r"\w$", case.parts[index - 1]) or re.match(r"\w", case.parts[index + 1]) for index in range(1, len(parts), 2))  # a tag would part them
    if chance.randrange(2) and not glued:
        for index in range(1, len(parts), 2):
            parts[index - 1], parts[index + 1] = parts[index - 1] + "<strong>", "</strong>" + parts[index + 1]
    return case.remade("markup", parts, format="html")


def in_attribute(case, chance):
    if case.format != "text" or len(case.expected) > 2:
        return None
    parts = [html.escape(part) for part in case.parts]
    before, after = chance.choice([("<img src=\"b.jpg\" alt=\"", "\">"), ("<a href=\"#top\" title=\"", "\">more</a>"), ("<meta name=\"description\" content=\"", "\">"),
                                   ("<div aria-label='", "'></div>")])
    parts[0], parts[-1] = before + parts[0], parts[-1] + after
    return case.remade("attribute", parts, format="html")


def capitals(case, chance):
    return case.remade("capitals", [part.upper() for part in case.parts]) if plain_text(case) else None


# Traps --------------------------------------------------------------------------------------------------------------------

def other_hour(match):
    """Another hour of the same kind: what no clock shows stays so."""
    hour = int(match[1])
    impossible = hour > (12 if re.match(r" ?[AaPp]", match.string[match.end():]) else 24)
    return match[1] if impossible else str(hour % 11 + 1).zfill(len(match[1]))


def other_digits(case, chance):
    """The same kind of trap with other numbers. Times of other things stay times."""
    parts = case.parts
    for index in (2 * i + 1 for i, expectation in enumerate(case.expected) if expectation.trap):
        if re.search(r"\d ?[AaPp]\.?[Mm]|^\d\d?:\d\d", parts[index]):
            parts[index] = re.sub(r"\b(\d{1,2})(?=:\d\d| ?[AaPp]\.?[Mm])", other_hour, parts[index])
        else:
            parts[index] = re.sub(r"(?<=[\d.])[1-9](?![\d;]*[a-z])", lambda m: str(chance.randrange(1, 10)), parts[index])
    return case.remade("digits", parts) if parts != case.parts else None


def in_page(case, chance):
    """The trap in the middle of a real page."""
    inside = case if case.format == "html" else as_html(case)
    dash = chance.choice([" – ", "–", " to ", " &ndash; "])
    hour = chance.choice([1, 3, 4, 5])
    page = ["<!DOCTYPE html>\n<html><head><title>Your sail on JADA</title></head>\n<body><h1>Saturday, May 30, 2026</h1>\n<dl><dt>Time</dt><dd>", f"{hour}:30 PM{dash}{hour + 3}:30 PM",
            "</dd><dt>Arrival</dt><dd>Please arrive by ", f"{hour}:00 PM", "</dd></dl>\n<section>"]
    parts = page[:-1] + [page[-1] + inside.parts[0]] + inside.parts[1:]
    parts[-1] += "</section>\n<p>See you on board!</p></body></html>\n"
    at = lambda h, m="30": f"{h + 12}:{m}"
    expected = [Expectation(("start_end",), at(hour), at(hour + 3)), Expectation(("arrival",), at(hour, "00"))]
    return inside.remade("page", parts, expected + case.expected)


REFERENCES = [moved_times, dashes, spaces, meridiems, inner_tags, number_entities, outer_markup, in_attribute, capitals]
TRAPS = [other_digits, outer_markup, in_attribute, in_page]


def mutate(case):
    """Every mutation that applies, one each; two of them at once where they can be."""
    ways = TRAPS if all(expectation.trap for expectation in case.expected) else REFERENCES
    made = []
    for way in ways:
        mutant = way(case, random.Random(f"{case.id} {way.__name__}"))
        if mutant is None:
            continue
        made.append(mutant)
        chance = random.Random(f"{mutant.id} second")
        second = chance.choice(ways)
        if second is not way and (more := second(mutant, chance)) is not None:
            made.append(more)
    return made
