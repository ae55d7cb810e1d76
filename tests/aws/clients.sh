#!/usr/bin/env bash
# clients.sh awscli|js SOURCE BINARY: AWS's own clients on the fake, so that it is no mirror of our mistakes. Exit 77 skips, and says why.
set -euo pipefail
client=$1 source=$2 binary=$3
[ "${EVENKEEL_TIER:-}" = full ] || { echo "skipped: only in the full tier (EVENKEEL_TIER=full, tests/run.sh --full)"; exit 77; }
coproc fake { exec python3 "$source/tests/aws/fake_aws.py"; }
read -r endpoint <&"${fake[0]}"

js() {
  for program in node npm; do command -v $program >/dev/null || { echo "skipped: there is no $program"; exit 77; }; done
  # Pinned by the lock file, each package with its hash; installed once for each state of that file.
  local lock
  lock=$(sha256sum "$source/tests/aws/js/package-lock.json" | cut -c1-16)
  if [ ! -e "$binary/installed-$lock" ]; then
    rm -rf "$binary" && mkdir -p "$binary"
    cp "$source/tests/aws/js/package.json" "$source/tests/aws/js/package-lock.json" "$binary/"
    npm ping --fetch-retries 0 --prefix "$binary" >/dev/null 2>&1 || { echo "skipped: npm's registry is out of reach"; exit 77; }
    (cd "$binary" && npm ci --no-audit --no-fund --ignore-scripts)
    : >"$binary/installed-$lock"
  fi
  cp "$source/tests/aws/js/client.mjs" "$binary/"
  node "$binary/client.mjs" "$endpoint"
}

# is WHAT WANTED COMMAND…: what the command prints.
is() {
  local said
  said=$("${@:3}" 2>&1 | tr -s '\n\t' ' ') || true
  case "$said" in *"$2"*) ;; *) echo "$1: expected '$2' in: $said"; exit 1 ;; esac
}
run_aws() { aws --endpoint-url "$endpoint" --output text "$@"; }
control() { curl -sS --fail -d "$1" -o /dev/null "$endpoint/_fake"; }

awscli() {
  for program in aws curl; do command -v $program >/dev/null || { echo "skipped: there is no $program"; exit 77; }; done
  export AWS_ACCESS_KEY_ID=AKIDFAKE AWS_SECRET_ACCESS_KEY=fake-secret-key AWS_DEFAULT_REGION=us-east-1 AWS_MAX_ATTEMPTS=1 AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
  control '{"distributions": [{"id": "E1", "aliases": ["a.example"]}, {"id": "E2"}, {"id": "E3"}], "settings": {"page": 1}}'
  is "all pages of the list" "E1 E2 E3" run_aws cloudfront list-distributions --query 'DistributionList.Items[].Id'
  is "an alias" a.example run_aws cloudfront get-distribution --id E1 --query 'Distribution.DistributionConfig.Aliases.Items'
  is "an invalidation" Completed run_aws cloudfront create-invalidation --distribution-id E1 --paths /a '/b%20c&d*' --query Invalidation.Status
  is "waiting" "" run_aws cloudfront wait invalidation-completed --distribution-id E1 --id I0000000000001
  is "its batch" '/a /b%20c&d*' run_aws cloudfront get-invalidation --distribution-id E1 --id I0000000000001 --query 'Invalidation.InvalidationBatch.Paths.Items'
  is "a bad path" "(InvalidArgument)" run_aws cloudfront create-invalidation --distribution-id E1 --paths 'a b'
  is "an unknown distribution" "(NoSuchDistribution)" run_aws cloudfront list-invalidations --distribution-id E9
  is "a wrong secret" "(SignatureDoesNotMatch)" env AWS_SECRET_ACCESS_KEY=wrong aws --endpoint-url "$endpoint" cloudfront list-distributions
  is "an unknown key" "(InvalidAccessKeyId)" env AWS_ACCESS_KEY_ID=AKIDNONE aws --endpoint-url "$endpoint" s3api list-objects-v2 --bucket none
  echo hello >"$folder/a"
  run_aws s3api create-bucket --bucket cli >/dev/null
  for key in 'g/a b+ü.html' 'g/c/../d' 'g//e'; do
    run_aws s3api put-object --bucket cli --key "$key" --body "$folder/a" --metadata a=1 --tagging t=1 >/dev/null
    run_aws s3api get-object --bucket cli --key "$key" "$folder/b" >/dev/null
    cmp "$folder/a" "$folder/b"
    is "metadata of $key" 1 run_aws s3api head-object --bucket cli --key "$key" --query Metadata.a
    is "tags of $key" 't 1' run_aws s3api get-object-tagging --bucket cli --key "$key" --query TagSet
  done
  is "a listing of several pages" 'g//e g/a b+ü.html g/c/../d' run_aws s3api list-objects-v2 --bucket cli --prefix g/ --query 'Contents[].Key'
  control '{"faults": [{"operation": "GetObject", "kind": "error", "status": 503, "code": "SlowDown"}]}'
  is "throttling" "(SlowDown)" run_aws s3api get-object --bucket cli --key 'g//e' "$folder/b"
  echo "the fake answers as awscli expects"
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$client"
