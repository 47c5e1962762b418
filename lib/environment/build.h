#pragma once
// Runs a plan's builder in the provision sandbox. Private.

#include "lib/environment/environment.h"

namespace greenroom::environment {

struct Finished {
  std::optional<checks::Built> built;
  std::optional<checks::LockFault> fault;
  std::vector<std::string> left_out;
  std::uint64_t bytes = 0;
  std::string log;
  std::vector<std::string> degraded;
};

// `folder` holds an empty tree/ and sources/. Errors as provide()'s.
Result<Finished> build(const checks::Chosen& chosen, const Settings& settings, const std::string& folder,
                       const std::function<void(process::Stream, std::string_view)>& on_output,
                       const std::function<bool()>& cancelled);

}  // namespace greenroom::environment
