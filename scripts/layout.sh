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

# After a restart of the machine the number in a pid file may be another program's: the name is asked too.
# Until it becomes the program, what `up` has just started is still called as `up` is.
is_running() {
  [ -s "$run/$1.pid" ] && tr '\0' ' ' 2>/dev/null <"/proc/$(cat "$run/$1.pid")/cmdline" | grep -q -e "$1" -e 'scripts/up\.sh'
}

# stop_pid NAME SECONDS: TERM, wait, KILL.
stop_pid() {
  local pid
  is_running "$1" || { rm -f "$run/$1.pid"; return 0; }
  pid=$(cat "$run/$1.pid")
  kill "$pid" 2>/dev/null || true
  local waited=0
  while kill -0 "$pid" 2>/dev/null && [ $waited -lt $(($2 * 10)) ]; do sleep 0.1; waited=$((waited + 1)); done
  kill -KILL "$pid" 2>/dev/null || true
  rm -f "$run/$1.pid" "$run/$1.ready"
}
