#!/usr/bin/env python3
# %% [markdown]
# # What do the pages of a folder say?
#
#     python audit_folder.py FOLDER [ZONE] [--csv FILE]
#
# reads every page with Evenkeel and puts what it says into pandas tables: one row for each page, and one for each time on it. Nothing is
# written, no fleet file is needed. Open it in an editor that knows `# %%` cells, or run it as a script.

# %%
import argparse
import pathlib
import re
import sys

import evenkeel
import pandas

# %% [markdown]
# ## One page, one row
#
# The booking's date anchors what a page says of weekdays. Here it stands at the front of the file's name. What cannot be read has a row, too.


# %%
def page_row(path, zone):
    """What one page says: its row, and the rows of its times."""
    date = re.match(r"\d{4}-\d{2}-\d{2}", path.name)
    row = {"page": path.name, "date": date.group() if date else None}
    try:
        reading = evenkeel.read(path.read_bytes(), date=row["date"], zone=zone)
    except evenkeel.EvenkeelError as error:
        return row | {"error": str(error)}, []
    times = [time | {"page": path.name} for time in reading.times]
    said = {role: " ".join(sorted({time[at] for time in times if time["role"] in roles and time[at]}))
            for role, at, roles in (("start", "start", ("start", "start_end")), ("end", "end", ("end", "start_end")), ("arrival", "start", ("arrival",)))}
    return row | said | {"lines": reading.document["lines"], "features": sum(feature["complete"] for feature in reading.features),
                         "unknown times": sum(time["role"] == "unknown" and not time["hidden"] for time in times),
                         "identifiers": " ".join(sorted({one["value"] for one in reading.identifiers if one["kind"] in ("booking", "code", "listing")}))}, times


def audit_folder(folder, zone="UTC"):
    """The tables of pages and of times."""
    rows, times = zip(*(page_row(path, zone) for path in sorted(pathlib.Path(folder).rglob("*.html"))), strict=True)
    return pandas.DataFrame(rows), pandas.DataFrame([time for page in times for time in page])


# %% [markdown]
# ## What stands out
#
# A page that says two different starts contradicts itself. Two pages of one date and one guest may be one booking with two pages: the one with
# fewer features is the suspect. `Fleet.audit` decides that with the records and the calendar at hand.


# %%
def findings(pages):
    """The pages that somebody should look at, and why."""
    found = [(page.page, f"says several starts: {page.start}") for page in pages.itertuples() if " " in str(page.start)]
    if "error" in pages:
        found += [(page.page, f"was not read: {page.error}") for page in pages[pages["error"].notna()].itertuples()]
    guests = pages["page"].str.extract(r"^(?P<date>\d{4}-\d{2}-\d{2})-(?P<guest>[a-z]+)").dropna()
    for (date, guest), group in guests.groupby(["date", "guest"]):
        if len(group) > 1:
            members = pages.loc[group.index].sort_values("features")
            found += [(members.iloc[0].page, f"{guest} has {len(group)} pages on {date}; {members.iloc[-1].page} has more features")]
    return pandas.DataFrame(found, columns=["page", "why"])


# %%
def main():
    arguments = argparse.ArgumentParser(description="What do the pages of a folder say?")
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("zone", nargs="?", default="UTC", help="the bookings' IANA zone")
    arguments.add_argument("--csv", type=pathlib.Path, help="write the table of times there")
    given = arguments.parse_args()
    if not any(given.folder.rglob("*.html")):
        sys.exit(f"{given.folder} has no pages")
    pages, times = audit_folder(given.folder, given.zone)
    with pandas.option_context("display.width", 200, "display.max_columns", 20, "display.max_colwidth", 90):
        print(pages.to_string(index=False, na_rep=""), "\n")
        print(times.groupby(["role", "carrier"]).size().rename("times").reset_index().to_string(index=False), "\n")
        print(findings(pages).to_string(index=False))
    if given.csv:
        times.to_csv(given.csv, index=False)


if __name__ == "__main__":
    main()
