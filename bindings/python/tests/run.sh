#!/usr/bin/env bash
# bash bindings/python/tests/run.sh LIBRARY PROGRAM FOLDER [PYTEST ARGUMENTS]
# Packs a wheel into FOLDER, installs it into a fresh environment there without any index, and tests what was installed.
# EVENKEEL_READ_BENCHMARK: the program read_benchmark; without it speed is not tested.
# EVENKEEL_PRELOAD: the runtime of the sanitizer that LIBRARY was built with; its malloc sees what freed memory is used for.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-/usr/bin/python3}
for module in cffi setuptools wheel pip pytest venv pandas; do
  "$python" -c "import $module" 2>/dev/null || { echo "skipped: $python has no $module; source examples/install.sh; evenkeel_install tests"; exit 77; }
done
command -v patchelf >/dev/null || { echo "skipped: there is no patchelf; source examples/install.sh; evenkeel_install tests"; exit 77; }

rm -rf "$3/wheel" "$3/venv"
PYTHON=$python bash "$here/../wheel.sh" "$1" "$2" "$3/wheel"
"$python" -m venv --system-site-packages "$3/venv"
"$3/venv/bin/pip" install --quiet --no-index --no-compile "$3"/wheel/evenkeel-*.whl
interpreter=$(realpath "$3")/venv/bin/python
shift 3
cd "$here"
export LD_PRELOAD=${EVENKEEL_PRELOAD:-}
# Freed memory is filled, so that what C was given and Python has freed is not taken for what it was.
PYTHONMALLOC=${EVENKEEL_PRELOAD:+malloc}
PYTHONMALLOC=${PYTHONMALLOC:-debug} PYTHONDONTWRITEBYTECODE=1 exec "$interpreter" -m pytest -q -p no:cacheprovider "$@"
