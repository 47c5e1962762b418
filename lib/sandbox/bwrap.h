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
  std::string etc;        // a folder to show as /etc
  std::string tmp;        // a folder to show as /tmp, with home and out in it; empty: a fresh tmpfs
  std::vector<std::pair<std::string, int>> files;  // path inside → descriptor of the content
  std::vector<std::string> blanked;                // files of /proc that tell of the machine, to be shown as empty
  int filter = -1;                                 // the seccomp program
  int status = -1;                                 // where bubblewrap reports the job's exit
};

constexpr const char* kBwrap = "/usr/bin/bwrap";

// The job's whole environment: the built-in names, then the plan's.
std::vector<std::pair<std::string, std::string>> job_environment(const Plan& plan);

// How many user namespaces bubblewrap makes for these arguments: the job is to find none left.
int user_namespaces(const Plan& plan);
std::vector<std::string> bwrap_arguments(const Plan& plan, const Wiring& wiring);

}  // namespace greenroom::sandbox
