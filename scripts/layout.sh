# shellcheck shell=bash disable=SC2034  # read by the scripts that source it
# Where `up` keeps things, which ports it uses, and who may read what. Sourced after machine.sh.

state=$GREENROOM_STATE
if is_root; then service_user=greenroom runner_user=greenroom-runner; else service_user=$(id -un) runner_user=$service_user; fi

dashboard_port=${GREENROOM_DASHBOARD_PORT:-8080}
webhook_port=${GREENROOM_WEBHOOK_PORT:-8081}
postgres_port=${GREENROOM_POSTGRES_PORT:-15432}
redis_port=${GREENROOM_REDIS_PORT:-16379}

app=$state/app          # the installed programs and templates
run=$state/run          # pid files, ready files, the Unix sockets
logs=$state/log
secrets=$state/secrets  # one file each, readable by the service user only
config=$state/config    # one file a service, readable by that service's user only
services=(webhook bot runner dashboard)

postgres_bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)

# One for each state folder, so that two Greenrooms on a machine have nothing in common.
runner_group=greenroom-$(printf %s "$state" | cksum | cut -d' ' -f1)

user_of() { if [ "$1" = runner ]; then echo "$runner_user"; else echo "$service_user"; fi; }

# secret NAME: prints the secret of that name, made on first use.
secret() {
  local file=$secrets/$1
  if [ ! -s "$file" ]; then
    (umask 077 && od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$file.new" && mv "$file.new" "$file")
    if is_root; then chown "$service_user" "$file"; fi
  fi
  cat "$file"
}

# birth_of PID: what no other process is told by, ever: its number, and when it began in which run of the machine.
birth_of() {
  local line words
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  read -ra words <<<"${line##*) }"  # from the third field on; the 22nd is the start
  echo "$1 $(</proc/sys/kernel/random/boot_id) ${words[19]}"
}

# is_running NAME: whether the process of its pid file is the one that was started. The number alone may be a stranger's
# by now. Redis writes its own pid file, and a start that was cut off left no birth: these are told by their command.
is_running() {
  local pid birth='' words
  [ -s "$run/$1.pid" ] || return 1
  pid=$(<"$run/$1.pid")
  [ ! -s "$run/$1.birth" ] || birth=$(<"$run/$1.birth")
  if [ "${birth%% *}" = "$pid" ]; then
    [ "$(birth_of "$pid")" = "$birth" ]
    return
  fi
  { mapfile -d '' -t words <"/proc/$pid/cmdline"; } 2>/dev/null || return 1
  case "$1 ${words[*]} " in
    "redis redis-server 127.0.0.1:$redis_port "*) ;;
    "$1 bash $app/bin/keep.sh $1 $app/bin/greenroom-$1 ") ;;
    *) return 1 ;;
  esac
}

# stop_pid NAME SECONDS: TERM, wait, KILL.
stop_pid() {
  local waited=0
  if is_running "$1"; then kill "$(<"$run/$1.pid")" 2>/dev/null || true; fi
  while is_running "$1"; do
    if [ $waited -ge $(($2 * 10)) ]; then
      kill -KILL "$(<"$run/$1.pid")" 2>/dev/null || true
      break
    fi
    sleep 0.1
    waited=$((waited + 1))
  done
  rm -f "$run/$1.pid" "$run/$1.birth" "$run/$1.ready"
}
