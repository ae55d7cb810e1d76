#!/usr/bin/env bash
# A publish script that cannot make a second page, lose a feature, bring back an old time or write over somebody else's work.
#
#   publish.sh FLEET FILE KEY DATE GUEST COPY…
#
# COPY… is the command that uploads, with FILE and KEY added to it, for example:  aws s3 cp --content-type text/html
set -euo pipefail

fleet=$1 file=$2 key=$3 date=$4 guest=$5
shift 5
me="publish-$(hostname)-$$"  # one name for each script that may run at once

# 2: the booking exists. 0: it does not, and nobody else may create it for a quarter of an hour. Everything else is for a person.
code=0
found=$(evenkeel find "$fleet" --date "$date" --guest "$guest" --reserve --holder "$me" --json) || code=$?
if [ "$code" -eq 2 ]; then
  booking=$(printf '%s' "$found" | python3 -c 'import json, sys; print(json.load(sys.stdin)["bookings"][0]["booking"])')
  evenkeel lease "$fleet" "$booking" --holder "$me" >&2  # 4: somebody else is changing it
  trap 'evenkeel lease "$fleet" "$booking" --holder "$me" --release >&2' EXIT
elif [ "$code" -ne 0 ]; then
  evenkeel find "$fleet" --date "$date" --guest "$guest" >&2 || true
  exit "$code"
fi

evenkeel guard "$fleet" "$file" --key "$key" --holder "$me" >&2  # 3: it says why not, and what to do instead
trap - EXIT  # an upload that fails may still arrive: then the lease is left to run out, and whoever is next fences it off
"$@" "$file" "$key"
[ "$code" -ne 2 ] || evenkeel lease "$fleet" "$booking" --holder "$me" --release >&2
