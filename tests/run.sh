#!/usr/bin/env bash
# bash tests/run.sh           install what is missing, build (warnings are errors), run every test: under 15 minutes on 2 cores
# bash tests/run.sh --full    the same, then with clang, and under the address and undefined-behaviour sanitizers: under an hour
#
# Arguments after -- go to ctest (bash tests/run.sh -- -R incident).
set -euo pipefail
cd "$(dirname "$0")/.."

full=false
ctest_arguments=()
while [ $# -gt 0 ]; do
  case "$1" in
    --full) full=true ;;
    --) shift; ctest_arguments=("$@"); break ;;
    *) echo "tests/run.sh: unknown argument '$1'; it takes --full, and arguments for ctest after --" >&2; exit 64 ;;
  esac
  shift
done

source examples/install.sh
evenkeel_install tests
if $full; then evenkeel_install full; fi

jobs=$(nproc)
started=$(date +%s)
elapsed() { echo "$(($(date +%s) - started)) s"; }

# run_preset NAME PRECOMPILE: configured, built and tested; ctest's closing lines stand last. Precompiled headers halve the time of a
# fresh build; the build with clang does without them, so that a missing include is found.
run_preset() {
  local log
  log=$(mktemp)
  echo "== $1: configure and build ($(elapsed))"
  cmake --preset "$1" -DEVENKEEL_PRECOMPILE="$2" >"$log" 2>&1 || { cat "$log"; rm -f "$log"; exit 1; }
  rm -f "$log"
  cmake --build --preset "$1" -j "$jobs"
  echo "== $1: test ($(elapsed))"
  ctest --preset "$1" -j "$jobs" --no-tests=error "${ctest_arguments[@]}"
}

if $full; then
  run_preset clang OFF
  export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1
  run_preset asan ON
fi
run_preset dev ON
echo "== all passed ($(elapsed))"
