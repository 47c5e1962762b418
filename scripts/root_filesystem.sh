# shellcheck shell=bash
# From unpacked Debian packages to a root filesystem for jobs: small, without a way to more rights, and the same for the
# same packages whoever makes it, wherever and whenever. Sourced after machine.sh.

# on_tree TREE COMMAND…: runs a program of the tree itself, which sees the tree and nothing else of this machine.
on_tree() {
  local tree=$1
  shift
  bwrap --unshare-all --die-with-parent --bind "$tree/usr" /usr --bind "$tree/etc" /etc --symlink usr/bin /bin \
    --symlink usr/sbin /sbin --symlink usr/lib /lib --symlink usr/lib64 /lib64 --proc /proc --dev /dev --tmpfs /tmp \
    --clearenv --setenv LC_ALL C.UTF-8 --setenv PYTHONHASHSEED 0 -- "$@"
}

# What only a machine that boots, or a person who reads, would look for. The packages' copyright files stay.
prune_tree() {
  find "$1" -mindepth 1 -maxdepth 1 ! -name usr ! -name etc ! -type l -exec rm -rf {} +
  find "$1/etc" -mindepth 1 -maxdepth 1 ! -name 'ld.so.conf*' ! -name alternatives -exec rm -rf {} +
  rm -rf "${1:?}"/usr/share/{man,info,locale,lintian,bug,doc-base,bash-completion,pixmaps,icons,applications} "${1:?}"/usr/{games,src,local}
  if [ -d "$1/usr/share/doc" ]; then
    find "$1/usr/share/doc" ! -type d ! -name copyright -delete
    find "$1/usr/share/doc" -type d -empty -delete
  fi
}

# What the packages' own scripts would have done, of which none is run.
configure_tree() {
  local name
  mkdir -p "$1/etc/alternatives"
  for name in awk=mawk nawk=mawk which=which.debianutils; do
    if [ -e "$1/usr/bin/${name#*=}" ] && [ ! -e "$1/usr/bin/${name%=*}" ]; then ln -s "${name#*=}" "$1/usr/bin/${name%=*}"; fi
  done
  on_tree "$1" /usr/sbin/ldconfig -X
  # One after another: what several processes compile at once is not the same twice.
  on_tree "$1" /usr/bin/python3 -I -m compileall -q -j 1 --invalidation-mode unchecked-hash /usr/lib/python3 /usr/lib/python3.* ||
    note "Some of the packages' Python files do not compile; Python reads them when it meets them."
}

# settle_tree TREE: modes, and one time for all; prints it: when the newest packaged file was made.
settle_tree() {
  local newest
  newest=$(find "$1/usr" -type f ! -name '*.pyc' -printf '%T@\n' | sort -n | tail -n 1 | cut -d. -f1)
  chmod -R u-s,g-s,o-t,a+rX,a-w "$1"
  find "$1" -exec touch -h -d "@$newest" {} +
  date -u -d "@$newest" +%F
}

# hash_tree TREE: of every name, kind, mode, link and content below.
hash_tree() {
  (
    cd "$1" || exit
    export LC_ALL=C
    find . ! -path ./manifest -printf '%y %m %p %l\n' | sort
    find . -type f ! -path ./manifest -print0 | sort -z | xargs -0 sha256sum
  ) | sha256sum | cut -d' ' -f1
}
