#!/usr/bin/env python3
"""manifest.py SOURCE: vcpkg.json is a manifest as vcpkg documents it, and says what CMakeLists.txt needs.

The rules are those of the manifest reference (learn.microsoft.com/vcpkg/reference/vcpkg-json), written down here: the schema itself is on
another host."""
import json
import pathlib
import re
import sys

import jsonschema

NAME = {"type": "string", "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$"}
DEPENDENCY = {"oneOf": [NAME, {
    "type": "object", "required": ["name"], "additionalProperties": False,
    "properties": {"name": NAME, "default-features": {"type": "boolean"}, "features": {"type": "array", "items": NAME}, "host": {"type": "boolean"},
                   "platform": {"type": "string"}, "version>=": {"type": "string"}}}]}
FEATURE = {"type": "object", "required": ["description"], "additionalProperties": False,
           "properties": {"description": {"type": "string"}, "dependencies": {"type": "array", "items": DEPENDENCY}, "supports": {"type": "string"},
                          "license": {"type": ["string", "null"]}}}
MANIFEST = {
    "type": "object", "required": ["name", "version-semver"], "additionalProperties": False,
    "properties": {"$schema": {"type": "string"}, "name": NAME, "version-semver": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
                   "description": {"type": "string"}, "license": {"type": "string"}, "supports": {"type": "string"},
                   "dependencies": {"type": "array", "items": DEPENDENCY}, "default-features": {"type": "array", "items": NAME},
                   "features": {"type": "object", "propertyNames": NAME, "additionalProperties": FEATURE}}}
# What the build asks for → the port that brings it.
PORTS = {"nlohmann_json": "nlohmann-json", "date": "date", "gumbo": "gumbo", "SQLite3": "sqlite3", "libical": "libical", "CLI11": "cli11", "GTest": "gtest",
         "CURL": "curl", "OpenSSL": "openssl", "pugixml": "pugixml"}

source = pathlib.Path(sys.argv[1])
manifest = json.loads((source / "vcpkg.json").read_text())
jsonschema.Draft7Validator(MANIFEST).validate(manifest)
features = manifest["features"]
assert set(manifest["default-features"]) <= set(features)
named = list(manifest["dependencies"])
for feature in features.values():
    for one in feature["dependencies"]:
        if isinstance(one, dict):
            assert one["name"] == manifest["name"] and set(one["features"]) <= set(features), one
        else:
            named.append(one)
assert len(named) == len(set(named)), named
cmake = "\n".join((source / path).read_text() for path in ("CMakeLists.txt", "src/stores/local/CMakeLists.txt", "src/http/CMakeLists.txt", "src/aws/CMakeLists.txt", "examples/program/CMakeLists.txt", "tests/CMakeLists.txt"))
assert manifest["version-semver"] == re.search(r"project\(evenkeel VERSION ([\d.]+)", cmake).group(1)
wanted = set(re.findall(r"find_package\((\w+)", cmake)) | set(re.findall(r"pkg_check_modules\((\w+)", cmake))
wanted -= {"PkgConfig", "Threads"}  # no libraries of their own
assert {PORTS[name] for name in wanted} == set(named), (wanted, named)
changelog = (source / "src/packaging/changelog").read_text()
assert changelog.startswith(f"evenkeel ({manifest['version-semver']})"), "src/packaging/changelog is of another version"
