#!/usr/bin/env bash
# Starts and stops the throw-away Postgres and Redis that tests and benchmarks use: services.sh start|stop DIRECTORY
# [durable]. `start` writes DIRECTORY/env to be sourced. Both listen on Unix sockets only. Refuses root: Postgres does too.
# `durable` keeps fsync on, as in production; tests go without it.
set -euo pipefail

command=${1:?start or stop}
directory=${2:?a directory of its own}
durable=off
if [ "${3:-}" = durable ]; then durable=on; fi
postgres_bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin | sort -V | tail -n 1)

start() {
  [ "$(id -u)" != 0 ] || { echo "services.sh: run me as an ordinary user; Postgres refuses root" >&2; exit 1; }
  mkdir -p "$directory"
  cd "$directory"
  "$postgres_bin/initdb" -D pg -U greenroom -A trust --no-sync -E UTF8 --locale=C.UTF-8 >initdb.log
  cat >>pg/postgresql.conf <<CONF
listen_addresses = ''
unix_socket_directories = '$directory'
fsync = $durable
synchronous_commit = $durable
full_page_writes = $durable
shared_buffers = 64MB
max_connections = 300
CONF
  "$postgres_bin/pg_ctl" -D pg -l pg.log -w start >/dev/null
  redis-server --port 0 --unixsocket "$directory/redis.sock" --dir "$directory" --save '' --appendonly no \
    --daemonize yes --pidfile "$directory/redis.pid" --logfile "$directory/redis.log" >/dev/null
  cat >./env <<ENV
export GREENROOM_TEST_PG="host=$directory user=greenroom dbname=postgres"
export GREENROOM_TEST_REDIS="$directory/redis.sock"
ENV
}

stop() {
  cd "$directory"
  "$postgres_bin/pg_ctl" -D pg -m immediate -w stop >/dev/null || true
  [ ! -f redis.pid ] || kill "$(cat redis.pid)" 2>/dev/null || true
}

case $command in
  start) start ;;
  stop) stop ;;
  *) echo "services.sh: start or stop" >&2; exit 2 ;;
esac
