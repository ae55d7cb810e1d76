"""What every end-to-end test stands on: a copy of the example fleet in a scratch folder, and the real program."""
import contextlib
import datetime
import hashlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

import jsonschema

PROGRAM = os.environ["EVENKEEL_PROGRAM"]
SOURCE = pathlib.Path(os.environ["EVENKEEL_SOURCE"])
EXAMPLE = SOURCE / "examples/incident/fleet"
SCHEMAS = SOURCE / "src/json/schema"
TABLE = "jada-crew-dispatch"
SUNSET = "site/g/2026-05-30-jonathan-sunset.html"
AFTERNOON = "site/g/2026-05-30-jonathan-afternoon.html"
BOOKING = "xhqgmdh"
TIMES = ["start", "end", "arrival", "cutoff", "switch"]  # of the booking, that differ
DAY_AFTER_TOMORROW = str(datetime.date.today() + datetime.timedelta(days=2))


class Said:
    """What one call of the program came to."""

    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def text(self):
        return self.out.decode()

    @property
    def notes(self):
        return self.err.decode()

    @property
    def document(self):
        return json.loads(self.out)

    def __str__(self):
        return f"exit code {self.code}\n--- stdout\n{self.out.decode(errors='replace')}\n--- stderr\n{self.err.decode(errors='replace')}"


def run(*words, cwd=None, stdin=b"", env=None):
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment.update(env or {})
    return Said(subprocess.run([PROGRAM, *map(str, words)], cwd=cwd, input=stdin, capture_output=True, timeout=120, env=environment, check=False))


def load_schemas():
    store = {}
    for path in SCHEMAS.glob("*.json"):
        schema = json.loads(path.read_text())
        jsonschema.Draft7Validator.check_schema(schema)
        store[schema["$id"]] = schema
    return store


SCHEMA_STORE = load_schemas()


def validate(document):
    """Against the schema the document names; a document without one fails."""
    schemas = [schema for schema in SCHEMA_STORE.values()
               if schema.get("properties", {}).get("schema", {}).get("const") == document.get("schema")]
    assert len(schemas) == 1, f"{len(schemas)} schemas for {document.get('schema')}"
    resolver = jsonschema.RefResolver(schemas[0]["$id"], schemas[0], store=SCHEMA_STORE)
    jsonschema.Draft7Validator(schemas[0], resolver=resolver).validate(document)


class FleetCase(unittest.TestCase):
    """One scratch copy of the example fleet for each test."""

    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="evenkeel-program-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        shutil.copytree(EXAMPLE, self.folder, dirs_exist_ok=True)
        with self.database() as database:
            database.executescript((self.folder / "dispatch.sql").read_text())

    @contextlib.contextmanager
    def database(self):
        database = sqlite3.connect(self.folder / "dispatch.sqlite")
        try:
            yield database
            database.commit()
        finally:
            database.close()

    def record(self, column, code="S2FJLN"):
        with self.database() as database:
            return database.execute(f'SELECT "{column}" FROM "{TABLE}" WHERE guest_code = ?', [code]).fetchone()[0]

    def run_program(self, *words, stdin=b"", env=None):
        return run(*words, cwd=self.folder, stdin=stdin, env=env)

    def path(self, name):
        return self.folder / name

    def edit_fleet(self, change):
        """`change` gets the fleet file as a dictionary and alters it."""
        fleet = json.loads(self.path("fleet.json").read_text())
        change(fleet)
        self.path("fleet.json").write_text(json.dumps(fleet, indent=2))

    def hashes(self):
        """Every file below the scratch folder with its bytes' hash."""
        return {str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(self.folder.rglob("*")) if path.is_file()}

    def systems(self):
        """The operator's files alone: what Evenkeel remembers for itself is left out."""
        return {name: value for name, value in self.hashes().items() if not name.startswith("state/")}

    def expect(self, code, *words, **more):
        said = self.run_program(*words, **more)
        self.assertEqual(said.code, code, f"{' '.join(map(str, words))}\n{said}")
        return said

    def expect_json(self, code, *words, **more):
        """One valid document on stdout and nothing else there."""
        said = self.expect(code, *words, "--json", **more)
        validate(said.document)
        return said.document

    def expect_refusal(self, code, words, *names):
        """One line on stderr that names each of `names`, nothing on stdout, and nothing changed; the same with --json as a document."""
        before = self.hashes()
        said = self.expect(code, *words)
        self.assertEqual(said.out, b"")
        self.assertEqual(said.notes.count("\n"), 1, said.notes)
        self.assertTrue(said.notes.startswith("evenkeel: "), said.notes)
        for name in names:
            self.assertIn(name, said.notes)
        document = self.expect_json(code, *words)
        self.assertEqual(document["schema"], "evenkeel.error/1")
        self.assertEqual(document["exit"], code)
        self.assertEqual(self.hashes(), before)
        return said.notes

    def plan_file(self, *words, code=2):
        self.expect(code, "plan", "fleet.json", "--out", "plan.json", *words)
        return json.loads(self.path("plan.json").read_text())


def actions_of(plan, booking=None, verb=None):
    return [action for entry in plan["bookings"] if booking in (None, entry["booking"])
            for action in entry["actions"] if verb in (None, action["verb"])]


def run_of(plan):
    return "run-" + plan["plan"].removeprefix("sha256:")[:12]
