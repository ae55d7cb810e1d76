"""What the documentation shows runs, word for word."""
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys

import pytest

from conftest import EXAMPLE, SOURCE
from house import AFTERNOON, SUNSET


def test_a_folder_of_pages_becomes_tables(tmp_path):
    pytest.importorskip("pandas")
    (tmp_path / "pages").mkdir()
    for path in (EXAMPLE / "site/g").glob("*.html"):
        shutil.copy(path, tmp_path / "pages")
    (tmp_path / "pages/2027-08-01-nobody-noon.html").write_bytes("<p>4:30 PM".encode("utf-16"))
    command = [sys.executable, SOURCE / "examples/python/audit_folder.py", tmp_path / "pages", "America/Los_Angeles", "--csv", tmp_path / "times.csv"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "says several starts: 17:30 18:30" in told and "2026-05-30-jonathan-sunset.html has more features" in told
    assert "was not read: the page is UTF-16" in told
    assert len((tmp_path / "times.csv").read_text().splitlines()) > 60
    (tmp_path / "empty").mkdir()
    assert subprocess.run([*command[:2], tmp_path / "empty"], capture_output=True, check=False).returncode == 1


def test_a_house_reconciles_through_its_own_stores(folder):
    command = [sys.executable, SOURCE / "examples/python/own_stores.py", folder]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (3, "")  # of other bookings there are questions left
    assert "repoint_record S2FJLN" in told.stdout and "for a person:" in told.stdout
    house = sqlite3.connect(folder / "house.sqlite")
    things = {(kind, key): body for kind, key, body in house.execute("SELECT kind, key, body FROM thing")}
    assert ("page", AFTERNOON) not in things and "3:30–6:30 PM".encode() in things["page", SUNSET]
    assert json.loads(things["record", "S2FJLN"])["page_slug"] == pathlib.Path(SUNSET).stem
    assert json.loads(things["offer", "jonathan-crew-booking"])["start"] == "15:30" and json.loads(things["card", "xhqgmdh"])["lane"] == "done"
    assert "4:30" in (folder / "site" / SUNSET).read_text()  # the files were read once, and nothing more
    house.close()


def blocks(readme):
    return re.findall(r"^```python\n(.*?)^```", readme.read_text(), re.S | re.M)


@pytest.mark.parametrize("readme", ["README.md", "bindings/python/README.md"])
def test_the_readmes_blocks_run(readme, folder, monkeypatch):
    """In their order, one after another, in the folder of the example fleet."""
    monkeypatch.chdir(folder)
    shutil.copy(EXAMPLE / "site/g/2026-05-30-jonathan-sunset.html", "page.html")
    space = {"__name__": "readme"}
    found = blocks(SOURCE / readme)
    assert found
    for block in found:
        exec(compile(block, readme, "exec"), space)
    assert pathlib.Path("page.html").exists()
