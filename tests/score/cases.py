"""Our own cases (tests/cases/README.md has the notation): a marked page and what each mark is."""
import dataclasses
import json
import pathlib
import re

DATE, ZONE = "2026-05-30", "America/Los_Angeles"


@dataclasses.dataclass(frozen=True)
class Expectation:
    """What one mark is. A trap has no roles; an open one may be read, if as nobody knows what."""
    roles: tuple = ()
    start: str | None = None
    end: str | None = None
    date: str | None = None
    carrier: str | None = None
    open: bool = False

    @property
    def trap(self):
        return not self.roles

    @property
    def values(self):
        """Start and end as a reading writes them: a single end stands in end."""
        return (None, self.start) if self.roles == ("end",) else (self.start, self.end)


@dataclasses.dataclass
class Case:
    id: str
    marked: str  # with ⟦ and ⟧
    expected: list
    format: str  # text, html
    date: str = DATE
    zone: str = ZONE

    @property
    def parts(self):
        """Outside, mark, outside, mark, …, outside."""
        return re.split("[⟦⟧]", self.marked)

    @property
    def page(self):
        return "".join(self.parts)

    @property
    def spans(self):
        """Half-open UTF-8 byte ranges of the marks."""
        spans, at = [], 0
        for index, part in enumerate(self.parts):
            size = len(part.encode())
            if index % 2:
                spans.append([at, at + size])
            at += size
        return spans

    def remade(self, name, parts, expected=None, format=None):
        marked = "".join("⟦" + part + "⟧" if index % 2 else part for index, part in enumerate(parts))
        return Case(f"{self.id}+{name}", marked, expected or self.expected, format or self.format, self.date, self.zone)


def parse_expectation(text):
    if text in ("trap", "trap?"):
        return Expectation(open=text == "trap?")
    roles, times, *rest = text.split(" ")
    start, _, end = times.partition("-")
    more = dict(item.split("=") for item in rest)
    return Expectation(tuple(roles.split("|")), start, end or None, more.get("on"), more.get("in"))


def load(folder):
    cases = []
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        group = json.loads(path.read_text())
        for number, (marked, *rest) in enumerate(group["cases"], 1):
            options = rest.pop() if rest and isinstance(rest[-1], dict) else {}
            case = Case(f"{path.stem}/{number}", marked, [parse_expectation(text) for text in rest], group["format"], **options)
            if len(case.spans) != len(case.expected):
                raise SystemExit(f"{case.id}: {len(case.spans)} marks, {len(case.expected)} expectations: {marked}")
            cases.append(case)
    return cases
