#include "lib/sandbox/ask_to_end.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <string>

#include "lib/base/fd.h"

namespace greenroom::sandbox {
namespace fs = std::filesystem;
namespace {

// "pid:[4026532301]"; empty when the process is gone or not ours to look at.
std::string namespace_of(const std::string& process) {
  std::error_code gone;
  return fs::read_symlink("/proc/" + process + "/ns/pid", gone).string();
}

// Opened before the namespace is read: whoever has the number by then is either the process of the descriptor, or that
// one is dead and hears nothing. So nobody outside is ever signalled.
bool ask(const std::string& process, const std::string& wanted) {
  int number = 0;
  std::from_chars(process.data(), process.data() + process.size(), number);
  const Fd held(static_cast<int>(::syscall(SYS_pidfd_open, number, 0)));
  if (!held || namespace_of(process) != wanted) return false;
  return ::syscall(SYS_pidfd_send_signal, held.get(), SIGTERM, nullptr, 0) == 0;
}

bool is_number(const std::string& name) { return name.find_first_not_of("0123456789") == std::string::npos; }

}  // namespace

bool ask_to_end(int init) {
  const std::string first = std::to_string(init), wanted = namespace_of(first);
  // Before bubblewrap has made one, its child is still in ours.
  if (wanted.empty() || wanted == namespace_of("self")) return false;
  bool asked = false;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator("/proc", failed)) {
    const std::string process = entry.path().filename().string();
    if (is_number(process) && process != first) asked = ask(process, wanted) || asked;
  }
  return asked;
}

}  // namespace greenroom::sandbox
