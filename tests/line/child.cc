#include "tests/line/child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <stdexcept>

#include "lib/base/fd.h"

namespace greenroom::testing {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

[[noreturn]] void become(char* const* argv, char* const* environment, const char* log, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(126);
  const int in = open("/dev/null", O_RDONLY);
  const int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
  dup2(in, 0);
  dup2(out, 1);
  dup2(out, 2);
  syscall(SYS_close_range, 3U, ~0U, 0);
  execve(argv[0], argv, environment);
  _exit(127);
}

}  // namespace

Child::Child(const std::vector<std::string>& argv, const std::map<std::string, std::string>& environment,
             std::string log)
    : log_(std::move(log)) {
  std::vector<std::string> words = argv, pairs;
  for (const auto& [name, value] : environment) pairs.push_back(name + "=" + value);
  const auto arguments = pointers(words), variables = pointers(pairs);
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ < 0) throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
  if (pid_ == 0) become(arguments.data(), variables.data(), log_.c_str(), parent);
}

Child::~Child() {
  if (!running()) return;
  signal(SIGTERM);
  if (wait(std::chrono::seconds(10))) return;
  signal(SIGKILL);
  wait(std::chrono::seconds(10));
}

void Child::signal(int number) const {
  if (!status_) kill(pid_, number);
}

bool Child::running() { return !wait(std::chrono::milliseconds(0)); }

std::optional<int> Child::wait(std::chrono::milliseconds patience) {
  if (status_) return status_;
  // A pidfd becomes readable when the process ends: no polling loop.
  const Fd process(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)));
  pollfd ended{process.get(), POLLIN, 0};
  if (poll(&ended, 1, static_cast<int>(patience.count())) != 1) return std::nullopt;
  int status = 0;
  if (waitpid(pid_, &status, 0) == pid_) status_ = status;
  return status_;
}

}  // namespace greenroom::testing
