#!/usr/bin/env python3
"""schemas.py SOURCE PROGRAM…: every document that the host of PROGRAM answers is as its schema has it, and every kind of them comes."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

source = pathlib.Path(sys.argv[1])
store = {}
for path in (source / "src/json/schema").glob("*.json"):
    schema = json.loads(path.read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    store[schema["$id"]] = schema
seen = {}
with tempfile.TemporaryDirectory() as folder:
    documents = pathlib.Path(folder, "documents")
    subprocess.run(sys.argv[2:], env={**os.environ, "EVENKEEL_DOCUMENTS": str(documents)}, check=True)
    for line in documents.read_text().splitlines():
        document = json.loads(line)
        if isinstance(document, dict):
            name = document["schema"].removeprefix("evenkeel.").removesuffix("/1")
            schema = store[f"urn:evenkeel:{name}:1"]
            jsonschema.Draft7Validator(schema, resolver=jsonschema.RefResolver("", schema, store=store)).validate(document)
            seen[name] = seen.get(name, 0) + 1
wanted = {kind + plural for kind in ("object", "record", "event", "listing", "card", "document") for plural in ("", "s")}
print(seen)
sys.exit(f"never answered: {sorted(wanted - set(seen))}" if wanted - set(seen) else 0)
