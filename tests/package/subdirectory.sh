#!/usr/bin/env bash
# subdirectory.sh SOURCE BINARY: in a bare bookworm, with what examples/install.sh installs there and nothing else, a project that has Evenkeel
# inside by add_subdirectory is built and run. Exit 77 skips, and says why.
set -euo pipefail
source=$1 binary=$2
source "$source/tests/package/bookworm.sh"
needs_bookworm "$binary"
mkdir "$root/tmp/evenkeel"
(cd "$source" && cp -r CMakeLists.txt include src capi "$root/tmp/evenkeel")
mkdir -p "$root/tmp/evenkeel/examples" && cp "$source/examples/install.sh" "$root/tmp/evenkeel/examples"
cp -r "$source/tests/consume" "$root/tmp/consume"
expect 0 bash -c 'source /tmp/evenkeel/examples/install.sh && evenkeel_install build'
expect 0 cmake -G Ninja -S /tmp/consume/add_subdirectory -B /tmp/build -DEVENKEEL_SOURCE=/tmp/evenkeel -DEVENKEEL_PRECOMPILE=ON -DCMAKE_BUILD_TYPE=Debug \
  -DCMAKE_CXX_FLAGS_DEBUG=-O0
expect 0 cmake --build /tmp/build
expect 0 /tmp/build/consumer
expect 0 /tmp/build/consumer_c
echo "add_subdirectory: built and run in a bare bookworm"
