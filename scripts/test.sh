#!/usr/bin/env bash
# ./dev test: builds with sanitizers and passes every test against a throw-away Postgres and Redis.
# Called by root it installs packages and runs the tests as the user `greenroom`: services and the sandbox refuse root.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
source scripts/cgroup.sh

preset=${GREENROOM_PRESET:-dev}
need_packages build run job root test
tester=$(id -un)
if is_root; then tester=greenroom; need_user greenroom; fi
tree=$(readable_tree "$tester")
cd "$tree"
build=$tree/build/$preset

step "Building ($preset, $(nproc) cores)"
cmake --preset "$preset" >/dev/null
cmake --build "$build" --target "${GREENROOM_TARGET:-all}"

tools=$tree/build/tools
install_tools "$tools" "$tree/build/tools.log" ||
  { tools=''; note "The Python package index did not answer: what needs ruff or the newer mypy is skipped."; }

suites=$tree/build/suites
{ [ -n "$tools" ] && install_suites "$suites" "$tools" "$tree/build/suites.log"; } ||
  { suites=''; note "Nor did it give the packages whose own tests run in the sandbox: those are skipped."; }

node=$tree/build/node
{ [ -n "$tools" ] && install_node "$node" "$tools" "$tree/build/node.log"; } ||
  { node=''; note "Nor did the npm registry: what GitHub publishes for tests is skipped."; }

root=$tree/build/root
make_test_root "$root" "$tree/build/root.log" ||
  { root=''; note "No root filesystem for jobs, so its tests are skipped: $(tail -n 1 "$tree/build/root.log")"; }

services=$(mktemp -d /tmp/greenroom-test.XXXXXX)
stop_services() {
  as_user "$tester" "$tree/tests/support/services.sh" stop "$services" || true
  remove_group "$services/cgroup"
  rm -rf "$services"
}
trap stop_services EXIT
if is_root; then chown "$tester" "$services"; install -d -o "$tester" "$build/Testing" "$build/Testing/Temporary"; chown -R "$tester" "$build/Testing"; fi
step "Starting a throw-away Postgres and Redis"
as_user "$tester" "$tree/tests/support/services.sh" start "$services"
# shellcheck disable=SC1091  # written by services.sh
source "$services/env"

group=''
if delegate_group "greenroom-test-$$" "$tester" "$services/cgroup"; then group=delegated; fi

step "Testing"
mkdir -p "$services/tmp"
if is_root; then chown "$tester" "$services/tmp"; fi
cd "$build"
(
  join_group "$services/cgroup"
  as_user "$tester" env PATH=/usr/local/bin:/usr/bin:/bin TMPDIR="$services/tmp" LANG=C.UTF-8 CI="${CI:-}" \
    ${tools:+GREENROOM_TOOLS="$tools"} ${suites:+GREENROOM_SUITES="$suites"} ${node:+GREENROOM_NODE="$node"} ${root:+GREENROOM_ROOT_FILESYSTEM="$root"} GREENROOM_CGROUP="$group" \
    ctest --output-on-failure --no-tests=error -j "${GREENROOM_TEST_JOBS:-3}" "$@" </dev/null
)
