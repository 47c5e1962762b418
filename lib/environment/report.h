#pragma once
// What a builder left in environment.json, and what is kept beside a tree. Hostile. Pure. Private.

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/checks/providers/provider.h"

namespace greenroom::environment {

// Variables that a job gets from us alone are left out, and named in `left_out`. Errors: rejected, with a sentence.
Result<checks::Built> read_report(std::string_view text, const std::vector<sandbox::ReadOnlyBind>& binds,
                                  std::vector<std::string>& left_out);

struct Manifest {
  checks::Built built;
  std::vector<std::string> left_out;
  std::uint64_t bytes = 0;
  std::int64_t built_at = 0;  // seconds since 1970
};
std::string to_json(const Manifest& manifest);
// Errors: bug; what is kept was written by us.
Result<Manifest> read_manifest(std::string_view text);

}  // namespace greenroom::environment
