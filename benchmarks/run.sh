#!/usr/bin/env bash
# bash benchmarks/run.sh [--pages N] [--rounds N]   builds Release and measures; prints tables, and lines for programs:
#
#   figure NAME VALUE   what was measured: …_per_second, …_cpu_us_per_page
#   ratio NAME VALUE    how many times better than what it is named after
#
# Debian 12, installs what is missing. Pages come from radosgw (tests/contract/radosgw.sh), which is started here as root unless EVENKEEL_S3_ENDPOINT names
# one; without either from the fake of tests/aws, which is slower than what asks it.
set -euo pipefail
cd "$(dirname "$0")/.."

source examples/install.sh
evenkeel_install benchmarks
cmake --preset benchmarks >/dev/null
cmake --build --preset benchmarks

if [ -z "${EVENKEEL_S3_ENDPOINT:-}" ] && [ "$(id -u)" -eq 0 ] && command -v radosgw >/dev/null; then
  server=$(mktemp -d)
  trap 'bash tests/contract/radosgw.sh stop "$server"' EXIT
  EVENKEEL_S3_ENDPOINT=$(bash tests/contract/radosgw.sh start "$server" 7680)
  export EVENKEEL_S3_ENDPOINT
fi
/usr/bin/python3 -B benchmarks/aws/compare.py build/benchmarks/benchmarks "$@"
