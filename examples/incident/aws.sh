# Sourced by run.sh --aws: servers on this machine that speak as AWS does, and the fleet brought to them with AWS's own command line.
#
#   S3          radosgw (tests/contract/radosgw.sh), by itself
#   DynamoDB    dynalite (tests/contract/dynalite.sh), behind the fake of tests/aws, for it believes every signature and the fake does not
#   CloudFront  the fake of tests/aws: nobody else has one

# aws_start FOLDER: the servers, and the keys for them. They end with the shell.
aws_start() {
  servers=$1
  trap aws_stop EXIT
  export AWS_ACCESS_KEY_ID=RGWTESTKEY AWS_SECRET_ACCESS_KEY=RGWTESTSECRET AWS_DEFAULT_REGION=us-east-1 AWS_PAGER= AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
  [ "$(id -u)" -eq 0 ] || { echo "radosgw is started as root; run this as root" >&2; return 1; }
  s3_endpoint=$(bash "$sources/tests/contract/radosgw.sh" start "$servers/radosgw" 7680)
  local behind
  behind=$(bash "$sources/tests/contract/dynalite.sh" start "$servers/dynalite" 4667)
  coproc fake { exec python3 "$sources/tests/aws/fake_aws.py" --dynamodb "$behind"; }
  read -r fake_endpoint <&"${fake[0]}"
  curl -sS --fail -o "$servers/told" "$fake_endpoint/_fake" -d '{"keys": {"RGWTESTKEY": {"secret": "RGWTESTSECRET"}}, "settings": {"invalidation_s": 3},
    "distributions": [{"id": "E2QWRUHAPOMQZL", "aliases": ["queenofsandiego.com"]}, {"id": "E1OTHER", "aliases": ["jada.example"]}]}'
}
aws_stop() {
  bash "$sources/tests/contract/radosgw.sh" stop "$servers/radosgw"
  bash "$sources/tests/contract/dynalite.sh" stop "$servers/dynalite"
  rm -rf "$servers"
}

s3() { aws --endpoint-url "$s3_endpoint" --output json "$@"; }
other() { aws --endpoint-url "$fake_endpoint" --output json "$@"; }

# aws_move: the fleet in this folder goes to AWS; of the fleet file the adapters change, with where they are, and what the policy says of buckets.
aws_move() {
  s3 s3api create-bucket --bucket queenofsandiego >/dev/null
  s3 s3 cp --quiet --recursive --content-type 'text/html; charset=utf-8' --cache-control max-age=60 site s3://queenofsandiego
  other dynamodb create-table --table-name jada-crew-dispatch --billing-mode PAY_PER_REQUEST --key-schema AttributeName=guest_code,KeyType=HASH \
    --attribute-definitions AttributeName=guest_code,AttributeType=S >/dev/null
  sqlite3 -json dispatch.sqlite 'SELECT * FROM "jada-crew-dispatch"' | python3 -c '
import json, sys
items = [{name: {"N": str(value)} if isinstance(value, int) else {"S": value} for name, value in row.items() if value is not None} for row in json.load(sys.stdin)]
print(json.dumps({"jada-crew-dispatch": [{"PutRequest": {"Item": item}} for item in items]}))' >items.json
  other dynamodb batch-write-item --request-items file://items.json >/dev/null
  # Evenkeel's own: leases and notes in a table, journals and backups in a bucket that guests cannot read.
  s3 s3api create-bucket --bucket evenkeel-state >/dev/null
  other dynamodb create-table --table-name evenkeel-state --billing-mode PAY_PER_REQUEST --key-schema AttributeName=kind,KeyType=HASH AttributeName=id,KeyType=RANGE \
    --attribute-definitions AttributeName=kind,AttributeType=S AttributeName=id,AttributeType=S >/dev/null
  rm -rf items.json dispatch.sqlite dispatch.sql site
  cp fleet.json fleet-before.json
  python3 - "$s3_endpoint" "$fake_endpoint" <<'END'
import re, sys
fleet, (s3, other) = open("fleet.json").read(), sys.argv[1:]
def change(before, after):
    global fleet
    fleet, times = re.subn(before, after, fleet)
    assert times == 1, before
change(r'"adapter": "directory",(\s*)"path": "site"', rf'"adapter": "s3",\1"bucket": "queenofsandiego", "region": "us-east-1", "endpoint": "{s3}", "deletes": "checked"')
change(r'"adapter": "sqlite",(\s*)"path": "dispatch.sqlite"', rf'"adapter": "dynamodb",\1"region": "us-east-1", "endpoint": "{other}"')
change(r'"adapter": "log", "path": "invalidations.jsonl"', f'"adapter": "cloudfront", "alias": "queenofsandiego.com", "endpoint": "{other}"')
change(r'"state": "state"', f'"state": {{ "adapter": "aws", "table": "evenkeel-state", "bucket": "evenkeel-state", "region": "us-east-1", "table_endpoint": "{other}", "bucket_endpoint": "{s3}" }}')
change(r'"policy": {(\s*)', r'"policy": {\1"accept_repeating_versions": true,\1')
open("fleet.json", "w").write(fleet)
END
}

# aws_fetch: brings back what is there now, in the files that the embedded fleet has.
aws_fetch() {
  s3 s3 cp --quiet --recursive s3://queenofsandiego/g site/g
  s3 s3 cp --quiet --recursive s3://evenkeel-state/evenkeel/backups state/backups
  local id
  for id in $(other cloudfront list-invalidations --distribution-id E2QWRUHAPOMQZL --query 'InvalidationList.Items[].Id' --output text); do
    other cloudfront get-invalidation --distribution-id E2QWRUHAPOMQZL --id "$id" --query Invalidation.InvalidationBatch | tr -d '\n ' >>invalidations.jsonl
    echo >>invalidations.jsonl
  done
}
aws_record() { other dynamodb get-item --table-name jada-crew-dispatch --key '{"guest_code": {"S": "S2FJLN"}}' --query "Item.$1.S" --output text; }
