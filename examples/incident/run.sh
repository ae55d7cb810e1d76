#!/usr/bin/env bash
# bash examples/incident/run.sh          on files: pages in a folder, records in SQLite, the edge cache a log
# bash examples/incident/run.sh --aws    on servers on this machine that speak as S3, DynamoDB and CloudFront do (as root)
#
# Installs what is missing (Debian 12, as root or with sudo), builds the evenkeel program, copies the example fleet into a scratch
# folder, and reconciles it there before your eyes. Every command is printed before it runs, and its exit code is checked.
# EVENKEEL_PRESET=dev takes the program of that build, as it is configured.
set -euo pipefail
cd "$(dirname "$0")/../.."
sources=$PWD
started=$(date +%s)

aws=false
case "${1:-}" in
  "") ;;
  --aws) aws=true ;;
  *) echo "examples/incident/run.sh: unknown argument '$1'; it takes --aws" >&2; exit 64 ;;
esac

source examples/install.sh
if $aws; then evenkeel_install aws; else evenkeel_install build; fi

log=$(mktemp)
preset=${EVENKEEL_PRESET:-release}
echo "Building the program ($preset) ..."
options=()
if [ -z "${EVENKEEL_PRESET:-}" ]; then options=(-DEVENKEEL_TESTS=OFF); fi
if $aws; then options+=(-DEVENKEEL_AWS=ON); fi
{ cmake --preset "$preset" "${options[@]}" && cmake --build --preset "$preset" -j "$(nproc)" --target evenkeel; } >"$log" 2>&1 ||
  { cat "$log"; echo "The build failed; its log is $log" >&2; exit 1; }
rm -f "$log"
export PATH="$sources/build/$preset/examples:$PATH"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/evenkeel-incident.XXXXXX")
cp -R "$sources/examples/incident/fleet/." "$scratch/"
cd "$scratch"
sqlite3 dispatch.sqlite <dispatch.sql
cp -R site "$scratch/site-before"
if $aws; then
  source "$sources/examples/incident/aws.sh"
  echo "Starting the servers ..."
  aws_start "$(mktemp -d "${TMPDIR:-/tmp}/evenkeel-servers.XXXXXX")"
  cp -R "$scratch" "$servers/embedded"
  aws_move
  printf '\n\n######## The pages are in a bucket, the records in a table, the edge cache is CloudFront. The whole migration:\n$ diff fleet-before.json fleet.json\n\n'
  diff fleet-before.json fleet.json || true
fi
echo "Built after $(($(date +%s) - started)) s. The fleet is copied to $scratch"

fail() { echo; echo "FAILED: $*" >&2; echo "The fleet is left as it is in $scratch" >&2; exit 1; }

# step WORDS CODE COMMAND...: says why, shows the command, runs it, and insists on its exit code.
number=0
step() {
  local words=$1 expected=$2 code=0
  shift 2
  number=$((number + 1))
  printf '\n\n######## %d. %s\n$ ' "$number" "$words"
  local word
  for word in "$@"; do case $word in *[!A-Za-z0-9_./:=@-]*) printf "'%s' " "$word" ;; *) printf '%s ' "$word" ;; esac; done
  printf '\n\n'
  "$@" || code=$?
  echo "(exit code $code)"
  [ "$code" -eq "$expected" ] || fail "exit code $expected was expected, $code came"
}
check() {
  local words=$1
  shift
  "$@" || fail "$words"
  echo "checked: $words"
}
# ids FROM VERB: the ids of a plan's actions with that verb.
ids() { sed -n "s/^ *\"id\": \"\($2-[^\"]*\)\".*/\1/p" "$1"; }

step "Before anything else: is every system reachable, and as the fleet file says?" 0 evenkeel doctor fleet.json
step "What disagrees, in which words, and who is right? (2: something does)" 2 evenkeel audit fleet.json
step "What the agent of May 20 did not ask: does Jonathan's sailing have a page already? (2: yes)" 2 \
  evenkeel find fleet.json --date 2026-05-30 --guest Jonathan
