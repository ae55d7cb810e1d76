#!/usr/bin/env bash
# bash tests/coverage/run.sh [--missed]   branches of src/apply and src/lease (executor, journal, rollback, leases) that the tests take: installs
# what is missing, builds the preset `coverage`, runs the suites that count, prints a line for each file and what is left. --missed lists of that
# only what tests/coverage/left.json gives no reason for. What counts stands in tests/coverage/branches.py.
set -euo pipefail
cd "$(dirname "$0")/../.."

source examples/install.sh
evenkeel_install full

cmake --preset coverage >/dev/null
cmake --build --preset coverage -j "$(nproc)"

profiles=build/coverage/profiles
rm -rf "$profiles"
# One file a program: what runs twice is added up.
export LLVM_PROFILE_FILE=$PWD/$profiles/%m.profraw
programs=(tests/unit/apply/apply_test tests/unit/lease/lease_test tests/unit/guard/guard_test tests/property/apply_crash_test tests/property/rollback_crash_test)
for program in "${programs[@]}"; do "build/coverage/$program" --gtest_brief=1; done
programs+=(tests/simulation/simulation)
build/coverage/tests/simulation/simulation --exhaustive 1 1
build/coverage/tests/simulation/simulation --histories 3000 --seed 1
llvm-profdata merge -o "$profiles/all.profdata" "$profiles"/*.profraw
python3 tests/coverage/branches.py "$profiles/all.profdata" "${programs[@]/#/build/coverage/}" "$@"
