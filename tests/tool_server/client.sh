#!/bin/sh
# client.sh SOURCE BINARY SERVER: the protocol's own client on a copy of the example fleet. Exit 77 skips, and says why.
set -eu
source=$1 binary=$2 server=$3
[ "${EVENKEEL_TIER:-}" = full ] || { echo "skipped: only in the full tier (EVENKEEL_TIER=full, tests/run.sh --full), for it asks a package registry"; exit 77; }
for program in node npm sqlite3; do
  command -v $program >/dev/null || { echo "skipped: there is no $program"; exit 77; }
done
# Pinned by the lock file, each package with its hash; installed once for each state of that file.
lock=$(sha256sum "$source/tests/tool_server/package-lock.json" | cut -c1-16)
if [ ! -e "$binary/installed-$lock" ]; then
  rm -rf "$binary" && mkdir -p "$binary"
  cp "$source/tests/tool_server/package.json" "$source/tests/tool_server/package-lock.json" "$binary/"
  npm ping --fetch-retries 0 --prefix "$binary" >/dev/null 2>&1 || { echo "skipped: npm's registry is out of reach"; exit 77; }
  (cd "$binary" && npm ci --no-audit --no-fund --ignore-scripts)
  : >"$binary/installed-$lock"
fi
cp "$source/tests/tool_server/client.mjs" "$binary/client.mjs"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r "$source/examples/incident/fleet/." "$folder"
sqlite3 "$folder/dispatch.sqlite" <"$folder/dispatch.sql"
node "$binary/client.mjs" "$server" "$folder/fleet.json"
