// The two tables behind the filter. A call that is in neither does not exist for a job (ENOSYS), so C libraries take
// their own fall-back; one that is forbidden answers EPERM, so that people understand what happened.

#include "lib/sandbox/seccomp_filter.h"

namespace greenroom::sandbox {

const std::vector<const char*>& forbidden_calls() {
  static const std::vector<const char*> calls = {
      // the kernel itself
      "acct", "bpf", "delete_module", "finit_module", "init_module", "ioperm", "iopl", "kcmp", "kexec_file_load",
      "kexec_load", "lookup_dcookie", "perf_event_open", "quotactl", "reboot", "swapoff", "swapon", "syslog", "uselib",
      "_sysctl", "nfsservctl", "sysfs", "ustat", "vhangup",
      // namespaces and mounts
      "chroot", "mount", "pivot_root", "setns", "umount", "umount2", "unshare",
      // keys, other processes, other people's descriptors
      "add_key", "keyctl", "request_key", "ptrace", "process_madvise", "process_vm_readv", "process_vm_writev",
      "name_to_handle_at", "open_by_handle_at", "fanotify_init", "fanotify_mark", "userfaultfd", "vmsplice",
      // memory placement and odd segments
      "get_mempolicy", "mbind", "migrate_pages", "modify_ldt", "move_pages", "set_mempolicy",
      // clocks
      "adjtimex", "clock_adjtime", "clock_settime", "settimeofday", "stime"};
  return calls;
}

const std::vector<const char*>& allowed_calls() {
  static const std::vector<const char*> calls = {
      // files
      "access", "chdir", "chmod", "chown", "close", "close_range", "copy_file_range", "creat", "dup", "dup2", "dup3",
      "faccessat", "faccessat2", "fadvise64", "fallocate", "fchdir", "fchmod", "fchmodat", "fchown", "fchownat",
      "fcntl", "fdatasync", "fgetxattr", "flistxattr", "flock", "fremovexattr", "fsetxattr", "fstat", "fstatfs",
      "fsync", "ftruncate", "futimesat", "getcwd", "getdents", "getdents64", "getxattr", "inotify_add_watch",
      "inotify_init", "inotify_init1", "inotify_rm_watch", "ioctl", "lchown", "lgetxattr", "link", "linkat",
      "listxattr", "llistxattr", "lremovexattr", "lseek", "lsetxattr", "lstat", "mkdir", "mkdirat", "mknod", "mknodat",
      "newfstatat", "open", "openat", "openat2", "pread64", "preadv", "preadv2", "pwrite64", "pwritev", "pwritev2",
      "read", "readahead", "readlink", "readlinkat", "readv", "removexattr", "rename", "renameat", "renameat2", "rmdir",
      "sendfile", "setxattr", "splice", "stat", "statfs", "statx", "symlink", "symlinkat", "sync", "sync_file_range",
      "syncfs", "tee", "truncate", "umask", "unlink", "unlinkat", "utime", "utimensat", "utimes", "write", "writev",
      // memory
      "brk", "madvise", "membarrier", "memfd_create", "mincore", "mlock", "mlock2", "mlockall", "mmap", "mprotect",
      "mremap", "msync", "munlock", "munlockall", "munmap", "pkey_alloc", "pkey_free", "pkey_mprotect",
      "remap_file_pages",
      // processes and threads
      "arch_prctl", "capget", "capset", "clone", "execve", "execveat", "exit", "exit_group", "fork", "futex",
      "futex_waitv", "get_robust_list", "get_thread_area", "getcpu", "getegid", "geteuid", "getgid", "getgroups",
      "getpgid", "getpgrp", "getpid", "getppid", "getpriority", "getresgid", "getresuid", "getrlimit", "getrusage",
      "getsid", "gettid", "getuid", "ioprio_get", "ioprio_set", "kill", "landlock_add_rule", "landlock_create_ruleset",
      "landlock_restrict_self", "personality", "pidfd_open", "pidfd_send_signal", "prctl", "prlimit64", "rseq",
      "sched_get_priority_max", "sched_get_priority_min", "sched_getaffinity", "sched_getattr", "sched_getparam",
      "sched_getscheduler", "sched_rr_get_interval", "sched_setaffinity", "sched_setattr", "sched_setparam",
      "sched_setscheduler", "sched_yield", "seccomp", "set_robust_list", "set_thread_area", "set_tid_address",
      "setfsgid", "setfsuid", "setgid", "setgroups", "setpgid", "setpriority", "setregid", "setresgid", "setresuid",
      "setreuid", "setrlimit", "setsid", "setuid", "sysinfo", "tgkill", "times", "tkill", "uname", "vfork", "wait4",
      "waitid", "waitpid", "getrandom",
      // signals and time
      "alarm", "clock_getres", "clock_gettime", "clock_nanosleep", "getitimer", "gettimeofday", "nanosleep", "pause",
      "restart_syscall", "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigqueueinfo", "rt_sigreturn",
      "rt_sigsuspend", "rt_sigtimedwait", "rt_tgsigqueueinfo", "setitimer", "sigaltstack", "signalfd", "signalfd4",
      "time", "timer_create", "timer_delete", "timer_getoverrun", "timer_gettime", "timer_settime", "timerfd_create",
      "timerfd_gettime", "timerfd_settime",
      // waiting and talking; there is no network but the sandbox's own loopback
      "accept", "accept4", "bind", "connect", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_ctl_old",
      "epoll_pwait", "epoll_pwait2", "epoll_wait", "epoll_wait_old", "eventfd", "eventfd2", "getpeername",
      "getsockname", "getsockopt", "io_cancel", "io_destroy", "io_getevents", "io_pgetevents", "io_setup", "io_submit",
      "listen", "pipe", "pipe2", "poll", "ppoll", "pselect6", "recvfrom", "recvmmsg", "recvmsg", "select", "sendmmsg",
      "sendmsg", "sendto", "setsockopt", "shutdown", "socket", "socketpair",
      // System V and POSIX queues, inside the job's own IPC namespace
      "mq_getsetattr", "mq_notify", "mq_open", "mq_timedreceive", "mq_timedsend", "mq_unlink", "msgctl", "msgget",
      "msgrcv", "msgsnd", "semctl", "semget", "semop", "semtimedop", "shmat", "shmctl", "shmdt", "shmget"};
  return calls;
}

}  // namespace greenroom::sandbox
