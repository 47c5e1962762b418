#include "tests/support/fake_github/faults.h"

#include <algorithm>

namespace greenroom::testing::fake {

bool fits(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() != '*')
    return !text.empty() && pattern.front() == text.front() && fits(pattern.substr(1), text.substr(1));
  for (std::size_t skipped = 0; skipped <= text.size(); ++skipped)
    if (fits(pattern.substr(1), text.substr(skipped))) return true;
  return false;
}

std::optional<Injected> take_fault(State& state, const std::string& method, const std::vector<std::string>& paths,
                                   const std::vector<std::string>& operations) {
  for (auto& injected : state.faults) {
    Fault& fault = injected.fault;
    if (fault.count <= 0 || (!fault.method.empty() && fault.method != method)) continue;
    const bool of_path = fault.path.empty() || std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
                           return fits(fault.path, path);
                         });
    const bool of_operation =
        fault.operation.empty() || std::count(operations.begin(), operations.end(), fault.operation) != 0;
    if (!of_path || !of_operation) continue;
    --fault.count;
    return injected;
  }
  return std::nullopt;
}

}  // namespace greenroom::testing::fake
