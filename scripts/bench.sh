#!/usr/bin/env bash
# ./dev bench [NAME…] [--json FILE]: measures what this project claims, each figure beside the raw limit of this machine.
# Called by root it measures as the user `greenroom`: services and the sandbox refuse root.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh

json='' names=()
while [ $# -gt 0 ]; do
  case $1 in
    --json) [ $# -ge 2 ] || stop_with "--json needs a file's name"; json=$(realpath -m "$2"); shift 2 ;;
    -*) stop_with "'bench' does not know '$1'. ./dev --help lists what it takes." ;;
    *) names+=("$1"); shift ;;
  esac
done
for name in "${names[@]}"; do
  [ -e "bench/$name/CMakeLists.txt" ] ||
    stop_with "There is no benchmark '$name'. These are: $(cd bench && for file in */CMakeLists.txt; do printf '%s ' "${file%/*}"; done)"
done

need_packages build run job test
tester=$(id -un)
if is_root; then tester=greenroom; need_user greenroom; fi
tree=$(readable_tree "$tester")
cd "$tree"
if [ ${#names[@]} = 0 ]; then for file in bench/*/CMakeLists.txt; do names+=("$(basename "$(dirname "$file")")"); done; fi

step "Building as a release ($(nproc) cores)"
log=$(mktemp)
run_quietly "$log" cmake --preset bench
run_quietly "$log" cmake --build build/bench
rm -f "$log"

# On a disk, not in memory: commits are measured.
services=$(mktemp -d /var/tmp/greenroom-bench.XXXXXX)
# shellcheck disable=SC2317  # called by the trap below
stop_services() {
  as_user "$tester" "$tree/tests/support/services.sh" stop "$services" || true
  rm -rf "$services"
}
trap stop_services EXIT
mkdir "$services/tmp"
: >"$services/figures"
if is_root; then chown "$tester" "$services" "$services/tmp" "$services/figures"; fi
step "Starting a throw-away Postgres (with fsync) and Redis"
as_user "$tester" "$tree/tests/support/services.sh" start "$services" durable
# shellcheck disable=SC1091  # written by services.sh
source "$services/env"

step "Measuring"
printf '%-28s %12s %12s %-13s %8s  %s\n' figure ours limit unit ratio aim
worst=0
for name in "${names[@]}"; do
  result=0
  as_user "$tester" env PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 TMPDIR="$services/tmp" \
    GREENROOM_BENCH_JSON="$services/figures" "$tree/build/bench/benchmarks/$name" </dev/null || result=$?
  if [ $result -gt 1 ]; then note "$name could not be measured"; fi
  if [ $result -gt $worst ]; then worst=$result; fi
done
if [ -n "$json" ]; then cp "$services/figures" "$json"; fi
exit "$worst"
