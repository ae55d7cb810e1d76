#!/usr/bin/env bash
# bucket.sh PROGRAM SOURCE: the example fleet with its pages in a bucket of the S3 server at EVENKEEL_S3_ENDPOINT, reconciled by the program.
# Exit 77 skips: there is no server (bash tests/run.sh --full starts one).
set -euo pipefail
[ -n "${EVENKEEL_S3_ENDPOINT:-}" ] || { echo "skipped: EVENKEEL_S3_ENDPOINT is not set"; exit 77; }
program=$1
bucket=incident-$$
fleet=$(mktemp -d)
trap 'rm -rf "$fleet"' EXIT
export AWS_ACCESS_KEY_ID=RGWTESTKEY AWS_SECRET_ACCESS_KEY=RGWTESTSECRET
site=$EVENKEEL_S3_ENDPOINT/$bucket
s3() { curl -sS --fail-with-body -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' --aws-sigv4 aws:amz:us-east-1:s3 --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" "$@"; }
# expect CODE WORDS…: the program's exit code.
expect() {
  local code=0
  "$program" "${@:2}" >"$fleet/said" 2>&1 || code=$?
  [ "$code" -eq "$1" ] || { echo "exit code $code, not $1: ${*:2}"; cat "$fleet/said"; exit 1; }
}

cp -r "$2/examples/incident/fleet/." "$fleet"
sqlite3 "$fleet/dispatch.sqlite" <"$fleet/dispatch.sql"
s3 -X PUT "$site" >/dev/null
for page in "$fleet"/site/g/*.html; do
  s3 -H 'Content-Type: text/html; charset=utf-8' -H 'Cache-Control: max-age=60' -T "$page" "$site/g/$(basename "$page")" >/dev/null
done
mv "$fleet/site" "$fleet/before"
python3 - "$fleet/fleet.json" "$bucket" <<'END'
import json, os, sys
fleet = json.load(open(sys.argv[1]))
pages = fleet["pages"][0]
del pages["path"]
pages |= {"adapter": "s3", "bucket": sys.argv[2], "region": "us-east-1", "endpoint": os.environ["EVENKEEL_S3_ENDPOINT"], "deletes": "checked"}
fleet["policy"] |= {"single_host": True, "accept_repeating_versions": True}
json.dump(fleet, open(sys.argv[1], "w"))
END

sunset=g/2026-05-30-jonathan-sunset.html afternoon=g/2026-05-30-jonathan-afternoon.html
expect 0 doctor "$fleet"
expect 2 audit "$fleet"
expect 2 plan "$fleet" --out "$fleet/plan.json"
expect 3 apply "$fleet" "$fleet/plan.json" --approve all --by test  # the marketplace is a person's task
s3 "$site/$sunset" >"$fleet/sunset.html"
s3 -I "$site/$sunset" >"$fleet/headers"
grep -q "3:30–6:30" "$fleet/sunset.html" || { echo "the page still says the old time"; exit 1; }
cmp -s "$fleet/sunset.html" "$fleet/before/$sunset" && { echo "the page is as it was"; exit 1; }
grep -qi '^content-type: text/html; charset=utf-8' "$fleet/headers"
grep -qi '^cache-control: max-age=60' "$fleet/headers"
if s3 -o /dev/null "$site/$afternoon" 2>/dev/null; then echo "the duplicate is still there"; exit 1; fi
[ "$(sqlite3 "$fleet/dispatch.sqlite" "SELECT page_slug FROM \"jada-crew-dispatch\" WHERE guest_code='S2FJLN'")" = 2026-05-30-jonathan-sunset ]
expect 3 verify "$fleet"
run=$(ls "$fleet/state/journals" | head -1)
expect 0 rollback "$fleet" "${run%.*}"
for page in "$fleet"/before/g/*.html; do s3 "$site/g/$(basename "$page")" | cmp - "$page"; done
! grep -rq RGWTESTSECRET "$fleet" || { echo "a secret was written down"; exit 1; }
echo "reconciled in a bucket, and taken back"
