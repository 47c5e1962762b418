#pragma once
// The checks of a working tree, and the review of what they found, for the commands that show one.

#include <string>
#include <vector>

#include "lib/base/error.h"
#include "lib/checks/check.h"
#include "lib/config/config.h"
#include "lib/pipeline/pipeline.h"
#include "lib/teaching/teaching.h"
#include "services/cli/working_tree.h"

namespace greenroom::cli {

// What runs the checks, and where.
struct Bench {
  checks::Toolbox toolbox;
  pipeline::Executor execute;
  std::string seen_as;  // how tools see the tree's folder, with '/' at the end
  std::string scratch;  // a folder of ours
};

struct Looked {
  pipeline::Report report;
  std::string config_error;
  bool nothing = false;  // no check fits what changed
};

// `changed`: the files to look at. `only`: checks by name; empty: all that fit. Blocks; on a terminal it says how far
// it is. A wrong .greenroom.yml is no error: the usual checks run, and `config_error` says what is wrong.
Result<Looked> look(const WorkingTree& tree, std::vector<std::string> changed, const std::vector<std::string>& only,
                    const Bench& bench, const config::Config& config);

void print_review(const Looked& looked, const WorkingTree& tree, const teaching::LessonBook& book,
                  const config::Config& config);

// kFine, kAttention or kUnavailable.
int exit_code_of(const Looked& looked);

}  // namespace greenroom::cli
