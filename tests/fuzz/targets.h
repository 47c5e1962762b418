#pragma once
// What is fuzzed: one function per parser of hostile text, named as its fuzz_<name> program and its corpus folder.
// A function answers nothing: it fails by a crash, by a sanitizer's report or by a broken promise (std::abort).

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace greenroom::fuzz {

struct Target {
  std::string name;  // "flake8", "http_target"
  void (*run)(std::string_view name, std::string_view input);
};

// The name that a test of this target has in a list of tests.
void PrintTo(const Target& target, std::ostream* stream);

const std::vector<Target>& all_targets();
// Aborts when there is no such target.
const Target& target_named(std::string_view name);

}  // namespace greenroom::fuzz
