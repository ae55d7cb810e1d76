#!/usr/bin/env bash
# A server that speaks as DynamoDB does, for the tests: dynalite, in the versions of dynalite/package-lock.json. It keeps everything in memory,
# believes every signature, knows no transactions, and shows no item where a condition does not hold.
#
#   bash tests/contract/dynalite.sh install              fetches it with npm into build/dynalite, where it is not there yet
#   bash tests/contract/dynalite.sh start FOLDER [PORT]  installs it and prints the endpoint when it answers, loopback alone
#   bash tests/contract/dynalite.sh stop FOLDER          ends what was started, and removes the folder
set -euo pipefail
here=$(realpath "$(dirname "$0")")
installed=$here/../../build/dynalite

install() {
  cmp -s "$here/dynalite/package-lock.json" "$installed/package-lock.json" && [ -d "$installed/node_modules/dynalite" ] && return 0
  mkdir -p "$installed"
  cp "$here"/dynalite/package*.json "$installed"
  if ! (cd "$installed" && npm ci --no-audit --no-fund --ignore-scripts) >"$installed/npm.log" 2>&1; then
    cat "$installed/npm.log" >&2
    echo "dynalite.sh: npm could not fetch it; its words stand above" >&2
    rm -rf "$installed"
    return 1
  fi
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

start() {
  install
  if answers; then echo "dynalite.sh: something answers on port $port already; give another one, or stop it" >&2; return 1; fi
  mkdir -p "$folder"
  # It does not know --folder: that is how it is found again.
  setsid node "$installed/node_modules/dynalite/cli.js" --host 127.0.0.1 --port "$port" --createTableMs 0 --deleteTableMs 0 --folder "$folder" \
    >"$folder/log" 2>&1 </dev/null &
  for _ in $(seq 100); do
    if answers; then echo "http://127.0.0.1:$port"; return 0; fi
    sleep 0.1
  done
  cat "$folder/log" >&2
  echo "dynalite.sh: it does not answer on port $port" >&2
  return 1
}

stop() {
  while pkill -KILL -f -- " --folder $folder\$"; do sleep 0.1; done
  rm -rf "$folder"
}

usage() { echo "dynalite.sh: install, start FOLDER [PORT], or stop FOLDER" >&2; exit 64; }
[ $# -ge 1 ] || usage
[ "$1" != install ] || { install; exit; }
[ $# -ge 2 ] || usage
folder=$(realpath -m "$2") port=${3:-4567}
case "$1" in
  start) start ;;
  stop) stop ;;
  *) usage ;;
esac
