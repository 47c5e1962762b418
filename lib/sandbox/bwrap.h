#pragma once
// A plan as bubblewrap's arguments. Pure: the same plan and wiring give the same words, which a golden test holds.

#include <string>
#include <utility>
#include <vector>

#include "lib/sandbox/sandbox.h"

namespace greenroom::sandbox {

// What execute() prepared on the machine for one run.
struct Wiring {
  std::string workspace;  // what to show as /work: the checkout, the layer over it, or the copy
  std::string tmp;        // a folder to show as /tmp, with home and out in it; empty: a fresh tmpfs
  std::vector<std::pair<std::string, int>> files;  // path inside → descriptor of the content
  std::vector<int> filters;                        // seccomp programs
  int status = -1;                                 // where bubblewrap reports the job's exit
};

constexpr const char* kBwrap = "/usr/bin/bwrap";

// The small /etc that programs expect: path inside → content.
std::vector<std::pair<std::string, std::string>> etc_files();
// The job's whole environment: the built-in names, then the plan's.
std::vector<std::pair<std::string, std::string>> job_environment(const Plan& plan);

std::vector<std::string> bwrap_arguments(const Plan& plan, const Wiring& wiring);

}  // namespace greenroom::sandbox
