#include "lib/pipeline/limits.h"

#include "lib/base/text.h"

namespace greenroom::pipeline {
namespace {

constexpr std::size_t kNameBytes = 160;

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

std::string seconds(std::chrono::milliseconds time) { return std::to_string(time.count() / 1000) + " s"; }

// `it`: who wrote too much. Empty: there was room.
std::string want_of_room(sandbox::Room room, const sandbox::Limits& limits, const std::string& it) {
  const std::string may = " " + it + " may";
  switch (room) {
    case sandbox::Room::enough: return "";
    case sandbox::Room::no_more_bytes: return it + " wrote more than the " + mebibytes(limits.scratch_bytes) + may;
    case sandbox::Room::no_more_files:
      return it + " made more files than the " + std::to_string(limits.scratch_bytes / sandbox::kBytesPerFile) + may;
    case sandbox::Room::file_too_large:
      return it + " wrote a file of more than the " + mebibytes(limits.file_bytes) + may;
    case sandbox::Room::none_it_says:
      return it + (it == "it" ? " says" : " say") + " that no space was left on the device";
  }
  return "";
}

// "tests/test_a.py ..F" → the file; with pytest's -v, "tests/test_a.py::test_one PASSED" → the test.
std::string_view name_in(std::string_view line) {
  constexpr std::string_view kEnding = ".py";
  for (auto at = line.find(kEnding); at != std::string_view::npos; at = line.find(kEnding, at + 1)) {
    const auto end = at + kEnding.size();
    if (line.substr(0, end).find(": ") != std::string_view::npos) return {};
    if (end == line.size() || line[end] == ' ') return line.substr(0, end);
    if (line.substr(end).starts_with("::")) return line.substr(0, line.find(' ', end));
  }
  return {};
}

Reached of_tests(const checks::Check& check, const sandbox::SandboxOutcome& outcome) {
  const sandbox::Limits& limits = check.limits;
  if (outcome.process.timed_out) {
    const std::string last = last_test_begun(outcome.process.out.joined());
    const std::string which = last.find("::") == std::string::npos ? " was in " : " was ";
    return {model::Limit::time, "they reached the time limit of " + seconds(limits.wall) +
                                    (last.empty() ? "" : "; the last test that began" + which + last)};
  }
  if (outcome.out_of_memory)
    return {model::Limit::memory,
            "they needed more than the " + mebibytes(limits.memory_bytes) + " of memory they may"};
  if (auto words = want_of_room(outcome.room, limits, "they"); !words.empty())
    return {model::Limit::room, std::move(words)};
  return {};
}

Reached of_tool(const checks::Check& check, const sandbox::SandboxOutcome& outcome) {
  const sandbox::Limits& limits = check.limits;
  if (outcome.process.timed_out)
    return {model::Limit::time, "stopped after " + seconds(limits.wall) + ": its time was up"};
  if (outcome.out_of_memory)
    return {model::Limit::memory, "stopped: it needed more than " + mebibytes(limits.memory_bytes) + " of memory"};
  if (auto words = want_of_room(outcome.room, limits, "it"); !words.empty())
    return {model::Limit::room, "stopped, out of room: " + std::move(words)};
  return {};
}

}  // namespace

Reached limit_reached(const checks::Check& check, const sandbox::SandboxOutcome& outcome) {
  return check.kind == model::CheckKind::test ? of_tests(check, outcome) : of_tool(check, outcome);
}

std::string last_test_begun(std::string_view out) {
  std::string_view last;
  for (const std::string_view line : split_lines(out)) {
    // Beneath the next rule pytest looks back.
    if (line.starts_with("===") && line.find("test session starts") == std::string_view::npos) break;
    if (const auto name = name_in(line); !name.empty()) last = name;
  }
  return shorten(scrub_utf8(last), kNameBytes);
}

}  // namespace greenroom::pipeline
