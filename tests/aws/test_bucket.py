"""What a bucket can do besides: a website's redirects, and versions."""
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "program"))

from program_case import run_of
from test_program import AwsCase, OTHER, PAGE

REDIRECT = "x-amz-website-redirect-location"


class Website(AwsCase):
    """The bucket serves the site itself: a page that is retired by redirect has S3's redirect as well."""

    def move(self, fleet):
        super().move(fleet)
        fleet["pages"][0]["website"] = True
        fleet["policy"]["retire"] = "redirect"

    def headers_of_puts(self, key):
        return [{name.lower(): value for name, value in request["headers"]} for request in self.tell()["requests"] if request["operation"] == "PutObject" and request["target"].endswith(key)]

    def test_a_retired_page_leads_on_and_is_read_as_a_redirect(self):
        plan = self.plan()
        self.apply()
        self.assertIn("http-equiv", self.pages()[OTHER], "a small page for whoever comes by another door")
        self.assertEqual([headers.get(REDIRECT) for headers in self.headers_of_puts(OTHER)], ["https://queenofsandiego.com/g/2026-05-30-jonathan-sunset"])
        self.assertEqual([headers.get(REDIRECT) for headers in self.headers_of_puts(PAGE)], [None])
        self.call(3, "verify", "fleet.json")
        self.call(0, "rollback", "fleet.json", run_of(plan))
        self.assertEqual(self.pages(), self.before)
        self.assertEqual(self.headers_of_puts(OTHER)[-1].get(REDIRECT), None, "it is shown again")


class Versions(AwsCase):
    """The bucket keeps versions: they are named where a page is backed up, and where a backup is gone."""

    def test_each_backup_names_the_version(self):
        self.tell({"settings": {"versioning": True}})
        plan = self.plan()
        self.apply()
        run = run_of(plan)
        first = self.call(0, "show", "fleet.json", run, "--json").text
        self.assertNotIn("the store keeps the page as version", first, "the pages were there before the bucket kept versions")
        self.call(0, "rollback", "fleet.json", run)
        second = self.plan()
        self.apply()
        run = run_of(second)
        self.assertNotEqual(run, run_of(plan))
        shown = " ".join(self.call(0, "show", "fleet.json", run, "--json").text.split())
        self.assertIn("the store keeps the page as version version-", shown)
        for backup in self.path("state/backups").rglob("*"):
            if backup.is_file():
                backup.unlink()
        said = " ".join(str(self.call(1, "restore", "fleet.json", run, PAGE)).split())
        self.assertIn("the page's store kept it as version version-", said)


if __name__ == "__main__":
    unittest.main()
