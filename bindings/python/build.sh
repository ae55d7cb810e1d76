#!/usr/bin/env bash
# bash bindings/python/build.sh   installs what is missing (Debian 12, as root or with sudo), builds, and leaves the wheel in build/release/wheel
set -euo pipefail
cd "$(dirname "$0")/../.."
source examples/install.sh
evenkeel_install python
cmake --preset release
cmake --build --preset release -j "$(nproc)" --target wheel
ls "$PWD"/build/release/wheel/*.whl
