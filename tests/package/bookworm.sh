# Sourced by the tests in a bare bookworm.
#
#   needs_bookworm NAME BINARY PROGRAM…   skips where there is no such program; $root is then a bare bookworm of its own, removed at the end
#   inside WORDS…                        a command in it, with a /proc of its own; offline=yes: without a network
#   expect CODE WORDS…                   the same; with another exit code the test ends, and what was said is shown
#
# EVENKEEL_CHROOT names a bookworm made by `debootstrap --variant=minbase`, which is copied and not touched; without it one is made beside
# BINARY and kept for the next time.

skip() { # exit 77: ctest calls that skipped
  echo "skipped: $1"
  exit 77
}

needs_bookworm() {
  local binary=$1 program
  shift
  [ "${EVENKEEL_TIER:-}" = full ] || skip "only in the full tier (EVENKEEL_TIER=full, tests/run.sh --full)"
  [ "$(id -u)" -eq 0 ] || skip "a chroot needs root"
  for program in debootstrap unshare "$@"; do command -v "$program" >/dev/null || skip "there is no $program"; done
  mkdir -p "$binary"
  said=$binary/said.log
  local base=${EVENKEEL_CHROOT:-$(dirname "$binary")/bookworm}
  unshare --pid --fork --mount true 2>/dev/null || skip "this machine gives no namespaces"
  exec 9>"$(dirname "$binary")/bookworm.lock"
  flock 9
  if [ ! -e "$base/etc/debian_version" ]; then
    rm -rf "$base.part"
    debootstrap --variant=minbase bookworm "$base.part" >"$binary/debootstrap.log" 2>&1 || skip "debootstrap reached no mirror ($binary/debootstrap.log)"
    mv "$base.part" "$base"
  fi
  exec 9>&-
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  cp -a --reflink=auto "$base/." "$root"
  expect 0 apt-get update
}

inside() { unshare --pid --fork --mount-proc="$root/proc" ${offline:+--net} chroot "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

expect() {
  local wanted=$1 code=0
  shift
  inside "$@" >"$said" 2>&1 || code=$?
  [ "$code" -eq "$wanted" ] || { echo "$*: exit code $code, not $wanted"; tail -20 "$said"; exit 1; }
}

# The example fleet in /tmp/fleet.
put_fleet() {
  cp -r "$1/examples/incident/fleet" "$root/tmp/fleet"
  sqlite3 "$root/tmp/fleet/dispatch.sqlite" <"$root/tmp/fleet/dispatch.sql"
}
