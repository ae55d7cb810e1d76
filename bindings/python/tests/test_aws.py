"""A fleet with its pages in a bucket and CloudFront before them, both played by the fake of tests/aws."""
import json
import subprocess
import sys
import urllib.request

import pytest

import evenkeel
from conftest import SOURCE

pytestmark = pytest.mark.skipif(not evenkeel.has_adapter("s3"), reason="this build has no adapters on AWS")
SUNSET = "g/2026-05-30-jonathan-sunset.html"


@pytest.fixture
def fake(monkeypatch):
    process = subprocess.Popen([sys.executable, "-B", SOURCE / "tests/aws/fake_aws.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    endpoint = process.stdout.readline().strip()
    for name, value in (("AWS_ACCESS_KEY_ID", "AKIDFAKE"), ("AWS_SECRET_ACCESS_KEY", "fake-secret-key")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)

    def tell(wanted=None):
        with urllib.request.urlopen(endpoint + "/_fake", json.dumps(wanted).encode() if wanted else None) as answer:
            return json.load(answer)

    yield endpoint, tell
    process.communicate()


@pytest.fixture
def on_aws(folder, fake):
    """The example fleet, moved as its README says: other adapters, and where they are."""
    endpoint, tell = fake
    tell({"buckets": {"example-site": {"g/" + page.name: page.read_text() for page in (folder / "site/g").iterdir()}}, "distributions": [{"id": "E1", "aliases": ["queenofsandiego.com"]}]})
    fleet = json.loads((folder / "fleet.json").read_text())
    for key, adapter, settings in (("pages", "s3", {"bucket": "example-site", "region": "us-east-1"}), ("edge", "cloudfront", {"alias": "queenofsandiego.com"})):
        del fleet[key][0]["path"]
        fleet[key][0] |= {"adapter": adapter, "endpoint": endpoint, **settings}
    fleet["policy"] |= {"single_host": True, "accept_repeating_versions": True}
    (folder / "fleet.json").write_text(json.dumps(fleet))
    return folder, tell


class Flat:
    """The zone of the example in summer, where all of its times are."""

    version = "test"

    def to_local(self, zone, utc):
        return (-7 * 3600, "PDT")

    def to_instant(self, zone, local):
        return (1, local + 7 * 3600)


def test_the_incident(on_aws):
    folder, tell = on_aws
    seen = []
    with evenkeel.Fleet(folder) as fleet:
        assert fleet.doctor().document["passed"]
        audit = fleet.audit(progress=lambda *progress: seen.append(progress))
        assert audit.exit == 2 and seen[-1] == ("guest-pages", 10, 10, True)
        report = fleet.apply(fleet.plan(), approve="all", by="Ana")
        assert report.exit == 3 and report.document["stale"] == []
    assert "3:30–6:30" in tell()["buckets"]["example-site"][SUNSET]
    assert any("jonathan-sunset" in path for one in tell()["invalidations"] for path in one["paths"])


def test_zones_in_python_are_asked_from_the_threads_that_read(on_aws):
    folder, _ = on_aws
    with evenkeel.Fleet(folder) as usual, evenkeel.Fleet(folder, zones=Flat()) as own:
        assert own.audit(booking="xhqgmdh").exit == usual.audit(booking="xhqgmdh").exit == 2


def test_what_a_progress_callback_raises_goes_to_the_caller(on_aws):
    def refuse(*_):
        raise RuntimeError("enough")

    with evenkeel.Fleet(on_aws[0]) as fleet, pytest.raises(RuntimeError, match="enough"):
        fleet.audit(progress=refuse)
