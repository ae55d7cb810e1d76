#!/usr/bin/env bash
# bash tests/run.sh           install what is missing, build (warnings are errors), run every test: under 15 minutes on 2 cores
# bash tests/run.sh --full    the same with clang under the address and undefined-behaviour sanitizers, the C API and what several threads do at once under the thread sanitizer, then with
#                             what takes minutes: under an hour
# bash tests/run.sh --long [SECONDS]   builds the fuzzers and runs each for SECONDS (600) on one core; what they find is left in build/fuzz/found.
#                                      Then counts the branches that tests take of the executor, the journal and the leases (tests/coverage/run.sh),
#                                      searches what takes hours, and builds these sources inside another project in a bare bookworm
#
# Arguments after -- go to ctest (bash tests/run.sh -- -R incident).
set -euo pipefail
cd "$(dirname "$0")/.."

full=false
fuzz_seconds=0
ctest_arguments=()
while [ $# -gt 0 ]; do
  case "$1" in
    --full) full=true ;;
    --long) fuzz_seconds=600; if [[ ${2:-} =~ ^[0-9]+$ ]]; then fuzz_seconds=$2; shift; fi ;;
    --) shift; ctest_arguments=("$@"); break ;;
    *) echo "tests/run.sh: unknown argument '$1'; it takes --full, --long [SECONDS], and arguments for ctest after --" >&2; exit 64 ;;
  esac
  shift
done

source examples/install.sh
evenkeel_install tests
if $full || [ "$fuzz_seconds" -gt 0 ]; then evenkeel_install full; fi

jobs=$(nproc)
started=$(date +%s)
prefix=/usr/local
if $full; then prefix=/usr; fi  # as Debian packages have it, with the architecture's folder for libraries
elapsed() { echo "$(($(date +%s) - started)) s"; }

# run_preset NAME PRECOMPILE: configured, built and tested; ctest's closing lines stand last. Precompiled headers halve the time of a
# fresh build; the build under the thread sanitizer, of the libraries and the C API's tests, does without, so that a missing include is found.
run_preset() {
  local log
  log=$(mktemp)
  echo "== $1: configure and build ($(elapsed))"
  cmake --preset "$1" -DEVENKEEL_PRECOMPILE="$2" -DCMAKE_INSTALL_PREFIX="$prefix" >"$log" 2>&1 || { cat "$log"; rm -f "$log"; exit 1; }
  rm -f "$log"
  cmake --build --preset "$1" -j "$jobs"
  echo "== $1: test ($(elapsed))"
  ctest --preset "$1" -j "$jobs" --no-tests=error "${ctest_arguments[@]}"
}

# Each fuzzer starts from its corpus in the repository and from what earlier runs grew; a finding belongs into the corpus, as a file with a name.
run_fuzzers() {
  echo "== fuzz: configure and build ($(elapsed))"
  cmake --preset fuzz >/dev/null
  cmake --build --preset fuzz -j "$jobs"
  local target failed=()
  for target in read shift fleet plan calendar; do
    echo "== fuzz: $target for $fuzz_seconds s ($(elapsed))"
    mkdir -p "build/fuzz/grown/$target" "build/fuzz/found/$target"
    "build/fuzz/tests/fuzz/fuzz_$target" "build/fuzz/grown/$target" "tests/fuzz/corpus/$target" -max_total_time="$fuzz_seconds" -max_len=4096 -timeout=30 \
      -rss_limit_mb=4096 -artifact_prefix="build/fuzz/found/$target/" -print_final_stats=1 >"build/fuzz/$target.log" 2>&1 || failed+=("$target")
    grep -E "^stat::number_of_executed_units|broken promise|^SUMMARY" "build/fuzz/$target.log" || true
  done
  [ ${#failed[@]} -eq 0 ] || { echo "== found: ${failed[*]}; see build/fuzz/found and build/fuzz/*.log" >&2; exit 1; }
}

if [ "$fuzz_seconds" -gt 0 ]; then
  run_fuzzers
  echo "== coverage ($(elapsed))"
  bash tests/coverage/run.sh
  echo "== inside another project ($(elapsed))"
  EVENKEEL_TIER=full bash tests/package/subdirectory.sh "$PWD" "$PWD/build/subdirectory" || [ $? -eq 77 ]
  echo "== simulation: exhaustive and random ($(elapsed))"
  cmake --preset simulation >/dev/null
  cmake --build --preset simulation -j "$jobs"
  for bounds in "1 1 --agents 2" "2 2"; do build/simulation/tests/simulation/simulation --exhaustive $bounds --jobs "$jobs"; done
  build/simulation/tests/simulation/simulation --histories 1000000 --seed 1 --jobs "$jobs"
  echo "== all passed ($(elapsed))"
  exit 0
fi

if $full; then
  export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1
  EVENKEEL_STRIDE=211 run_preset asan ON
  [ ${#ctest_arguments[@]} -gt 0 ] || run_preset tsan OFF
  servers=$(mktemp -d)
  trap 'bash tests/contract/radosgw.sh stop "$servers/s3"; bash tests/contract/dynalite.sh stop "$servers/dynamodb"; rmdir "$servers"' EXIT
  EVENKEEL_S3_ENDPOINT=$(bash tests/contract/radosgw.sh start "$servers/s3")  # for the contracts of the adapters on AWS
  EVENKEEL_DYNAMODB_ENDPOINT=$(bash tests/contract/dynalite.sh start "$servers/dynamodb")
  export EVENKEEL_S3_ENDPOINT EVENKEEL_DYNAMODB_ENDPOINT
  export EVENKEEL_TIER=full  # and with what asks other hosts or takes minutes
  export EVENKEEL_SEEDS=20  # histories of services on AWS that misbehave
  export EVENKEEL_STRIDE=23 EVENKEEL_ALLOCATION_STRIDE=1  # strike at more system calls (all of them: 1; each time at others), and at every allocation
fi
run_preset dev ON
if $full; then
  echo "== simulation: exhaustive and random ($(elapsed))"
  for bounds in "1 1 --leases" "1 1 --rollback" "1 2"; do build/dev/tests/simulation/simulation --exhaustive $bounds --jobs "$jobs"; done
  build/dev/tests/simulation/simulation --histories 40000 --seed 1 --jobs "$jobs"
  cmake --build --preset dev -j "$jobs" --target seeded_bugs
  build/dev/tests/simulation/seeded_bugs --bugs --jobs "$jobs" --check tests/golden/seeded_bugs.md
  # A broken law is shrunk and told as a story: with a mistake compiled in there is one.
  story=$(build/dev/tests/simulation/seeded_bugs --histories 1000 --seed 1 --bug 20) && { echo "a mistake breaks no law in 1,000 histories" >&2; exit 1; }
  grep -E "^seed [0-9]+ breaks a law|events .* are needed" <<<"$story"
  echo "== the incident on servers that speak as AWS does ($(elapsed))"
  EVENKEEL_PRESET=dev bash examples/incident/run.sh --aws >build/incident-aws.log 2>&1 || { tail -n 40 build/incident-aws.log; exit 1; }
fi
echo "== all passed ($(elapsed))"
