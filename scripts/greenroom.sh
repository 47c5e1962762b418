#!/usr/bin/env bash
# ./dev greenroom WORDS…: the command line, with the administrator's configuration of what up started.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
source scripts/cgroup.sh
source scripts/layout.sh
source scripts/database.sh
source scripts/configure.sh
[ -x "$app/bin/greenroom" ] || stop_with "Nothing is installed in $app yet. Run ./dev up first."

# The sandbox is asked about as the runner has it: with its user, its configuration and its control group.
as_runner() {
  [ ! -e "$state/runner.cgroup" ] || join_group "$state/runner.cgroup"
  as_user "$runner_user" env GREENROOM_CONFIG="$config/runner.yml" "$app/bin/greenroom" "$@"
}
if [ "${1:-} ${2:-}" = "doctor sandbox" ]; then as_runner "$@"; else admin "$@"; fi
