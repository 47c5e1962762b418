# shellcheck shell=bash
# A control group that root hands to an unprivileged user, so that the sandbox can limit a job as a whole. Sourced after
# machine.sh. Where this machine has none to give (not root, read-only, a container whose own group is full), every job
# says that it is limited per process only.

# group_folders NAME: where that group belongs, one folder a hierarchy. Version 1: below our own group, so that a
# container's limits stay. Version 2: at the top, since a group that holds processes hands no controllers down.
group_folders() {
  local controllers path controller point
  while IFS=: read -r _ controllers path; do
    if [ -z "$controllers" ]; then
      point=$(findmnt -rno TARGET -t cgroup2 | head -n 1)
      [ -z "$point" ] || echo "$point/$1"
    fi
    for controller in memory pids cpu; do
      [[ ",$controllers," == *",$controller,"* ]] || continue
      point=$(findmnt -rno TARGET -t cgroup -O "$controller" | head -n 1)
      [ -z "$point" ] || echo "$point${path%/}/$1"
    done
  done </proc/self/cgroup
}

# delegate_group NAME USER LIST: makes the group, gives it to the user, and writes its folders into the file LIST.
# Fails when memory and processes cannot be limited in it.
delegate_group() {
  local folder limits=''
  : >"$3"
  is_root || return 1
  for folder in $(group_folders "$1"); do
    mkdir -p "$folder" 2>/dev/null || continue
    echo "$folder" >>"$3"
    [ ! -e "$folder/cgroup.controllers" ] || hand_down "$folder" "$2"
    chown "$2" "$folder" "$folder/cgroup.procs"
    limits+=$(cd "$folder" && ls)
  done
  [[ $limits =~ memory\.(max|limit_in_bytes) && $limits == *pids.max* ]]
}

# Version 2: controllers come down through each group above, and only a leaf may hold processes.
hand_down() {
  local controller leaf=$1/greenroom-runner
  mkdir -p "$leaf"
  for controller in memory pids cpu; do
    { echo "+$controller" >"${1%/*}/cgroup.subtree_control" && echo "+$controller" >"$1/cgroup.subtree_control"; } 2>/dev/null || true
  done
  chown "$2" "$1/cgroup.subtree_control" "$leaf" "$leaf/cgroup.procs"
}

# join_group LIST: moves this (sub)shell, and what it starts from now on, into the group. Where the kernel refuses, it goes
# on outside: the sandbox finds no group then, and says so of each job.
join_group() {
  local folder
  while read -r folder; do
    if [ -d "$folder/greenroom-runner" ]; then folder=$folder/greenroom-runner; fi
    { echo "$BASHPID" >"$folder/cgroup.procs"; } 2>/dev/null || echo "cannot join the control group $folder" >&2
  done <"$1"
}

# remove_group LIST: the group's processes must have ended. What a killed runner left of its jobs' groups goes too.
remove_group() {
  local folder
  [ -e "$1" ] || return 0
  while read -r folder; do
    [ ! -d "$folder" ] || find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done <"$1"
  rm -f "$1"
}
