#!/usr/bin/env bash
# ./dev fuzz [SECONDS]: every fuzz target for that long each, from the kept corpus.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
need_packages build run job fuzz
step "Building the fuzz targets"
cmake --preset fuzz >/dev/null
cmake --build build/fuzz --target fuzzers
exec bash tests/fuzz/run.sh "${1:-60}"
