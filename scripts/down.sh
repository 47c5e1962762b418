#!/usr/bin/env bash
# ./dev down: stops what up started, services first, and leaves nothing running. State is kept.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
source scripts/cgroup.sh
source scripts/layout.sh
source scripts/database.sh

# Together: each ends its own work and none waits for another.
for name in "${services[@]}"; do stop_pid "$name" 15 & done
wait
remove_group "$state/runner.cgroup"
stop_pid redis 5
stop_postgres
step "Greenroom is stopped. Its state stays in $state."
