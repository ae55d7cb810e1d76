"""A seeded corpus of guest pages: the example incident's long page (22 KB, 568 lines) for other bookings, each with its own date, guest, times and code."""
import datetime
import functools
import pathlib
import random
import re

PAGE = pathlib.Path(__file__).resolve().parents[1] / "examples/incident/fleet/site/g/2026-05-30-jonathan-sunset.html"
FIRST_DAY = datetime.date(2026, 1, 1)
LABELS = ("sunset", "morning", "afternoon", "lunch", "golden-hour")
GUESTS = ("Ana", "Bergstrom", "Castellano", "Delacroix", "Haruki", "Moreau", "Priya", "Whitaker", "Okonkwo", "Lindqvist")
# What stands on the example page, in the words of the booking it is of.
WORDS = ("Saturday, May 30, 2026", "Saturday, May 30", "2026-05-30", "4:30–7:30 PM", "4:30 PM", "7:30 PM", "T16:30:00", "T19:30:00", "T16:00:00", "Jonathan", "jonathan", "S2FJLN")


@functools.cache
def example():
    return PAGE.read_text(encoding="utf-8"), re.compile("|".join(map(re.escape, WORDS)))


def clock(minutes):
    return f"{(minutes // 60 + 11) % 12 + 1}:{minutes % 60:02} {'AM' if minutes < 720 else 'PM'}"


def iso(minutes):
    return f"T{minutes // 60:02}:{minutes % 60:02}:00"


def guest_page(seed, number):
    """(key, bytes) of page `number`; the same for the same seed on every machine."""
    text, pattern = example()
    chance = random.Random(f"{seed} {number}")
    day = FIRST_DAY + datetime.timedelta(days=number // 4)
    guest, label = chance.choice(GUESTS), LABELS[number % len(LABELS)]
    start = chance.randrange(12 * 60, 18 * 60, 15)  # in the afternoon, as on the example
    end, arrival = start + 180, start - 30
    said = (f"{day:%A, %B} {day.day}, {day.year}", f"{day:%A, %B} {day.day}", day.isoformat(), f"{clock(start)[:-3]}–{clock(end)}", clock(start), clock(end),
            iso(start), iso(end), iso(arrival), guest, guest.lower(), "".join(chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=6)))
    words = dict(zip(WORDS, said))
    return f"g/{day.isoformat()}-{guest.lower()}{number}-{label}.html", pattern.sub(lambda match: words[match.group()], text).encode()


def guest_pages(seed, count):
    return (guest_page(seed, number) for number in range(count))
