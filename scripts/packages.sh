#!/usr/bin/env bash
# ./dev packages: every package that any command needs.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
need_packages build run job root test fuzz lint
step "All packages are installed."
