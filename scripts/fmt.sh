#!/usr/bin/env bash
# ./dev fmt: formats every C++ source in place.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
need_packages run job
sources '*.cc' '*.h' | xargs clang-format -i
step "Formatted."
