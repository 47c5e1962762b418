#pragma once
// Runs a child process: argv (never a shell), an environment built from nothing, output caps, a wall-clock limit.
// The child gets its own process group, closed descriptors, and dies with us. Thread-safe; run() blocks.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/error.h"

namespace greenroom::process {

// Output kept as head and tail with a count of what was dropped between them.
struct Capture {
  std::string head, tail;
  std::uint64_t cut = 0;        // bytes dropped between head and tail
  std::uint64_t cut_lines = 0;  // line ends among them
  std::string joined() const;   // head, "\n[… 12345 bytes cut …]\n", tail
};

enum class Stream { out, err };

struct Command {
  std::vector<std::string> argv;  // argv[0] is looked up in PATH of `environment`, or absolute
  std::vector<std::pair<std::string, std::string>> environment;  // the whole of it
  std::string directory;                                         // empty: stay
  std::string input;                                             // given on stdin; else /dev/null
  std::chrono::milliseconds wall{60'000};
  std::chrono::milliseconds grace{2'000};                   // between SIGTERM and SIGKILL to the group
  std::function<bool()> ask_to_end;                         // in SIGTERM's place; false: nobody heard, so SIGTERM
  std::size_t capture_bytes = 8u << 20;                     // per stream, head and tail together
  std::vector<int> keep_fds;                                // descriptors that the child inherits under the same number
  std::function<void(Stream, std::string_view)> on_output;  // each chunk, on the calling thread; may be empty
  std::function<bool()> cancelled;                          // polled every 50 ms; true ends the child; may be empty
  std::function<void()> before_exec;  // in the child after fork: async-signal-safe calls only; may be empty
};

struct Outcome {
  int exit_code = -1;  // -1 when a signal ended it
  int signal = 0;
  bool timed_out = false;
  bool cancelled = false;
  Capture out, err;
  std::chrono::milliseconds took{0};
  bool ok() const { return exit_code == 0 && !timed_out && !cancelled; }
};

// Errors: not_found (no such program), transient (fork or pipe failed).
Result<Outcome> run(const Command& command);

}  // namespace greenroom::process
