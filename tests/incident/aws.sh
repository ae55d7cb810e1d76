#!/usr/bin/env bash
# aws.sh PROGRAM SOURCE [faults]: the example fleet with its pages in a bucket of the S3 server at EVENKEEL_S3_ENDPOINT, its records in a table of the
# DynamoDB server at EVENKEEL_DYNAMODB_ENDPOINT and its state in both, reconciled by the program, under the eyes of a second machine.
# faults: through the fake of AWS in front of both servers, which verifies signatures, and loses the answer to the first write of each kind, and
# the third, and the first of these requests, while the plan is applied and while it is taken back; before that with rights to read alone.
# Exit 77 skips: there are no servers (bash tests/run.sh --full starts them).
set -euo pipefail
for name in EVENKEEL_S3_ENDPOINT EVENKEEL_DYNAMODB_ENDPOINT; do
  [ -n "${!name:-}" ] || { echo "skipped: $name is not set"; exit 77; }
done
program=$1
bucket=incident-$$ table=incident-$$ state=incident-state-$$
fleet=$(mktemp -d)
trap 'rm -rf "$fleet"' EXIT
export AWS_ACCESS_KEY_ID=RGWTESTKEY AWS_SECRET_ACCESS_KEY=RGWTESTSECRET
site=$EVENKEEL_S3_ENDPOINT/$bucket
s3() { curl -sS --fail-with-body -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' --aws-sigv4 aws:amz:us-east-1:s3 --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" "$@"; }
# dynamodb OPERATION BODY: as a stranger. The server believes every signature.
dynamodb() {
  curl -sS --fail-with-body -H "X-Amz-Target: DynamoDB_20120810.$1" -H 'Content-Type: application/x-amz-json-1.0' \
    --aws-sigv4 aws:amz:us-east-1:dynamodb --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" "$EVENKEEL_DYNAMODB_ENDPOINT" -d "$2"
}
# expect CODE WORDS…: the program's exit code.
expect() {
  local code attempt
  for attempt in $(seq "$attempts"); do
    code=0
    "$program" "${@:2}" >"$fleet/said" 2>&1 || code=$?
    if [ "$code" -ne 1 ] || [ "$1" -eq 1 ]; then break; fi
  done
  [ "$code" -eq "$1" ] || { echo "exit code $code, not $1: ${*:2}"; cat "$fleet/said"; exit 1; }
}

# What the fleet file says; this script itself asks the servers past the fake.
s3_endpoint=$EVENKEEL_S3_ENDPOINT dynamodb_endpoint=$EVENKEEL_DYNAMODB_ENDPOINT
fail() { :; }
attempts=1
if [ "${3:-}" = faults ]; then
  coproc fake { exec python3 "$2/tests/aws/fake_aws.py" --s3 "$EVENKEEL_S3_ENDPOINT" --dynamodb "$EVENKEEL_DYNAMODB_ENDPOINT"; }
  read -r s3_endpoint <&"${fake[0]}"
  dynamodb_endpoint=$s3_endpoint attempts=9  # a run that such an answer ends is asked for again
  curl -sS --fail -o "$fleet/told" "$s3_endpoint/_fake" -d '{ "keys": { "'$AWS_ACCESS_KEY_ID'": { "secret": "'$AWS_SECRET_ACCESS_KEY'" } } }'
  # Every write, as for credentials that may read alone.
  forbid() {
    local operation faults=""
    for operation in UpdateItem PutItem DeleteItem PUT DELETE; do
      faults+=', { "operation": "'$operation'", "kind": "error", "status": 403, "code": "AccessDenied", "times": -1 }'
    done
    curl -sS --fail -o "$fleet/told" "$s3_endpoint/_fake" -d '{ "faults": [ '"${faults#,}"' ] }'
  }
  allow() { curl -sS --fail -o "$fleet/told" "$s3_endpoint/_fake" -d '{ "faults": [] }'; }
  fail() {
    local operation faults=""
    for operation in UpdateItem PutItem DeleteItem PUT DELETE; do
      faults+='{ "operation": "'$operation'", "kind": "lost_reply" }, { "operation": "'$operation'", "kind": "cut_off", "skip": 1 }, '
    done
    curl -sS --fail -o "$fleet/told" "$s3_endpoint/_fake" -d '{ "faults": [ '"$faults"' { "kind": "error", "status": 503, "code": "ServiceUnavailable" } ] }'
  }
fi

cp -r "$2/examples/incident/fleet/." "$fleet"
sqlite3 "$fleet/dispatch.sqlite" <"$fleet/dispatch.sql"
s3 -X PUT "$site" >/dev/null
for page in "$fleet"/site/g/*.html; do
  s3 -H 'Content-Type: text/html; charset=utf-8' -H 'Cache-Control: max-age=60' -T "$page" "$site/g/$(basename "$page")" >/dev/null
done
mv "$fleet/site" "$fleet/before"
dynamodb CreateTable '{ "TableName": "'"$table"'", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [ { "AttributeName": "guest_code", "KeyType": "HASH" } ],
  "AttributeDefinitions": [ { "AttributeName": "guest_code", "AttributeType": "S" } ] }' >/dev/null
s3 -X PUT "$EVENKEEL_S3_ENDPOINT/$state" >/dev/null
dynamodb CreateTable '{ "TableName": "'"$state"'", "BillingMode": "PAY_PER_REQUEST",
  "KeySchema": [ { "AttributeName": "kind", "KeyType": "HASH" }, { "AttributeName": "id", "KeyType": "RANGE" } ],
  "AttributeDefinitions": [ { "AttributeName": "kind", "AttributeType": "S" }, { "AttributeName": "id", "AttributeType": "S" } ] }' >/dev/null
sqlite3 -json "$fleet/dispatch.sqlite" 'SELECT * FROM "jada-crew-dispatch"' | python3 -c '
import json, sys
for row in json.load(sys.stdin):
    values = {name: {"N": str(value)} if isinstance(value, int) else {"S": value} for name, value in row.items() if value is not None}
    print(json.dumps({"TableName": sys.argv[1], "Item": values}))' "$table" >"$fleet/items"
while read -r item; do dynamodb PutItem "$item" >/dev/null; done <"$fleet/items"
rm "$fleet/dispatch.sqlite" "$fleet/items"
python3 - "$fleet/fleet.json" "$bucket" "$table" "$state" "$s3_endpoint" "$dynamodb_endpoint" <<'END'
import json, sys
fleet = json.load(open(sys.argv[1]))
pages, records = fleet["pages"][0], fleet["records"][0]
del pages["path"], records["path"]
pages |= {"adapter": "s3", "bucket": sys.argv[2], "region": "us-east-1", "endpoint": sys.argv[5], "deletes": "checked"}
records |= {"adapter": "dynamodb", "table": sys.argv[3], "region": "us-east-1", "endpoint": sys.argv[6]}
fleet["state"] = {"adapter": "aws", "table": sys.argv[4], "bucket": sys.argv[4], "region": "us-east-1",
                  "table_endpoint": sys.argv[6], "bucket_endpoint": sys.argv[5]}
fleet["policy"] |= {"accept_repeating_versions": True}
json.dump(fleet, open(sys.argv[1], "w"))
END
# page_of GUEST_CODE: what the record points to.
page_of() { dynamodb GetItem '{ "TableName": "'"$table"'", "Key": { "guest_code": { "S": "'"$1"'" } } }' | python3 -c 'import json, sys; print(json.load(sys.stdin)["Item"]["page_slug"]["S"])'; }

sunset=g/2026-05-30-jonathan-sunset.html afternoon=g/2026-05-30-jonathan-afternoon.html
expect 0 doctor "$fleet"
for words in "records are found by guest_code" "items may be read and changed" "an object was made, read and removed under"; do
  grep -q "$words" "$fleet/said" || { echo "doctor does not say: $words"; cat "$fleet/said"; exit 1; }
done
if [ "${3:-}" = faults ]; then
  forbid
  expect 1 doctor "$fleet"
  for words in "read alone, which is enough until apply" "it needs dynamodb:PutItem"; do
    tr -s ' \n' ' ' <"$fleet/said" | grep -q "$words" || { echo "doctor does not say: $words"; cat "$fleet/said"; exit 1; }
  done
  for verb in audit plan verify; do expect 2 "$verb" "$fleet"; done
  allow
fi
expect 2 audit "$fleet"
other=$fleet/other  # a second machine: the same systems, nothing of the first one's files
mkdir "$other"
cp "$fleet"/{fleet.json,calendar.ics,boatsetter.json,state.json} "$other"
expect 0 lease "$other" xhqgmdh --holder other
expect 2 plan "$fleet" --out "$fleet/plan.json"
expect 4 apply "$fleet" "$fleet/plan.json" --approve all --by test  # the other holds the booking
expect 0 lease "$other" xhqgmdh --holder other --release
fail
expect 3 apply "$fleet" "$fleet/plan.json" --approve all --by test  # the marketplace is a person's task
s3 "$site/$sunset" >"$fleet/sunset.html"
s3 -I "$site/$sunset" >"$fleet/headers"
grep -q "3:30–6:30" "$fleet/sunset.html" || { echo "the page still says the old time"; exit 1; }
cmp -s "$fleet/sunset.html" "$fleet/before/$sunset" && { echo "the page is as it was"; exit 1; }
grep -qi '^content-type: text/html; charset=utf-8' "$fleet/headers"
grep -qi '^cache-control: max-age=60' "$fleet/headers"
if s3 -o /dev/null "$site/$afternoon" 2>/dev/null; then echo "the duplicate is still there"; exit 1; fi
[ "$(page_of S2FJLN)" = 2026-05-30-jonathan-sunset ] || { echo "the record points to the wrong page"; exit 1; }
expect 3 verify "$fleet"
for part in documents journals backups; do
  [ ! -e "$fleet/state/$part" ] || { echo "$part of the state stand on this machine"; exit 1; }
done
run=$(s3 "$EVENKEEL_S3_ENDPOINT/$state?list-type=2&prefix=evenkeel%2Fruns%2F" | sed -n 's|.*<Key>evenkeel/runs/\([^<]*\)</Key>.*|\1|p')
expect 0 show "$other" "$run"
fail
expect 0 rollback "$fleet" "$run"
for page in "$fleet"/before/g/*.html; do s3 "$site/g/$(basename "$page")" | cmp - "$page"; done
[ "$(page_of S2FJLN)" = 2026-05-30-jonathan-afternoon ] || { echo "the record was not taken back"; exit 1; }
dynamodb Scan '{ "TableName": "'"$state"'" }' >"$fleet/state-table"
s3 "$EVENKEEL_S3_ENDPOINT/$state?list-type=2" | grep -o '<Key>[^<]*' | while read -r key; do s3 "$EVENKEEL_S3_ENDPOINT/$state/${key#<Key>}"; done >"$fleet/state-bucket"
grep -q xhqgmdh "$fleet/state-table" && grep -q xhqgmdh "$fleet/state-bucket" || { echo "the state is not where it should be"; exit 1; }
! grep -rq RGWTESTSECRET "$fleet" || { echo "a secret was written down"; exit 1; }
echo "reconciled on AWS, and taken back"
