#!/usr/bin/env bash
# debian.sh SOURCE TREE BINARY: makes the Debian packages of the built TREE, looks at them with lintian, and installs and uses them in a bare
# bookworm: the program on the example fleet, and C and C++ consumers written against the installed files alone. Exit 77 skips, and says why.
set -euo pipefail
source=$1 tree=$2 binary=$3
source "$source/tests/package/bookworm.sh"
needs_bookworm "$binary" dpkg-shlibdeps lintian sqlite3

rm -rf "$binary/packages" && mkdir "$binary/packages"
cpack -G DEB --config "$tree/CPackConfig.cmake" -B "$binary/packages" >"$binary/cpack.log" 2>&1 || { cat "$binary/cpack.log"; exit 1; }
rm -rf "$binary/packages/_CPack_Packages"
ls -l "$binary/packages"/*.deb
# These are no part of Debian, so no bug asked for them; that ldconfig is called twice is CPack's. A tree that is not configured for /usr has
# no folder of the architecture; tests/run.sh --full configures it so.
suppressed=initial-upload-closes-no-bugs,maintscript-calls-ldconfig
grep -q '^CMAKE_INSTALL_PREFIX:PATH=/usr$' "$tree/CMakeCache.txt" || suppressed+=,pkg-config-unavailable-for-cross-compilation
lintian --fail-on error,warning --allow-root "$binary/packages"/*.deb --suppress-tags "$suppressed"

cp "$binary/packages"/*.deb "$root/tmp"
cp -r "$source/tests/consume" "$root/tmp/consume"
put_fleet "$source"
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
