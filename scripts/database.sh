# shellcheck shell=bash disable=SC2154  # names come from layout.sh
# The private Postgres and Redis of `up`. Sourced after layout.sh.

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

need_port() {
  port_is_free "$2" || stop_with "Port $2 is in use by another program. Stop it, or choose another port: $3=NUMBER ./dev up"
}

postgres_is_running() { as_user "$service_user" "$postgres_bin/pg_ctl" -D "$state/postgres" status >/dev/null 2>&1; }

# Under another name until it is whole: a machine that stops meanwhile leaves nothing that looks like a cluster.
make_cluster() {
  local new=$state/postgres.new
  rm -rf "$new"
  run_quietly "$logs/initdb.log" as_user "$service_user" "$postgres_bin/initdb" -D "$new" -U greenroom_owner \
    --auth=scram-sha-256 --pwfile="$secrets/database-owner" -E UTF8 --locale=C.UTF-8
  cat >>"$new/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$run'
max_connections = 60
shared_buffers = 32MB
wal_compression = lz4
CONF
  rm -rf "$state/postgres"
  mv -T "$new" "$state/postgres"
}

start_postgres() {
  if postgres_is_running; then return; fi
  if [ ! -s "$state/postgres/PG_VERSION" ]; then
    step "Making a private Postgres cluster"
    secret database-owner >/dev/null
    make_cluster
  fi
  sed -i '/^port = /d' "$state/postgres/postgresql.conf"
  echo "port = $postgres_port" >>"$state/postgres/postgresql.conf"
  run_quietly "$logs/pg_ctl.log" as_user "$service_user" "$postgres_bin/pg_ctl" -D "$state/postgres" -l "$logs/postgres.log" -w start
}

# owner COMMAND…: runs it with the rights of the database's owner; the password is in the environment only.
owner() {
  PGPASSWORD=$(secret database-owner) PGHOST=$run PGPORT=$postgres_port PGUSER=greenroom_owner PGDATABASE=${PGDATABASE:-greenroom} "$@"
}

make_database() {
  PGDATABASE=postgres owner psql -X -qAt -v ON_ERROR_STOP=1 -c "SELECT 1 FROM pg_database WHERE datname = 'greenroom'" | grep -q 1 ||
    PGDATABASE=postgres owner psql -X -q -v ON_ERROR_STOP=1 -c 'CREATE DATABASE greenroom'
}

start_redis() {
  is_running redis && return
  mkdir -p "$state/redis"
  local hash
  hash=$(secret redis | tr -d '\n' | sha256sum | cut -d' ' -f1)
  (
    umask 077
    cat >"$state/redis/users.acl" <<ACL
user default off
user greenroom on #$hash ~greenroom:* &greenroom:* +@all -@dangerous -@admin
ACL
    cat >"$state/redis/redis.conf" <<CONF
bind 127.0.0.1
port $redis_port
unixsocket $run/redis.sock
unixsocketperm 777
dir $state/redis
aclfile $state/redis/users.acl
appendonly yes
maxmemory 256mb
maxmemory-policy noeviction
daemonize yes
pidfile $run/redis.pid
logfile $logs/redis.log
CONF
  )
  if is_root; then chown -R "$service_user" "$state/redis"; fi
  run_quietly "$logs/redis-start.log" as_user "$service_user" redis-server "$state/redis/redis.conf"
}

stop_postgres() {
  [ -s "$state/postgres/postmaster.pid" ] || return 0
  local pid waited=0
  pid=$(head -n 1 "$state/postgres/postmaster.pid")
  as_user "$service_user" "$postgres_bin/pg_ctl" -D "$state/postgres" -m fast -w stop >/dev/null 2>&1 || true
  # Its pid file goes a moment before the process does.
  while [ "$waited" -lt 50 ] && [ -e "/proc/$pid" ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
}
