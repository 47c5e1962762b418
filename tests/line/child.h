#pragma once
// A long-running program that a test starts: its output goes to a file, and it never outlives the test.

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace greenroom::testing {

class Child {
 public:
  // `environment` is the whole of it. Throws std::runtime_error when the program cannot be started.
  Child(const std::vector<std::string>& argv, const std::map<std::string, std::string>& environment, std::string log);
  ~Child();  // TERM, then KILL after 10 s
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int pid() const { return pid_; }
  const std::string& log() const { return log_; }
  void signal(int number) const;
  bool running();
  // The wait status once it has ended; nullopt after `patience`.
  std::optional<int> wait(std::chrono::milliseconds patience);

 private:
  int pid_ = 0;
  std::string log_;
  std::optional<int> status_;
};

}  // namespace greenroom::testing
