// attack NAME...: tries one forbidden thing after the other and prints "NAME: ok" or "NAME: <errno's name>".
// attack calls NUMBER...: makes each of these system calls with arguments of zero and prints "NUMBER: ..." likewise.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NO_SUCH_CALL 600

static long try_ptrace(void) { return ptrace(PTRACE_TRACEME, 0, 0, 0); }
static long try_process_vm_readv(void) { return syscall(SYS_process_vm_readv, 1, 0, 0, 0, 0, 0); }
static long try_mount(void) { return mount("tmpfs", "/tmp", "tmpfs", 0, 0); }
static long try_remount(void) { return mount(0, "/work", 0, MS_REMOUNT | MS_BIND, 0); }
static long try_umount(void) { return umount2("/work", MNT_DETACH); }
static long try_pivot_root(void) { return syscall(SYS_pivot_root, "/tmp", "/tmp"); }
static long try_chroot(void) { return chroot("/tmp"); }
static long try_unshare_user(void) { return unshare(CLONE_NEWUSER); }
static long try_unshare_net(void) { return unshare(CLONE_NEWNET); }
static long try_setns(void) { return setns(open("/proc/1/ns/user", O_RDONLY), 0); }
static long try_clone_newuser(void) { return syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0); }
static long try_clone_newnet(void) { return syscall(SYS_clone, CLONE_NEWNET | SIGCHLD, 0, 0, 0, 0); }
static long try_clone_disguised(void) {
  return syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD | 0x100000000UL, 0, 0, 0, 0);
}
static long try_clone3(void) { return syscall(SYS_clone3, 0, 0); }
static long try_keyctl(void) { return syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0); }
static long try_add_key(void) { return syscall(SYS_add_key, "user", "x", "y", 1, KEY_SPEC_PROCESS_KEYRING); }
static long try_request_key(void) { return syscall(SYS_request_key, "user", "x", 0, 0); }
static long try_bpf(void) { return syscall(SYS_bpf, 0, 0, 0); }
static long try_perf_event_open(void) {
  struct perf_event_attr attributes = {.type = PERF_TYPE_SOFTWARE, .size = sizeof attributes};
  return syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
}
static long try_io_uring(void) { return syscall(SYS_io_uring_setup, 1, 0); }
static long try_userfaultfd(void) { return syscall(SYS_userfaultfd, 1); }
static long try_init_module(void) { return syscall(SYS_init_module, 0, 0, ""); }
static long try_kexec_load(void) { return syscall(SYS_kexec_load, 0, 0, 0, 0); }
static long try_open_by_handle(void) { return syscall(SYS_open_by_handle_at, 0, 0, 0); }
static long try_name_to_handle(void) { return syscall(SYS_name_to_handle_at, 0, "x", 0, 0, 0); }
static long try_pidfd_getfd(void) { return syscall(SYS_pidfd_getfd, 0, 0, 0); }
static long try_open_tree(void) { return syscall(SYS_open_tree, -100, "/", 1); }
static long try_fsopen(void) { return syscall(SYS_fsopen, "tmpfs", 0); }
static long try_mount_setattr(void) { return syscall(SYS_mount_setattr, -1, "", 0, 0, 0); }
static long try_memfd_secret(void) { return syscall(SYS_memfd_secret, 0); }
static long try_syslog(void) { return syscall(SYS_syslog, 3, 0, 0); }
static long try_quotactl(void) { return syscall(SYS_quotactl, 0, "/", 0, 0); }
static long try_swapon(void) { return syscall(SYS_swapon, "/tmp/x", 0); }
static long try_reboot(void) { return syscall(SYS_reboot, 0, 0, 0, 0); }
static long try_settime(void) { return syscall(SYS_clock_settime, 0, 0); }
static long try_modify_ldt(void) { return syscall(SYS_modify_ldt, 0, 0, 0); }
static long try_personality(void) { return syscall(SYS_personality, 0x0040000); }
static long try_personality_disguised(void) { return syscall(SYS_personality, 0x100040000UL); }
static long try_unknown_call(void) { return syscall(NO_SUCH_CALL); }
static long try_tiocsti(void) { return ioctl(0, TIOCSTI, "x"); }
// The kernel looks at the low 32 bits only; a filter that compares 64 lets this through.
static long try_tiocsti_disguised(void) { return syscall(SYS_ioctl, 0, TIOCSTI | 0x100000000UL, "x"); }
static long try_tioclinux(void) { return ioctl(0, TIOCLINUX, "\x02"); }
static long try_socket_raw(void) { return socket(AF_INET, SOCK_RAW, 1); }
static long try_socket_packet(void) { return socket(AF_PACKET, SOCK_RAW, 0); }
static long try_socket_netlink(void) { return socket(AF_NETLINK, SOCK_RAW, 0); }
static long try_socket_vsock(void) { return socket(40, SOCK_STREAM, 0); }
static long try_socket_alg(void) { return socket(38, SOCK_SEQPACKET, 0); }
static long try_socket_disguised(void) { return syscall(SYS_socket, 40UL | 0x100000000UL, SOCK_STREAM, 0); }
static long try_mknod_device(void) { return mknod("/tmp/device", S_IFBLK | 0600, 0x801); }
static long try_mknod_char(void) { return mknod("/tmp/device", S_IFCHR | 0600, 0x101); }
static long try_mknod_disguised(void) {
  return syscall(SYS_mknod, "/tmp/device", S_IFCHR | 0600 | 0x100000000UL, 0x101);
}
static long try_raise_limit(void) {
  const struct rlimit more = {1 << 20, 1 << 20};
  return setrlimit(RLIMIT_NOFILE, &more);
}
static long try_setuid_root(void) { return setuid(0); }
static long try_i386(void) {
  long answer;
  __asm__ volatile("int $0x80" : "=a"(answer) : "a"(20L) : "memory");
  return answer;
}
static long try_x32(void) { return syscall(0x40000000 | SYS_getpid); }

