#!/usr/bin/env bash
# python.sh SOURCE TREE BINARY: packs the wheel of the built TREE and does in a bare bookworm what bindings/python/README.md says to a newcomer: pip
# without a network, the two lines, the program; and then the same by Debian's own python3-installer. Exit 77 skips, and says why.
set -euo pipefail
source=$1 tree=$2 binary=$3
source "$source/tests/package/bookworm.sh"
needs_bookworm "$binary" patchelf sqlite3

rm -rf "$binary/wheel"
bash "$source/bindings/python/wheel.sh" "$tree/capi/libevenkeel.so" "$tree/examples/evenkeel" "$binary/wheel"
mkdir -p "$root/tmp/build/release" && cp -r "$binary/wheel" "$root/tmp/build/release"
put_fleet "$source"
cp "$source/examples/incident/fleet/site/g/2026-05-30-jonathan-sunset.html" "$root/tmp/page.html"
cp "$source/examples/python/own_stores.py" "$root/tmp"
# The first block of each kind in the README: how to install, and the two lines.
readme=$source/bindings/python/README.md
grep -E '^    ' "$readme" | head -2 | sed 's/^    //' >"$root/tmp/install.sh"
grep -q 'pip install --no-index' "$root/tmp/install.sh"
sed -n '/^```python$/,/^```$/p' "$readme" | sed -n '2,/^```$/p' | grep -v '^```$' >"$root/tmp/two_lines.py"
[ "$(wc -l <"$root/tmp/two_lines.py")" -eq 2 ]

expect 0 apt-get install -y --no-install-recommends python3-cffi python3-venv python3-installer
expect 1 sh -c 'ldconfig -p | grep -E "gumbo|libical|libdate|libicu"'  # what the wheel carries is not here otherwise
without_network() { # CODE 'COMMAND'
  local offline=yes
  expect "$1" sh -c "cd /tmp && $2"
}
without_network 0 'sh -e install.sh'
without_network 0 'venv/bin/python two_lines.py | grep -q "4:30"'
without_network 2 'venv/bin/evenkeel audit fleet'
without_network 2 'venv/bin/python -m evenkeel audit fleet'
without_network 3 'venv/bin/python own_stores.py fleet'
without_network 0 'python3 -m installer build/release/wheel/*.whl'
without_network 0 'python3 two_lines.py | grep -q "4:30"'
without_network 2 'evenkeel audit fleet'
echo "wheel: installed twice and used in a bare bookworm"
