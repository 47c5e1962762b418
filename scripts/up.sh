#!/usr/bin/env bash
# ./dev up: from a bare machine to a running Greenroom with a practice repository. A second run takes seconds.
# --detach goes on in the background; --programs FOLDER takes programs that are built already; --without-tools stays with
# Debian's own linters and asks no package index.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
source scripts/cgroup.sh

foreground='' programs='' newer_tools=1
[ -t 0 ] && [ -t 1 ] && foreground=1
while [ $# -gt 0 ]; do
  case $1 in
    --detach) foreground='' ;;
    --without-tools) newer_tools='' ;;
    --programs)
      [ -x "${2:-}/greenroom-bot" ] || stop_with "--programs needs the folder of programs that are built, such as build/dev/bin"
      programs=$(realpath "$2")
      shift
      ;;
    *) stop_with "'up' does not know '$1'. ./dev --help lists what it takes." ;;
  esac
  shift
done

need_packages build run job
source scripts/layout.sh
source scripts/database.sh
source scripts/configure.sh

make_folders() {
  if is_root; then need_user greenroom; need_user greenroom-runner; fi
  mkdir -p "$state" "$app" "$run" "$logs" "$secrets" "$config" "$state/git" "$state/runner" ||
    stop_with "Cannot write to $state. Choose another folder: GREENROOM_STATE=FOLDER ./dev up"
  [ "$(df --output=avail -k "$state" | tail -n 1)" -gt 1000000 ] ||
    stop_with "Less than 1 GB is free where $state lies. Free some space, or choose another folder: GREENROOM_STATE=FOLDER ./dev up"
  chmod 700 "$secrets"
  if is_root; then
    chown "$service_user" "$secrets" "$config" "$state/git"
    chown "$runner_user" "$state/runner"
    chmod 700 "$state/runner"  # what strangers' packages and jobs leave there is nobody else's to reach
    chmod 711 "$config"
    chmod 1777 "$run" "$logs"
    chown "$service_user" "$state"
  fi
}

build_programs() {
  [ -z "$programs" ] || return 0
  step "Building a release (the first time takes a few minutes)"
  run_showing "$logs/configure.log" cmake --preset release
  run_showing "$logs/build.log" cmake --build build/release
  programs=build/release/bin
}

install_programs() {
  local fresh=$app.new
  rm -rf "$fresh"
  mkdir -p "$fresh/bin"
  cp "$programs"/* scripts/keep.sh "$fresh/bin/"
  cp -r templates "$fresh/templates"
  chmod -R a+rX "$fresh"
  # Programs that run keep their old files; the new ones take the name at once.
  rm -rf "$app.old"
  mv "$app" "$app.old"
  mv "$fresh" "$app"
  rm -rf "$app.old"
  # For everyone on this machine: greenroom check, in any working tree. A link that is not ours is left alone.
  local link=/usr/local/bin/greenroom
  if is_root && { [ ! -e $link ] || [ "$(readlink $link)" = "$app/bin/greenroom" ]; }; then
    ln -sfn "$app/bin/greenroom" $link
  fi
}

wait_ready() {
  local waited=0
  while [ ! -e "$run/$1.ready" ]; do
    is_running "$1" || stop_with "The $1 service did not start. Its log ends with: $(tail -n 1 "$logs/$1.log")"
    [ $waited -lt 300 ] || stop_with "The $1 service is not ready after 30 seconds; see $logs/$1.log"
    sleep 0.1
    waited=$((waited + 1))
  done
}

start_service() {
  is_running "$1" && return
  rm -f "$run/$1.ready"
  : >>"$logs/$1.log"
  if is_root; then chown "$(user_of "$1")" "$logs/$1.log"; fi
  delegate_to "$1"
  # A session of its own: Ctrl-C reaches this script, which then stops the services in order.
  { join_of "$1" && exec_as "$(user_of "$1")" env -i PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 HOME=/nonexistent GREENROOM_STATE="$state" \
    GREENROOM_CONFIG="$config/$1.yml" setsid "$app/bin/keep.sh" "$1" "$app/bin/greenroom-$1"; } >>"$logs/$1.log" 2>&1 </dev/null &
  echo $! >"$run/$1.pid"
  birth_of $! >"$run/$1.birth" || true
}

# The runner alone gets a control group of its own: its jobs are then limited as wholes.
delegate_to() {
  if [ "$1" != runner ] || ! is_root; then return; fi
  delegate_group "$runner_group" "$runner_user" "$state/runner.cgroup" ||
    note "This machine gives the runner no control group: memory and processes are limited per process, not per job."
}
join_of() { [ ! -e "$state/$1.cgroup" ] || join_group "$state/$1.cgroup"; }

need_ports() {
  need_if_down webhook "$webhook_port" GREENROOM_WEBHOOK_PORT
  need_if_down dashboard "$dashboard_port" GREENROOM_DASHBOARD_PORT
  need_if_down redis "$redis_port" GREENROOM_REDIS_PORT
  postgres_is_running || need_port Postgres "$postgres_port" GREENROOM_POSTGRES_PORT
}
need_if_down() { is_running "$1" || need_port "$1" "$2" "$3"; }

start_services() {
  step "Starting webhook, bot, runner and dashboard"
  for name in "${services[@]}"; do start_service "$name"; done
  for name in "${services[@]}"; do wait_ready "$name"; done
}
# What this run started does not outlive its failure. A Greenroom that ran before is left alone.
after_failure() {
  local status=$?
  [ $status = 0 ] || [ -n "$ran_before" ] || bash scripts/down.sh >/dev/null
  exit $status
}

stop_everything() {
  trap - INT TERM
  echo
  bash scripts/down.sh
  exit 0
}

make_folders
ran_before=''
if postgres_is_running; then ran_before=yes; fi
need_ports
trap after_failure EXIT
trap 'exit 130' INT TERM
build_programs
install_programs
[ -z "$newer_tools" ] || install_tools "$state/tools" "$logs/tools.log" ||
  note "The Python package index did not answer: Debian's flake8, pylint, mypy, black, isort and pytest are used."
start_postgres
start_redis
make_database
write_configs
step "Bringing the database up to date"
role_passwords | as_user "$service_user" env GREENROOM_CONFIG="$config/admin.yml" "$app/bin/greenroom" migrate --roles
start_services
step "Preparing the practice repository"
admin seed --practice "$GREENROOM_ROOT/practice"

step "Greenroom is ready."
note "Dashboard   $(dashboard_address)"
note "Sign in     $(admin sign-in-link ben)"
note "Practice    $(dashboard_address)/git/practice/shotlist.git"
note "First go    ./dev demo"
if [ -n "$foreground" ]; then
  keeper=$(cat "$run/dashboard.pid")
  trap stop_everything INT TERM
  note "Ctrl-C stops everything."
  # Builtins only: a foreground command would die of the same Ctrl-C, and its failure could end bash before the trap runs.
  while kill -0 "$keeper" 2>/dev/null; do
    sleep 1 &
    wait $! || true
  done
  stop_everything  # the dashboard was stopped from another terminal
else
  note "./dev down stops everything."
fi
