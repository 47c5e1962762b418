#pragma once
// Why a lock gave no environment, from what pip, uv and pipenv printed. Each code has a lesson,
// templates/lessons/environment/<code>.md. Pure, and bounded whatever the output is: packages and the index have their
// say in it. nullopt: nothing that the lock's author could mend, or nothing that can be told for certain.
// Private to providers/.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/checks/providers/provider.h"

namespace greenroom::checks {

// pip says the same of a package that does not exist, of one without a wheel, and of an index that is not well. Which
// it was stands in its log alone: builders print the lines of it that builders/pip_log.py chooses.
std::optional<LockFault> explain_pip(const EnvironmentPlan& plan, std::string_view output);
std::optional<LockFault> explain_uv(const EnvironmentPlan& plan, std::string_view output);
std::optional<LockFault> explain_pipenv(const EnvironmentPlan& plan, std::string_view output);

namespace explain {

inline constexpr std::size_t kMaxBytes = 1u << 20, kMaxLines = 20'000, kMaxLineBytes = 4096;

// The last kMaxLines lines of the last kMaxBytes, each cut to kMaxLineBytes: what stopped a build stands at its end.
std::vector<std::string_view> lines_of(std::string_view output);
// What stands between the first `before` and the first `after` behind it; `after` empty: up to the end. "" when either
// is missing.
std::string_view between(std::string_view line, std::string_view before, std::string_view after);
inline bool has(std::string_view line, std::string_view words) { return line.find(words) != std::string_view::npos; }
// As a person may be shown it: one line, no control characters, at most 80 bytes.
std::string shown(std::string_view text);
// "1.0, 2.0 and 3.0" of a list with commas: the last three at most.
std::string last_few(std::string_view list);

}  // namespace explain
}  // namespace greenroom::checks
