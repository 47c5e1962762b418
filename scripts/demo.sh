#!/usr/bin/env bash
# ./dev demo: what a newcomer does. Clones the practice repository, pushes a first branch, prints the review.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
source scripts/layout.sh
source scripts/database.sh
source scripts/configure.sh

is_running dashboard || stop_with "Greenroom is not running. Start it with ./dev up, then try again."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The push token goes to git by its credential protocol, never in a URL or an argument.
export GIT_ASKPASS=$folder/askpass GREENROOM_PUSH_TOKEN GIT_TERMINAL_PROMPT=0
GREENROOM_PUSH_TOKEN=$(cat "$secrets/push-maya")
# shellcheck disable=SC2016  # expanded by the askpass script itself
printf '#!/bin/sh\ncase $1 in User*) echo maya ;; *) echo "$GREENROOM_PUSH_TOKEN" ;; esac\n' >"$folder/askpass"
chmod 700 "$folder/askpass"
branch=maya/frame-ranges-$(date +%H%M%S)

step "Cloning the practice repository as Maya"
git clone -q "$(dashboard_address)/git/practice/shotlist.git" "$folder/shotlist"
cd "$folder/shotlist"
git config user.name Maya
git config user.email maya@example.invalid
git switch -q -c "$branch"
cp -r "$GREENROOM_ROOT/practice/newcomer/." .
git add -A
git commit -q -m "Collect shots by sequence" -m "Groups the shots of a sequence and finds their frame ranges."
step "Pushing her first branch, $branch"
git push -q origin "$branch"
step "Waiting for the review"
cd "$GREENROOM_ROOT"
admin review practice/shotlist "$branch" --wait 60
