#!/usr/bin/env bash
# Keeps one service running: keep.sh NAME PROGRAM. Starts it again a second after it died; TERM ends both.
set -u
name=$1 program=$2
child=''
trap 'stopping=1; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null' TERM INT
stopping=''
while [ -z "$stopping" ]; do
  rm -f "$GREENROOM_STATE/run/$name.ready"
  "$program" &
  child=$!
  wait "$child"
  status=$?
  # A trapped signal ends `wait` early; wait again for the child itself.
  while kill -0 "$child" 2>/dev/null; do wait "$child"; status=$?; done
  [ -n "$stopping" ] && break
  echo "keep: $name ended with status $status; starting it again" >&2
  sleep 1 &
  wait $!
done
