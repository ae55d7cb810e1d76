import pathlib
import shutil
import sqlite3

import pytest

import evenkeel
from house import FLEET, House

SOURCE = pathlib.Path(__file__).resolve().parents[3]
EXAMPLE = SOURCE / "examples/incident/fleet"


def pytest_configure(config):
    assert "site-packages" in pathlib.Path(evenkeel.__file__).parts, "the tests are for an installed wheel, not for the sources"


@pytest.fixture
def folder(tmp_path):
    """A fresh copy of the example fleet."""
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    database = sqlite3.connect(tmp_path / "dispatch.sqlite")
    database.executescript((tmp_path / "dispatch.sql").read_text())
    database.close()
    return tmp_path


@pytest.fixture
def fleet(folder):
    with evenkeel.Fleet(folder) as opened:
        yield opened


@pytest.fixture
def page():
    return (EXAMPLE / "site/g/2026-05-30-jonathan-sunset.html").read_bytes()


@pytest.fixture
def house():
    return House(EXAMPLE)


@pytest.fixture
def open_house(house):
    """Opens a fleet on the house; what it lacks of the options is the test's."""
    opened = []

    def open_fleet(stores=None, **options):
        adapters = [evenkeel.Adapter("house", store) for store in stores or house.stores()]
        opened.append(evenkeel.Fleet.from_text(FLEET, adapters=adapters, **options))
        return opened[-1]

    yield open_fleet
    for one in opened:
        one.close()
