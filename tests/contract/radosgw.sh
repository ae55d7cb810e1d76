#!/usr/bin/env bash
# A real S3 server for the tests: radosgw of Debian 12 over one monitor, one manager and one object daemon that keeps everything in memory.
#
#   bash tests/contract/radosgw.sh start FOLDER [PORT]   prints the endpoint when it answers; as root, about 20 s, loopback alone
#   bash tests/contract/radosgw.sh stop FOLDER           ends what was started, and removes the folder
#
# Its one user has the key RGWTESTKEY with the secret RGWTESTSECRET.
set -Eeuo pipefail

# eventually COMMAND…: until it succeeds, a hundred times at most. A ceph that finds no monitor does not come back by itself.
eventually() {
  for _ in $(seq 100); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    sleep 0.3
  done
  echo "radosgw.sh: gave up on: $*" >&2
  return 1
}

write_configuration() {
  cat >"$folder/ceph.conf" <<END
[global]
fsid = $1
mon host = [v1:$monitor]
mon initial members = a
auth cluster required = none
auth service required = none
auth client required = none
public network = 127.0.0.0/8
ms bind msgr2 = false
run dir = $folder/run
admin socket = $folder/run/\$name.asok
pid file = $folder/run/\$name.pid
log file = $folder/log/\$name.log
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
[mon.a]
mon data = $folder/mon
mon addr = $monitor
[mgr.x]
mgr data = $folder/mgr
[osd.0]
osd data = $folder/osd
osd objectstore = memstore
memstore device bytes = 1073741824
[client.rgw]
rgw data = $folder/rgw
rgw frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
END
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
tell_why() { tail -n 5 "$folder"/log/* >&2; }

start() {
  local id osd
  for id in "$port" "$((port + 1))"; do
    if answers "$id"; then echo "radosgw.sh: something answers on port $id already; give another one, or stop it" >&2; return 1; fi
  done
  trap tell_why ERR
  id=$(cat /proc/sys/kernel/random/uuid)
  osd=$(cat /proc/sys/kernel/random/uuid)
  mkdir -p "$folder"/{mon,mgr,osd,rgw,run,log}
  write_configuration "$id"
  monmaptool --create --clobber --fsid "$id" --addv a "[v1:$monitor]" "$folder/map" >/dev/null
  ceph-mon "${with[@]}" --mkfs -i a --monmap "$folder/map"
  ceph-mon "${with[@]}" -i a -f >"$folder/log/mon.out" 2>&1 &
  eventually timeout 3 ceph "${with[@]}" -s
  ceph-mgr "${with[@]}" -i x -f >"$folder/log/mgr.out" 2>&1 &
  timeout 60 ceph "${with[@]}" osd new "$osd" 0 >/dev/null
  ceph-osd "${with[@]}" -i 0 --mkfs --osd-uuid "$osd" --no-mon-config >"$folder/log/mkfs.out" 2>&1
  ceph-osd "${with[@]}" -i 0 -f >"$folder/log/osd.out" 2>&1 &
  eventually is_up
  timeout 60 radosgw-admin "${with[@]}" -n client.rgw user create --uid=test --display-name=test --access-key=RGWTESTKEY --secret-key=RGWTESTSECRET \
    >"$folder/user.json" 2>"$folder/log/admin.out"
  radosgw "${with[@]}" -n client.rgw -f >"$folder/log/rgw.out" 2>&1 &
  eventually answers "$port"
  echo "http://127.0.0.1:$port"
}
is_up() { timeout 3 ceph "${with[@]}" osd stat | grep -q '1 up'; }

stop() {
  # Found by what they read, for a number may be another process's by now. All of it is in memory.
  while pkill -KILL -f -- " -c $folder/ceph.conf "; do sleep 0.1; done
  rm -rf "$folder"
}

[ $# -ge 2 ] || { echo "radosgw.sh: start FOLDER [PORT], or stop FOLDER" >&2; exit 64; }
folder=$(realpath -m "$2") port=${3:-7480}
monitor=127.0.0.1:$((port + 1))
with=(-c "$folder/ceph.conf")
case "$1" in
  start) start ;;
  stop) stop ;;
  *) echo "radosgw.sh: start or stop, not '$1'" >&2; exit 64 ;;
esac
