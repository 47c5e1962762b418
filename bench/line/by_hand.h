#pragma once
// The raw side of the line: every tool that the runner uses on a change, run by hand on the same tree with the same
// command line, one after the other, without a sandbox.

#include <map>
#include <string>
#include <vector>

#include "lib/checks/check.h"

namespace greenroom::bench {

class ByHand {
 public:
  // `directory` holds the checked-out tree `files`, of which `changed` are what the change added or edited.
  // Throws std::runtime_error when the checks cannot be planned.
  ByHand(std::string directory, std::vector<std::string> files, std::vector<std::string> changed);

  // Runs each tool once; keeps its time. Throws when one cannot be started.
  void run();

  // Medians so far, in milliseconds, by the check's name.
  std::map<std::string, double> medians() const;

 private:
  std::string directory_;
  std::vector<checks::Check> checks_;
  std::map<std::string, std::vector<double>> times_;
};

}  // namespace greenroom::bench
