#!/usr/bin/env bash
# ./dev lint: formatting, shell scripts, and clang-tidy over the given files (default: all). --quick leaves clang-tidy out.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
if [ "${1:-}" = --quick ]; then need_packages run job; else need_packages build run job lint; fi

step "Formatting"
sources '*.cc' '*.h' | xargs clang-format --dry-run -Werror
step "Shell scripts"
sources '*.sh' dev .ci/run | xargs shellcheck -x -e SC1091
if [ "${1:-}" = --quick ]; then exit 0; fi
step "clang-tidy"
cmake --preset release >/dev/null
if [ $# -gt 0 ]; then files=("$@"); else mapfile -t files < <(sources 'lib/*.cc' 'services/*.cc'); fi
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy -p build/release --quiet --warnings-as-errors='*' \
  --extra-arg=-Wno-unknown-warning-option  # the flags are GCC's
