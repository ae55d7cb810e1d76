#!/bin/sh
# fleet.sh SOURCE PROGRAM…: runs PROGRAM with one more word, the path of a fresh copy of the example fleet, and removes the copy.
set -eu
source=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r "$source/examples/incident/fleet/." "$folder"
sqlite3 "$folder/dispatch.sqlite" <"$folder/dispatch.sql"
"$@" "$folder"