struct row {
  const char* name;
  long (*attempt)(void);
};
#define ROW(name) \
  { #name, try_##name }
static const struct row rows[] = {ROW(ptrace),
                                  ROW(process_vm_readv),
                                  ROW(mount),
                                  ROW(remount),
                                  ROW(umount),
                                  ROW(pivot_root),
                                  ROW(chroot),
                                  ROW(unshare_user),
                                  ROW(unshare_net),
                                  ROW(setns),
                                  ROW(clone_newuser),
                                  ROW(clone_newnet),
                                  ROW(clone_disguised),
                                  ROW(clone3),
                                  ROW(keyctl),
                                  ROW(add_key),
                                  ROW(request_key),
                                  ROW(bpf),
                                  ROW(perf_event_open),
                                  ROW(io_uring),
                                  ROW(userfaultfd),
                                  ROW(init_module),
                                  ROW(kexec_load),
                                  ROW(open_by_handle),
                                  ROW(name_to_handle),
                                  ROW(pidfd_getfd),
                                  ROW(open_tree),
                                  ROW(fsopen),
                                  ROW(mount_setattr),
                                  ROW(memfd_secret),
                                  ROW(syslog),
                                  ROW(quotactl),
                                  ROW(swapon),
                                  ROW(reboot),
                                  ROW(settime),
                                  ROW(modify_ldt),
                                  ROW(personality),
                                  ROW(personality_disguised),
                                  ROW(unknown_call),
                                  ROW(tiocsti),
                                  ROW(tiocsti_disguised),
                                  ROW(tioclinux),
                                  ROW(socket_raw),
                                  ROW(socket_packet),
                                  ROW(socket_netlink),
                                  ROW(socket_vsock),
                                  ROW(socket_alg),
                                  ROW(socket_disguised),
                                  ROW(mknod_device),
                                  ROW(mknod_char),
                                  ROW(mknod_disguised),
                                  ROW(raise_limit),
                                  ROW(setuid_root),
                                  ROW(i386),
                                  ROW(x32)};

static void tell(const char* name, long answer) {
  printf("%s: %s\n", name, answer < 0 ? strerrorname_np(errno) : "ok");
  fflush(stdout);
}

static void attempt(const struct row* row) {
  errno = 0;
  const long answer = row->attempt();
  if (answer == 0 && (!strncmp(row->name, "clone_", 6))) _exit(0);  // the child of a clone that should have failed
  tell(row->name, answer);
}

static int make_calls(char** numbers) {
  for (; *numbers; ++numbers) tell(*numbers, syscall(atol(*numbers), 0, 0, 0, 0, 0, 0));
  return 0;
}

int main(int count, char** names) {
  if (count > 1 && !strcmp(names[1], "calls")) return make_calls(names + 2);
  for (int i = 1; i < count; ++i) {
    for (size_t r = 0; r < sizeof rows / sizeof *rows; ++r) {
      if (!strcmp(names[i], rows[r].name)) attempt(&rows[r]);
    }
  }
  return 0;
}
