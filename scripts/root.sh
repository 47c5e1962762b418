#!/usr/bin/env bash
# ./dev root: a root filesystem for jobs, made of Debian packages: scripts/packages.txt says of which. No script of a
# package is run, and nothing of this machine gets in. docs/root.md tells what for, and how to use it.
set -euo pipefail
source scripts/terminal.sh
source scripts/machine.sh
source scripts/root_filesystem.sh

folder='' further=()
while [ $# -gt 0 ]; do
  case $1 in
    --with)
      [[ "${2:-}" =~ ^[a-z0-9][a-z0-9+.-]+$ ]] || stop_with "--with needs the name of a Debian package, such as python3-yaml"
      further+=("$2")
      shift
      ;;
    -*) stop_with "'root' does not know '$1'. ./dev --help lists what it takes." ;;
    *)
      [ -z "$folder" ] || stop_with "'root' makes one folder; '$folder' and '$1' are two."
      folder=$1
      ;;
  esac
  shift
done
folder=$(realpath -ms "${folder:-$GREENROOM_STATE/root}")
builder=$(id -un)

# What the archive would give now, one "package=version" a line.
wanted_packages() { sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*/\1=\2/p' "$work/plan.log" | LC_ALL=C sort; }

# The Debian archive that apt uses here, and no other that it may know too.
write_sources() {
  if [ -n "${GREENROOM_APT_SOURCES:-}" ]; then cat "$GREENROOM_APT_SOURCES" || stop_with "GREENROOM_APT_SOURCES names no file that can be read."; return; fi
  # shellcheck disable=SC2016  # apt's own variables
  apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' | sort -u
}

bootstrap() {
  local log=$1 tree=$2 proxy=''
  shift 2
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  # The hook's words are for the shell that runs it.
  # shellcheck disable=SC2016
  as_user "$builder" env TMPDIR="$work" mmdebstrap "$@" --mode=chrootless --variant=extract --format=directory \
    --setup-hook='for f in bin sbin lib lib64; do mkdir -p "$1/usr/$f" && ln -s "usr/$f" "$1/$f"; done' \
    ${proxy:+--aptopt="Acquire::http::Proxy \"$proxy\""} \
    --include="$(printf '%s,' "${packages[@]}")" '' "$tree" - <"$work/sources" >"$log" 2>&1 || explain_bootstrap "$log"
}

explain_bootstrap() {
  local unknown
  unknown=$(sed -n 's/.*Unable to locate package //p' "$1" | head -n 1)
  [ -z "$unknown" ] || stop_with "The Debian archive has no package '$unknown'."
  if grep -q 'No space left on device' "$1"; then stop_with "The disk is full. Free some space, then run the command again."; fi
  tail -n 12 "$1" >&2
  if grep -q -e 'Failed to fetch' -e 'Could not resolve' -e 'does not have a Release file' "$1"; then
    stop_with "The Debian archive does not answer: see above. What stood in $folder is as it was."
  fi
  stop_with "The packages could not be unpacked: see above. What stood in $folder is as it was."
}

check_folder() {
  local parent
  parent=$(dirname "$folder")
  if [ -e "$folder" ] || [ -L "$folder" ]; then
    if [ ! -L "$folder" ] || [ ! -e "$folder/manifest" ]; then
      stop_with "$folder is there already and is no root filesystem of ours. Choose a folder that does not exist yet: ./dev root FOLDER"
    fi
  fi
  { mkdir -p "$parent" && [ -w "$parent" ]; } 2>/dev/null || stop_with "Cannot write to $parent. Choose another folder: ./dev root FOLDER"
  as_user "$builder" test -x "$parent" ||
    stop_with "Ordinary users cannot reach $parent, and the runner is one. Choose another folder: ./dev root FOLDER"
  [ "$(df --output=avail -k "$parent" | tail -n 1)" -gt 1500000 ] ||
    stop_with "Less than 1.5 GB is free where $folder lies. Free some space, or choose another folder: ./dev root FOLDER"
}

short_hash() { sha256sum "$1" | cut -c1-12; }
clean_up() { if [ -n "${work:-}" ]; then chmod -R u+w "$work" 2>/dev/null || true; rm -rf "$work"; fi; }

# The link changes at once. A runner has resolved it at its start and keeps what it leads to: the one before stays.
switch_to() {
  local before
  before=$(readlink "$folder" || true)
  ln -s "$(basename "$1")" "$work/link"
  mv -T "$work/link" "$folder"
  local old
  for old in "$folder"-????????????; do
    if [ "$old" = "$1" ] || [ "$(basename "$old")" = "$before" ] || [ ! -e "$old/manifest" ]; then continue; fi
    chmod -R u+w "$old"
    rm -rf "$old"
  done
}

need_packages root
if is_root; then builder=greenroom; need_user greenroom; fi
check_folder
mapfile -t packages < <({ sed -n 's/^\(job\|base\) //p' scripts/packages.txt; printf '%s\n' "${further[@]}"; } | sed '/^$/d' | LC_ALL=C sort -u)
recipe=$({ cat scripts/root.sh scripts/root_filesystem.sh; echo "${packages[@]}"; } | sha256sum | cut -d' ' -f1)
work=$(mktemp -d "$(dirname "$folder")/.root.XXXXXX")
trap clean_up EXIT
trap 'exit 130' INT TERM
chmod 755 "$work"
if is_root; then chown "$builder" "$work"; fi
write_sources >"$work/sources"
[ -s "$work/sources" ] || stop_with "apt knows no Debian archive here. Run 'apt-get update', or name a file of sources: GREENROOM_APT_SOURCES=FILE ./dev root"

step "Asking the Debian archive what ${#packages[@]} packages need"
bootstrap "$work/plan.log" "$work/plan" --simulate --verbose
if [ -e "$folder/manifest" ] && [ "$(grep '=' "$folder/manifest")" = "$(wanted_packages)" ] && grep -qx "recipe $recipe" "$folder/manifest"; then
  step "Nothing to do: $folder has the newest packages (manifest $(short_hash "$folder/manifest"))."
  exit 0
fi

step "Unpacking $(wanted_packages | wc -l) packages"
bootstrap "$work/build.log" "$work/tree"
step "Making the root filesystem"
# shellcheck disable=SC2016  # the inner shell's words
as_user "$builder" env GREENROOM_ROOT="$GREENROOM_ROOT" bash -euo pipefail -c \
  'source scripts/terminal.sh; source scripts/root_filesystem.sh; prune_tree "$1"; configure_tree "$1"' bash "$work/tree" >"$work/finish.log" 2>&1 </dev/null ||
  explain_failure "$work/finish.log" "making $work/tree"
if is_root; then chown -R 0:0 "$work/tree"; fi
made=$(settle_tree "$work/tree")
{ echo "date $made"; echo "recipe $recipe"; echo "tree $(hash_tree "$work/tree")"; wanted_packages; } >"$work/manifest"
chmod 444 "$work/manifest"
# Who is not root moves no folder that they may not write.
chmod u+w "$work/tree"
mv "$work/manifest" "$work/tree/manifest"
finished=$folder-$(short_hash "$work/tree/manifest")
if [ ! -e "$finished" ]; then mv -T "$work/tree" "$finished"; fi
chmod u-w "$finished"
switch_to "$finished"
step "$folder is a root filesystem of $made, manifest $(short_hash "$folder/manifest"), $(du -sh "$finished" | cut -f1)."
note "Jobs see it where the runner's configuration says  sandbox: {root: \"$folder\"}"
note "A runner takes a new one when it starts."
