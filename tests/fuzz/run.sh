#!/usr/bin/env bash
# run.sh SECONDS: every built fuzz target for that long, two at a time, one line each. New inputs go to a folder that is
# thrown away; an input that crashes is kept in build/fuzz/crashes. Fails when any target does.
set -euo pipefail
seconds=${1:-60}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
programs=${GREENROOM_FUZZERS:-$root/build/fuzz/fuzzers}
crashes=$programs/../crashes
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$crashes"

run_one() {
  local name=$1 log=$scratch/$1.log status=0
  mkdir -p "$scratch/$name"
  "$programs/fuzz_$name" "$scratch/$name" "$root/tests/fuzz/corpus/$name" -max_total_time="$seconds" \
    -rss_limit_mb=1024 -timeout=10 -artifact_prefix="$crashes/$name-" -print_final_stats=1 >"$log" 2>&1 || status=$?
  if [ "$status" -eq 0 ]; then
    printf '%-18s ok      %s inputs\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
    return
  fi
  printf '%-18s FAILED  (%s)\n' "$name" "$status"
  tail -n 30 "$log" >&2
  return 1
}
export -f run_one
export root programs crashes scratch seconds

names=()
for program in "$programs"/fuzz_*; do
  [ -x "$program" ] && names+=("${program##*/fuzz_}")
done
[ "${#names[@]}" -gt 0 ] || { echo "no fuzz target is built in $programs" >&2; exit 1; }
# shellcheck disable=SC2016  # expanded by the inner shell
printf '%s\n' "${names[@]}" | xargs -P 2 -I{} bash -c 'run_one "$1"' _ {}
