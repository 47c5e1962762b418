#!/bin/bash
# Process 1 of a machine of user-mode Linux that has only control groups of version 2 (unified_test.py starts it, with
# this machine's files as its own, read-only). Runs the tests of groups as `./dev test` called by root would, says how
# they ended, and switches the machine off.
set -u
program=${program:?the test program, as a word of the kernel command line}
for place in "proc /proc" "sysfs /sys" "cgroup2 /sys/fs/cgroup" "tmpfs /tmp" "tmpfs /dev/shm"; do
  mount -t "${place% *}" none "${place#* }"
done
insmod "/usr/lib/uml/modules/$(uname -r)/kernel/fs/overlayfs/overlay.ko" 2>/dev/null

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
source scripts/terminal.sh
source scripts/machine.sh
source scripts/cgroup.sh
# User-mode Linux is slow at a million files, and 6.1 has no overlay on tmpfs for ordinary users.
slow_or_newer='-*.ManyEmptyFilesCountToo:*.WhereOneIsDelegatedNothingIsDegraded'
group=''
if delegate_group greenroom-test nobody /tmp/cgroup; then group=delegated; fi
(
  join_group /tmp/cgroup
  exec setpriv --reuid=nobody --regid=nogroup --clear-groups env -i PATH=/usr/bin:/bin LANG=C.UTF-8 TMPDIR=/tmp \
    GREENROOM_CGROUP="$group" "$program" --gtest_filter="$slow_or_newer"
)
echo "the tests ended with $?"
remove_group /tmp/cgroup
[ ! -e /sys/fs/cgroup/greenroom-test ] && echo "nothing of the group is left"
python3 -c 'import ctypes; ctypes.CDLL(None).reboot(0x4321FEDC)'
