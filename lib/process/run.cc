// The child's life after exec: reading its output, ending it on time, and leaving nothing of its group behind.

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "lib/base/clock.h"
#include "lib/process/capture.h"
#include "lib/process/child.h"

namespace greenroom::process {
namespace {

using std::chrono::milliseconds;
using Instant = std::chrono::steady_clock::time_point;

constexpr milliseconds kCancelPoll{50};
constexpr std::size_t kChunk = 64u << 10;
constexpr std::size_t kDrain = 1u << 20;  // a pipe's largest usual size; more than that comes from a stray writer

Instant now() { return system_clock().steady(); }

class Run {
 public:
  Run(const Command& command, Child child)
      : command_(command), child_(std::move(child)), out_(command.capture_bytes), err_(command.capture_bytes) {}

  Outcome finish();

 private:
  void step();
  void look_at_limits();
  void begin_end();
  std::size_t read_some(Stream stream);
  void drain(Stream stream);
  void collect();
  int milliseconds_to_wait() const;
  Fd& pipe_of(Stream stream) { return stream == Stream::out ? child_.out : child_.err; }

  const Command& command_;
  Child child_;
  CaptureBuffer out_, err_;
  Outcome outcome_;
  Instant started_ = now();
  Instant next_ = started_ + command_.wall;  // when the next limit strikes: first TERM, then KILL
  enum class Phase { running, asked_to_end, killed } phase_ = Phase::running;
  bool exited_ = false;
  std::array<char, kChunk> chunk_;
};

int Run::milliseconds_to_wait() const {
  if (phase_ == Phase::killed) return -1;
  auto left = std::chrono::ceil<milliseconds>(next_ - now());
  if (phase_ == Phase::running && command_.cancelled) left = std::min(left, kCancelPoll);
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

void Run::begin_end() {
  if (!command_.ask_to_end || !command_.ask_to_end()) ::kill(-child_.pid, SIGTERM);
  phase_ = Phase::asked_to_end;
  next_ = now() + command_.grace;
}

void Run::look_at_limits() {
  if (phase_ == Phase::running && command_.cancelled && command_.cancelled()) {
    outcome_.cancelled = true;
    return begin_end();
  }
  if (phase_ == Phase::killed || now() < next_) return;
  if (phase_ == Phase::running) {
    outcome_.timed_out = true;
    return begin_end();
  }
  ::kill(-child_.pid, SIGKILL);
  phase_ = Phase::killed;
}

// One read; 0 when there is nothing (now or for ever). Closes our end at the stream's end.
std::size_t Run::read_some(Stream stream) {
  Fd& pipe = pipe_of(stream);
  const ssize_t got = ::read(pipe.get(), chunk_.data(), chunk_.size());
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
  if (got <= 0) {
    pipe.reset();
    return 0;
  }
  const std::string_view text(chunk_.data(), static_cast<std::size_t>(got));
  (stream == Stream::out ? out_ : err_).add(text);
  if (command_.on_output) command_.on_output(stream, text);
  return text.size();
}

void Run::step() {
  std::array<pollfd, 3> waits{{{child_.exited.get(), POLLIN, 0},
                               {child_.out.get(), POLLIN, 0},
                               {child_.err.get(), POLLIN, 0}}};  // a closed one is -1, which poll passes over
  if (::poll(waits.data(), waits.size(), milliseconds_to_wait()) > 0) {
    exited_ = waits[0].revents != 0;
    if (waits[1].revents != 0) read_some(Stream::out);
    if (waits[2].revents != 0) read_some(Stream::err);
  }
  if (!exited_) look_at_limits();
}

// What is still in the pipe. Not until its end: a process that left the group may hold it open, or write for ever.
void Run::drain(Stream stream) {
  for (std::size_t left = kDrain; pipe_of(stream);) {
    const std::size_t got = read_some(stream);
    if (got == 0 || got >= left) return;
    left -= got;
  }
}

void Run::collect() {
  // The leader is not reaped yet, so its number still names its group and nobody else's.
  ::kill(-child_.pid, SIGKILL);
  drain(Stream::out);
  drain(Stream::err);
  int status = 0;
  while (::waitpid(child_.pid, &status, 0) < 0 && errno == EINTR) {}
  if (WIFEXITED(status)) outcome_.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome_.signal = WTERMSIG(status);
}

Outcome Run::finish() {
  while (!exited_) step();
  collect();
  outcome_.out = std::move(out_).finish();
  outcome_.err = std::move(err_).finish();
  outcome_.took = std::chrono::duration_cast<milliseconds>(now() - started_);
  return std::move(outcome_);
}

}  // namespace

Result<Outcome> run(const Command& command) {
  auto child = start_child(command);
  if (!child) return pass(std::move(child).error(), "start '" + (command.argv.empty() ? "" : command.argv[0]) + "'");
  return Run(command, std::move(*child)).finish();
}

}  // namespace greenroom::process
