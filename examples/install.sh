# Sourced by examples/incident/run.sh and tests/run.sh: installs what is missing, and nothing else, on Debian 12.
#
#   evenkeel_install build    what the library and the program are built with
#   evenkeel_install python   and what the Python wheel is packed with
#   evenkeel_install aws      and what the adapters on AWS are built with, servers that speak as AWS does, and AWS's command line
#   evenkeel_install calendar and what the adapters of calendars on other hosts are built with, and Radicale, a CalDAV server
#   evenkeel_install benchmarks   what `bash benchmarks/run.sh` needs: build and aws, Google Benchmark, and boto3 to compare with
#   evenkeel_install tests    and what the tests need
#   evenkeel_install full     and the second compiler, valgrind, abidiff, doxygen, debootstrap, lintian, radosgw, and node with dynalite
#
# Nothing is downloaded when everything is there. Needs root or sudo only where something is missing.

evenkeel_packages() {
  local build="ca-certificates cmake ninja-build g++ pkg-config libgumbo-dev libhowardhinnant-date-dev nlohmann-json3-dev libical-dev
               libsqlite3-dev libcli11-dev sqlite3 tzdata"
  local aws="libcurl4-openssl-dev libpugixml-dev libssl-dev radosgw ceph-mon ceph-osd ceph-mgr ceph-common awscli curl python3 $(command -v npm >/dev/null || echo nodejs npm)"
  local python="python3 python3-cffi python3-pip python3-setuptools python3-venv python3-wheel patchelf"
  local benchmarks="libbenchmark-dev python3-boto3"
  local tests="libgtest-dev libgmock-dev libbenchmark-dev libcurl4-openssl-dev libpugixml-dev libssl-dev radicale $python python3-jsonschema python3-pytest python3-pandas mypy spin"
  case "$1" in
    build) echo $build ;;
    aws) echo $build $aws ;;
    python) echo $build $python ;;
    calendar) echo $build libcurl4-openssl-dev libpugixml-dev radicale python3 ;;
    benchmarks) echo $build $aws $benchmarks ;;
    tests) echo $build $tests ;;
    full) echo $build $tests clang libclang-rt-dev llvm valgrind abigail-tools doxygen debootstrap lintian dpkg-dev $aws $benchmarks ;;
    *) echo "evenkeel_install: build, aws, python, calendar, benchmarks, tests or full, not '$1'" >&2; return 64 ;;
  esac
}

evenkeel_install() {
  evenkeel_install_packages "$1" || return
  if [ "$1" = full ]; then bash "$(dirname "${BASH_SOURCE[0]}")/../tests/contract/dynalite.sh" install; fi
}

evenkeel_install_packages() {
  local packages package missing=()
  packages=$(evenkeel_packages "$1") || return
  for package in $packages; do
    [ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" = "install ok installed" ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "These packages are missing; install them as root and run this again: ${missing[*]}" >&2
      return 1
    fi
    root=(sudo)
  fi
  echo "Installing with apt: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { "${root[@]}" apt-get update &&
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}"; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "apt could not install these packages; its words stand above: ${missing[*]}" >&2
    return 1
  fi
  rm -f "$log"
}
