#include "lib/sandbox/seccomp_filter.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "lib/base/fd.h"

namespace greenroom::sandbox {
namespace {

using Filter = Owned<void, seccomp_release>;

constexpr std::uint64_t kLow32 = 0xffffffffu;  // the kernel reads these arguments as 32 bits; the rest may be garbage
constexpr std::uint64_t kNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
                                      CLONE_NEWPID | CLONE_NEWNET | 0x80u /* CLONE_NEWTIME */;

tl::unexpected<Error> refused(int code, const std::string& what) {
  return bug("seccomp: " + what + ": " + std::strerror(-code));
}

Result<Filter> new_filter(std::uint32_t otherwise) {
  Filter filter(seccomp_init(otherwise));
  if (!filter) return bug("seccomp: no filter");
  int code = seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  if (code == 0) code = seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);  // a tree, not a list
  if (code != 0) return refused(code, "attributes");
  return filter;
}

// libseccomp's own SCMP_A0 and its like are C's compound literals, which C++ does not know.
scmp_arg_cmp argument(unsigned place, scmp_compare comparison, std::uint64_t first, std::uint64_t second = 0) {
  return {place, comparison, first, second};
}

Result<void> add(const Filter& filter, std::uint32_t action, const char* call,
                 std::initializer_list<scmp_arg_cmp> when = {}) {
  const int number = seccomp_syscall_resolve_name(call);
  if (number < 0) return {};  // not a call of this architecture, or newer than the library: then it stays unknown
  const int code =
      seccomp_rule_add_array(filter.get(), action, number, static_cast<unsigned>(when.size()), when.begin());
  if (code != 0) return refused(code, call);
  return {};
}

Result<Filter> by_name() {
  GREENROOM_TRY(filter, new_filter(SCMP_ACT_ERRNO(ENOSYS)));
  for (const char* call : allowed_calls()) GREENROOM_CHECK(add(filter, SCMP_ACT_ALLOW, call));
  for (const char* call : forbidden_calls()) GREENROOM_CHECK(add(filter, SCMP_ACT_ERRNO(EPERM), call));
  return filter;
}

Result<void> forbid_namespaces(const Filter& filter) {
  // One rule for each bit: a rule can only ask for all bits of a mask.
  for (std::uint64_t bit = 1; bit <= kLow32; bit <<= 1) {
    if ((kNamespaces & bit) == 0) continue;
    GREENROOM_CHECK(add(filter, SCMP_ACT_ERRNO(EPERM), "clone", {argument(0, SCMP_CMP_MASKED_EQ, bit, bit)}));
  }
  return {};
}

Result<void> forbid_socket_families(const Filter& filter) {
  for (const char* call : {"socket", "socketpair"}) {
    for (std::uint64_t family = 0; family < AF_INET6; ++family) {
      if (family == AF_UNIX || family == AF_INET) continue;
      GREENROOM_CHECK(
          add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), call, {argument(0, SCMP_CMP_MASKED_EQ, kLow32, family)}));
    }
    GREENROOM_CHECK(add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), call, {argument(0, SCMP_CMP_GT, AF_INET6)}));
  }
  return {};
}

Result<void> forbid_devices(const Filter& filter) {
  for (const std::uint64_t type : {std::uint64_t{S_IFCHR}, std::uint64_t{S_IFBLK}}) {
    GREENROOM_CHECK(add(filter, SCMP_ACT_ERRNO(EPERM), "mknod", {argument(1, SCMP_CMP_MASKED_EQ, S_IFMT, type)}));
    GREENROOM_CHECK(add(filter, SCMP_ACT_ERRNO(EPERM), "mknodat", {argument(2, SCMP_CMP_MASKED_EQ, S_IFMT, type)}));
  }
  return {};
}

Result<Filter> by_argument() {
  GREENROOM_TRY(filter, new_filter(SCMP_ACT_ALLOW));
  GREENROOM_CHECK(forbid_namespaces(filter));
  GREENROOM_CHECK(forbid_socket_families(filter));
  GREENROOM_CHECK(forbid_devices(filter));
  for (const std::uint64_t request :
       {std::uint64_t{TIOCSTI}, std::uint64_t{TIOCLINUX}}) {  // typing into the terminal of whoever started us
    GREENROOM_CHECK(add(filter, SCMP_ACT_ERRNO(EPERM), "ioctl", {argument(1, SCMP_CMP_MASKED_EQ, kLow32, request)}));
  }
  GREENROOM_CHECK(add(filter, SCMP_ACT_ERRNO(EPERM), "personality", {argument(0, SCMP_CMP_NE, 0)}));
  return filter;
}

Result<std::string> bytecode(const Filter& filter) {
  const Fd file(::memfd_create("seccomp", MFD_CLOEXEC));
  if (!file) return transient(std::string("memfd: ") + std::strerror(errno));
  const int code = seccomp_export_bpf(filter.get(), file.get());
  if (code != 0) return refused(code, "export");
  struct stat status {};
  ::fstat(file.get(), &status);
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  if (::pread(file.get(), bytes.data(), bytes.size(), 0) != status.st_size) return bug("seccomp: short program");
  return bytes;
}

// What `first` lets pass goes on to `second`: its every "allow" becomes a jump to the end of `first`, where `second`
// begins. Jumps are relative, so both may be moved as they are.
std::string chained(std::string first, const std::string& second) {
  constexpr std::size_t kSize = sizeof(sock_filter);
  const std::size_t length = first.size() / kSize;
  for (std::size_t i = 0; i < length; ++i) {
    sock_filter step{};
    std::memcpy(&step, first.data() + i * kSize, kSize);
    if (step.code != (BPF_RET | BPF_K) || step.k != SECCOMP_RET_ALLOW) continue;
    step = BPF_STMT(BPF_JMP | BPF_JA, static_cast<std::uint32_t>(length - i - 1));
    std::memcpy(first.data() + i * kSize, &step, kSize);
  }
  return first + second;
}

Result<std::string> make_program() {
  GREENROOM_TRY(arguments, by_argument());
  GREENROOM_TRY(names, by_name());
  GREENROOM_TRY(first, bytecode(arguments));
  GREENROOM_TRY(second, bytecode(names));
  return chained(std::move(first), second);
}

}  // namespace

const Result<std::string>& seccomp_program() {
  static const Result<std::string> program = make_program();
  return program;
}

}  // namespace greenroom::sandbox
