#!/usr/bin/env bash
# ./dev down: stops what up started, services first, and leaves nothing running. State is kept.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
source scripts/layout.sh
source scripts/database.sh

for ((i = ${#services[@]} - 1; i >= 0; i--)); do stop_pid "${services[i]}" 15; done
stop_pid redis 5
stop_postgres
step "Greenroom is stopped. Its state stays in $state."
