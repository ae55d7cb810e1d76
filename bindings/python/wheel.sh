#!/usr/bin/env bash
# bash bindings/python/wheel.sh LIBRARY PROGRAM FOLDER   packs what is built into a wheel in FOLDER; nothing is written beside the sources
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -r "$here"/{pyproject.toml,setup.py,README.md,generate,evenkeel} "$stage"
mkdir -p "$3"
EVENKEEL_SOURCE=$(cd "$here/../.." && pwd) EVENKEEL_LIBRARY=$(realpath "$1") EVENKEEL_PROGRAM=$(realpath "$2") PYTHONDONTWRITEBYTECODE=1 \
  "${PYTHON:-/usr/bin/python3}" -m pip wheel --quiet --no-index --no-build-isolation --no-deps --wheel-dir "$3" "$stage"
