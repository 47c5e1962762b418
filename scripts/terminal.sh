# shellcheck shell=bash
# How the scripts speak: one line a step, one clear sentence on failure. Sourced, never run.

if [ -t 1 ]; then dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'; else dim='' green='' red='' plain=''; fi

step() { printf '%s•%s %s\n' "$green" "$plain" "$*"; }
note() { printf '  %s%s%s\n' "$dim" "$*" "$plain"; }
stop_with() { printf '%s✗ %s%s\n' "$red" "$*" "$plain" >&2; exit 1; }

# run_quietly LOG COMMAND…: shows the log's end when the command fails.
run_quietly() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 </dev/null || explain_failure "$log" "$*"
}

# run_showing LOG COMMAND…: for what takes minutes; on a terminal the log's last line moves along. Not for a command that
# leaves a daemon behind, which would keep the pipe open.
run_showing() {
  local log=$1
  shift
  [ -t 1 ] || { run_quietly "$log" "$@"; return; }
  "$@" </dev/null 2>&1 | show_progress "$log" || explain_failure "$log" "$*"
}

show_progress() {
  local line width=$(($(tput cols 2>/dev/null || echo 80) - 3))
  : >"$1"
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$1"
    printf '\r\033[K  %s' "${line:0:width}"
  done
  printf '\r\033[K'
}

explain_failure() {
  tail -n 30 "$1" >&2
  if grep -q 'No space left on device' "$1"; then stop_with "The disk is full. Free some space, then run the command again."; fi
  stop_with "'$2' failed; the whole output is in $1"
}
