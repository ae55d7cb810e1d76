#!/usr/bin/env bash
# run.sh SOURCE TREE BINARY: makes the Debian packages of the built TREE, looks at them with lintian, and installs and uses them in a bare bookworm: the
# program on the example fleet, and a C and a C++ consumer written against the installed files alone. Exit 77 skips, and says why.
#
# EVENKEEL_CHROOT names a bookworm made by `debootstrap --variant=minbase`, which is copied and not touched; without it one is made in BINARY
# and kept for the next time.
set -euo pipefail
source=$1 tree=$2 binary=$3
skip() { echo "skipped: $1"; exit 77; }
[ "${EVENKEEL_TIER:-}" = full ] || skip "only in the full tier (EVENKEEL_TIER=full, tests/run.sh --full)"
[ "$(id -u)" -eq 0 ] || skip "a chroot needs root"
for program in dpkg-shlibdeps debootstrap; do command -v $program >/dev/null || skip "there is no $program"; done
mkdir -p "$binary"

rm -rf "$binary/packages" && mkdir "$binary/packages"
cpack -G DEB --config "$tree/CPackConfig.cmake" -B "$binary/packages" >"$binary/cpack.log" 2>&1 || { cat "$binary/cpack.log"; exit 1; }
rm -rf "$binary/packages/_CPack_Packages"
ls -l "$binary/packages"/*.deb
if command -v lintian >/dev/null; then
  # These are no part of Debian, so no bug asked for them; that ldconfig is called twice is CPack's; a tree that is not configured for /usr has
  # no folder of the architecture.
  lintian --fail-on error,warning --allow-root "$binary/packages"/*.deb \
    --suppress-tags initial-upload-closes-no-bugs,maintscript-calls-ldconfig,pkg-config-unavailable-for-cross-compilation
fi

base=${EVENKEEL_CHROOT:-$binary/bookworm}
if [ ! -e "$base/etc/debian_version" ]; then
  rm -rf "$base.part"
  debootstrap --variant=minbase bookworm "$base.part" >"$binary/debootstrap.log" 2>&1 || skip "debootstrap reached no mirror ($binary/debootstrap.log)"
  mv "$base.part" "$base"
fi
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cp -a --reflink=auto "$base/." "$root"
cp "$binary/packages"/*.deb "$root/tmp"
cp -r "$source/examples/incident/fleet" "$root/tmp/fleet"
cp -r "$source/tests/consume" "$root/tmp/consume"
python3 - "$root/tmp/fleet" <<'PYTHON'
import pathlib, sqlite3, sys
folder = pathlib.Path(sys.argv[1])
database = sqlite3.connect(folder / "dispatch.sqlite")
database.executescript((folder / "dispatch.sql").read_text())
database.close()
PYTHON
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
expect() { # expect CODE WORDS…: the program's exit code
  local wanted=$1 code=0
  shift
  inside "$@" >"$binary/said.log" 2>&1 || code=$?
  [ "$code" -eq "$wanted" ] || { echo "$*: exit code $code, not $wanted"; tail -20 "$binary/said.log"; exit 1; }
}
expect 0 apt-get update
expect 0 sh -c 'apt-get install -y --no-install-recommends /tmp/evenkeel_*.deb'
expect 0 evenkeel doctor /tmp/fleet
expect 2 evenkeel audit /tmp/fleet
expect 2 evenkeel plan /tmp/fleet --out /tmp/plan.json
expect 3 evenkeel apply /tmp/fleet /tmp/plan.json --approve all --by package-test
expect 3 evenkeel verify /tmp/fleet
[ ! -e "$root/tmp/fleet/site/g/2026-05-30-jonathan-afternoon.html" ]
expect 0 sh -c 'apt-get install -y --no-install-recommends /tmp/libevenkeel*.deb g++ cmake ninja-build'
for consumer in find_package c; do
  expect 0 cmake -G Ninja -S /tmp/consume/$consumer -B /tmp/build-$consumer
  expect 0 cmake --build /tmp/build-$consumer
  expect 0 /tmp/build-$consumer/consumer
done
expect 0 sh -c 'cc -std=c99 /tmp/consume/c/main.c $(pkg-config --cflags --libs evenkeel) -o /tmp/by-pkg-config && /tmp/by-pkg-config'
expect 0 sh -c 'apt-get purge -y evenkeel libevenkeel0 libevenkeel-dev && ! ls /usr/share/evenkeel /usr/include/evenkeel /usr/share/doc/evenkeel 2>/dev/null'
echo "packages: installed, used and removed in a bare bookworm"
