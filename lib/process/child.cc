#include "lib/process/child.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "lib/process/program.h"

namespace greenroom::process {
namespace {

struct Pipe {
  Fd read, write;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return transient(std::string("pipe: ") + std::strerror(errno));
  return Pipe{Fd(ends[0]), Fd(ends[1])};
}

// The input as a file in memory: nobody has to feed it, so a child that never reads cannot block us.
Result<Fd> make_input(const std::string& input) {
  if (input.empty()) {
    Fd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (!null) return transient(std::string("open /dev/null: ") + std::strerror(errno));
    return null;
  }
  Fd file(::memfd_create("stdin", MFD_CLOEXEC));
  if (!file) return transient(std::string("memfd: ") + std::strerror(errno));
  for (std::size_t done = 0; done < input.size();) {
    const ssize_t wrote = ::write(file.get(), input.data() + done, input.size() - done);
    if (wrote < 0) return transient(std::string("write the child's input: ") + std::strerror(errno));
    done += static_cast<std::size_t>(wrote);
  }
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return transient("rewind the child's input");
  return file;
}

// What the child tells us when it could not become the program.
struct Failure {
  enum class Stage : int { parent_gone, directory, descriptors, exec } stage;
  int error;
};

// Everything the child needs, made before the fork: afterwards nothing may allocate.
struct Prepared {
  std::string program;
  std::vector<char*> argv, environment;
  std::vector<std::string> assignments;
  std::array<int, 3> standard{};
  int failure = -1;
  pid_t parent = 0;
};

Prepared prepare(const Command& command, std::string program) {
  Prepared prepared;
  prepared.program = std::move(program);
  for (const auto& word : command.argv) prepared.argv.push_back(const_cast<char*>(word.c_str()));
  prepared.argv.push_back(nullptr);
  for (const auto& [name, value] : command.environment) {
    prepared.assignments.push_back(name);
    prepared.assignments.back().append("=").append(value);
  }
  for (auto& assignment : prepared.assignments) prepared.environment.push_back(assignment.data());
  prepared.environment.push_back(nullptr);
  prepared.parent = ::getpid();
  return prepared;
}

[[noreturn]] void give_up(const Prepared& prepared, Failure::Stage stage) {
  const Failure failure{stage, errno};
  [[maybe_unused]] const ssize_t wrote = ::write(prepared.failure, &failure, sizeof failure);
  ::_exit(127);
}

void restore_signals() {
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; ++number) ::sigaction(number, &standard, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

bool place_descriptors(const Command& command, const Prepared& prepared) {
  // Two steps, because a source may itself lie at 0 to 2 when our own parent closed those.
  std::array<int, 3> moved{};
  for (std::size_t i = 0; i < 3; ++i) {
    moved[i] = ::fcntl(prepared.standard[i], F_DUPFD_CLOEXEC, 3);
    if (moved[i] < 0) return false;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    if (::dup2(moved[i], static_cast<int>(i)) < 0) return false;
  }
  if (::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) != 0) return false;
  for (const int fd : command.keep_fds) {
    if (::fcntl(fd, F_SETFD, 0) != 0) return false;
  }
  return true;
}

[[noreturn]] void become(const Command& command, const Prepared& prepared) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  errno = 0;
  if (::getppid() != prepared.parent) give_up(prepared, Failure::Stage::parent_gone);
  if (!command.directory.empty() && ::chdir(command.directory.c_str()) != 0) {
    give_up(prepared, Failure::Stage::directory);
  }
  if (!place_descriptors(command, prepared)) give_up(prepared, Failure::Stage::descriptors);
  restore_signals();
  if (command.before_exec) command.before_exec();
  ::execve(prepared.program.c_str(), prepared.argv.data(), prepared.environment.data());
  give_up(prepared, Failure::Stage::exec);
}

tl::unexpected<Error> explain(const Command& command, const Failure& failure) {
  const std::string why = std::strerror(failure.error);
  switch (failure.stage) {
    case Failure::Stage::directory: return not_found("cannot enter '" + command.directory + "': " + why);
    case Failure::Stage::parent_gone: return transient("the starting thread's process ended");
    case Failure::Stage::descriptors: return transient("place descriptors: " + why);
    case Failure::Stage::exec: break;
  }
  const bool lasting = failure.error == ENOENT || failure.error == ENOTDIR || failure.error == EACCES ||
                       failure.error == ENOEXEC || failure.error == EISDIR;
  return fail(lasting ? ErrorKind::not_found : ErrorKind::transient, "cannot run '" + command.argv[0] + "': " + why);
}

// No signal handler of ours may run in the child before it has become another program.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_{};
};

pid_t fork_child(const Command& command, const Prepared& prepared) {
  const BlockedSignals blocked;
  const pid_t pid = ::fork();
  if (pid == 0) become(command, prepared);
  return pid;
}

void reap(pid_t pid) {
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {}
}

Result<void> await_exec(const Command& command, const Child& child, Pipe failure_pipe) {
  failure_pipe.write.reset();
  Failure failure{};
  ssize_t got = 0;
  do {
    got = ::read(failure_pipe.read.get(), &failure, sizeof failure);
  } while (got < 0 && errno == EINTR);
  if (got == 0) return {};
  reap(child.pid);
  if (got != sizeof failure) return transient("the child did not start");
  return explain(command, failure);
}

}  // namespace

Result<Child> start_child(const Command& command) {
  GREENROOM_TRY(program, find_program(command));
  GREENROOM_TRY(input, make_input(command.input));
  GREENROOM_TRY(out, make_pipe());
  GREENROOM_TRY(err, make_pipe());
  GREENROOM_TRY(failure, make_pipe());
  Prepared prepared = prepare(command, std::move(program));
  prepared.standard = {input.get(), out.write.get(), err.write.get()};
  prepared.failure = failure.write.get();
  Child child;
  child.pid = fork_child(command, prepared);
  if (child.pid < 0) return transient(std::string("fork: ") + std::strerror(errno));
  GREENROOM_CHECK(await_exec(command, child, std::move(failure)));
  child.exited = Fd(static_cast<int>(::syscall(SYS_pidfd_open, child.pid, 0)));
  if (!child.exited) {
    const int error = errno;
    ::kill(-child.pid, SIGKILL);
    reap(child.pid);
    return transient(std::string("pidfd: ") + std::strerror(error));
  }
  child.out = std::move(out.read);
  child.err = std::move(err.read);
  ::fcntl(child.out.get(), F_SETFL, O_NONBLOCK);
  ::fcntl(child.err.get(), F_SETFL, O_NONBLOCK);
  return child;
}

}  // namespace greenroom::process
