#!/usr/bin/env bash
# ./dev greenroom WORDS…: the command line, with the administrator's configuration of what up started.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
source scripts/layout.sh
source scripts/database.sh
source scripts/configure.sh
[ -x "$app/bin/greenroom" ] || stop_with "Nothing is installed in $app yet. Run ./dev up first."
admin "$@"