step "The smallest safe set of changes for the whole fleet, as a file. Nothing is changed yet. (2: something can be)" 2 \
  evenkeel plan fleet.json --out plan.json
step "Read the plan like a colleague's proposal; it is also written as a page to send around." 0 evenkeel show plan.json --html plan.html

approvals=()
for id in $(ids plan.json retire_page); do approvals+=(--approve "$id"); done
[ ${#approvals[@]} -gt 0 ] || fail "the plan retires no page"
step "Apply it, with the one step that needs a person's approval named. (3: a marketplace without an API waits for a person)" 3 \
  evenkeel apply fleet.json plan.json "${approvals[@]}" --by "Marisol Reyes"
run=$(sed -n 's/^ *"plan": "sha256:\([0-9a-f]\{12\}\).*/run-\1/p' plan.json)
[ -n "$run" ] || fail "the plan has no hash"

for task in $(ids plan.json manual_task); do
  step "Somebody has changed the listing on Boatsetter, as the task said, and attests it." 0 \
    evenkeel attest fleet.json "$run" "$task" --by "Marisol Reyes"
done
step "Read every system of Jonathan's booking again: do they agree? (0: all of them)" 0 evenkeel verify fleet.json --booking xhqgmdh
step "A second plan for it is empty." 0 evenkeel plan fleet.json --booking xhqgmdh
step "The retired page's name is remembered: whoever looks for it is led to the page that stayed. (2: it exists)" 2 \
  evenkeel find fleet.json --id 2026-05-30-jonathan-afternoon

if $aws; then aws_fetch; fi
printf '\n\n######## What changed on the sunset page, and that nothing else did\n'
page=site/g/2026-05-30-jonathan-sunset.html
printf '$ diff site-before/g/%s %s\n\n' "$(basename $page)" "$page"
diff "site-before/g/$(basename $page)" "$page" && fail "the sunset page was not edited"
echo
printf '%s of %s bytes differ\n' "$(cmp -l "site-before/g/$(basename $page)" "$page" | wc -l)" "$(wc -c <"$page")"
retired=site-before/g/2026-05-30-jonathan-afternoon.html
kept_in_backup() { find state/backups -type f -exec cmp -s {} "$retired" \; -print | grep -q .; }
record() { if $aws; then aws_record "$1"; else record_of_file "$1"; fi; }
record_of_file() { sqlite3 dispatch.sqlite "SELECT $1 FROM \"jada-crew-dispatch\" WHERE guest_code = 'S2FJLN'"; }
check "the sunset page still has 568 lines" [ "$(wc -l <"$page")" -eq 568 ]
check "the record points to it, in the record's own form" [ "$(record page_slug)" = 2026-05-30-jonathan-sunset ]
check "the afternoon page is gone" [ ! -e "site/g/$(basename $retired)" ]
check "its exact bytes are in the backup" kept_in_backup
for path in /g/2026-05-30-jonathan-{sunset,afternoon}{,.html}; do
  check "the edge cache was told to drop $path" grep -q "\"$path\"" invalidations.jsonl
done

# embedded: the same fleet on files is reconciled with the same result.
embedded() (
  cd "$servers/embedded"
  evenkeel plan fleet.json --out plan.json >said 2>&1 || [ $? -eq 2 ]
  evenkeel apply fleet.json plan.json --approve all --by "Marisol Reyes" >said 2>&1 || [ $? -eq 3 ]
  diff -r site "$scratch/site"
  diff <(grep -o '"/g/[^"]*"' invalidations.jsonl | sort) <(grep -o '"/g/[^"]*"' "$scratch/invalidations.jsonl" | sort)
)
if $aws; then check "pages and dropped paths are those of the same fleet on files, byte for byte" embedded; fi

step "The whole fleet again. What is left cannot be decided by a program: it names what waits for a person. (3)" 3 evenkeel verify fleet.json

printf '\n\nDone in %d s. The reconciled fleet, the plan and its page for people are in\n  %s\n' "$(($(date +%s) - started))" "$scratch"
