#include "lib/pipeline/snippet.h"

#include "lib/base/text.h"

namespace greenroom::pipeline {

std::string interpreter_of(std::string_view name) {
  if (name.ends_with(".py")) return "/usr/bin/python3";
  return name.ends_with(".sh") ? "/usr/bin/bash" : "";
}

sandbox::Plan run_of_snippet(const std::string& name, const std::string& directory, const std::string& scratch,
                             const SnippetLimits& limits) {
  sandbox::Plan plan;
  plan.argv = {interpreter_of(name), "/work/" + name};
  plan.workspace = directory;
  plan.access = sandbox::WorkspaceAccess::throw_away;
  plan.scratch = scratch;
  plan.limits.wall = limits.wall;
  plan.limits.memory_bytes = limits.memory_bytes;
  plan.limits.output_bytes = limits.output_bytes;
  return plan;
}

std::string ending_of(const sandbox::SandboxOutcome& outcome) {
  const process::Outcome& process = outcome.process;
  if (process.timed_out) return "was ended by its time limit";
  if (outcome.out_of_memory) return "ran out of memory";
  return process.exit_code == 0 ? "ended well" : "ended with exit code " + std::to_string(process.exit_code);
}

diff::Diff whole_file(const std::string& name, std::string_view content) {
  diff::File file;
  file.status = diff::File::Status::added;
  file.new_path = name;
  file.new_mode = "100644";
  diff::Hunk hunk;
  for (const std::string_view line : split_lines(content))
    hunk.lines.push_back(
        {diff::Line::Kind::added, std::string(line), 0, static_cast<int>(hunk.lines.size()) + 1, false});
  hunk.new_start = 1;
  hunk.new_count = static_cast<int>(hunk.lines.size());
  if (!hunk.lines.empty()) hunk.lines.back().no_newline = !content.ends_with('\n');
  file.hunks.push_back(std::move(hunk));
  return {{std::move(file)}};
}

}  // namespace greenroom::pipeline
