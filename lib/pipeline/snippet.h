#pragma once
// A few lines by themselves: as a change that brings one file, and as a program that is run once. For `greenroom try`
// and the practice page. Pure.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/diff/diff.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::pipeline {

// What a snippet of this name is run with; empty: nothing here runs it.
std::string interpreter_of(std::string_view name);

struct SnippetLimits {
  std::chrono::milliseconds wall{60'000};
  std::uint64_t memory_bytes = 1ull << 30;
  std::size_t output_bytes = 64u << 10;  // of each stream
};
// Runs `name`, which lies in `directory`, over a layer that is thrown away. `name` has an interpreter.
sandbox::Plan run_of_snippet(const std::string& name, const std::string& directory, const std::string& scratch,
                             const SnippetLimits& limits);
// "ended well", "ended with exit code 3", "was ended by its time limit", "ran out of memory".
std::string ending_of(const sandbox::SandboxOutcome& outcome);

// Every line of the file is the author's.
diff::Diff whole_file(const std::string& name, std::string_view content);

}  // namespace greenroom::pipeline
