# shellcheck shell=bash
# How the scripts speak: one line a step, one clear sentence on failure. Sourced, never run.

if [ -t 1 ]; then dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'; else dim='' green='' red='' plain=''; fi

step() { printf '%s•%s %s\n' "$green" "$plain" "$*"; }
note() { printf '  %s%s%s\n' "$dim" "$*" "$plain"; }
stop_with() { printf '%s✗ %s%s\n' "$red" "$*" "$plain" >&2; exit 1; }

# run_quietly LOG COMMAND…: shows a moving last line on a terminal, and the log's end when the command fails.
run_quietly() {
  local log=$1
  shift
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    if grep -q 'No space left on device' "$log"; then stop_with "The disk is full. Free some space, then run the command again."; fi
    stop_with "'$1' failed; the whole output is in $log"
  fi
}
