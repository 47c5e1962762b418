// The bare repositories of the practice host: <git_root>/<id>.git, with receive hooks that run `greenroom hook`.

#include <filesystem>
#include <fstream>

#include "lib/hosts/local/practice.h"
#include "lib/pg/query.h"
#include "lib/process/process.h"

namespace greenroom::hosts::local {
namespace fs = std::filesystem;
namespace {

constexpr const char* kPackLimit = "67108864";  // bytes of one push, the same as smart HTTP takes

Result<void> git(const std::vector<std::string>& words) {
  process::Command command;
  command.argv = {"git"};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  command.environment = {{"PATH", "/usr/local/bin:/usr/bin:/bin"},
                         {"HOME", "/nonexistent"},
                         {"LANG", "C.UTF-8"},
                         {"GIT_CONFIG_NOSYSTEM", "1"}};
  GREENROOM_TRY(outcome, process::run(command));
  if (!outcome.ok()) return transient("git " + words.front() + ": " + outcome.err.joined());
  return {};
}

// Hostile packs are checked as they come in; nothing of the repository's own is ever run but our hooks.
Result<void> make(const std::string& directory, std::string_view default_branch) {
  GREENROOM_CHECK(
      git({"init", "-q", "--bare", "--template=", "--initial-branch=" + std::string(default_branch), directory}));
  const std::vector<std::pair<std::string, std::string>> settings{
      {"receive.fsckObjects", "true"},           {"receive.maxInputSize", kPackLimit},
      {"receive.denyDeleteCurrent", "refuse"},   {"receive.autogc", "false"},
      {"uploadpack.allowAnySHA1InWant", "true"}, {"gc.auto", "0"},
      {"core.logAllRefUpdates", "true"}};
  for (const auto& [name, value] : settings) GREENROOM_CHECK(git({"-C", directory, "config", name, value}));
  return {};
}

std::string quoted(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

Result<void> write_hook(const std::string& directory, const std::string& name, const std::string& program,
                        std::int64_t id) {
  const fs::path file = directory + "/hooks/" + name;
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const fs::path fresh = file.string() + ".new";
  std::ofstream out(fresh, std::ios::trunc);
  out << "#!/bin/sh\nexec " << quoted(program) << " hook " << name << " " << id << "\n";
  out.close();
  if (!out) return transient("cannot write " + fresh.string() + ": is the disk full?");
  fs::permissions(fresh, fs::perms::owner_all | fs::perms::group_read | fs::perms::others_read, error);
  if (!error) fs::rename(fresh, file, error);
  if (error) return transient("cannot write " + file.string() + ": " + error.message());
  return {};
}

}  // namespace

std::string repository_directory(const std::string& git_root, std::int64_t repository) {
  return git_root + "/" + std::to_string(repository) + ".git";
}

Result<std::int64_t> ensure_repository(pg::Connection& db, const std::string& git_root, std::string_view full_name,
                                       std::string_view default_branch, const std::string& greenroom_program) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/ensure_repository"), {full_name, default_branch}));
  const std::int64_t id = rows[0].integer("id");
  const std::string directory = repository_directory(git_root, id);
  if (!fs::exists(directory + "/HEAD")) GREENROOM_CHECK(make(directory, default_branch));
  GREENROOM_CHECK(write_hook(directory, "pre-receive", greenroom_program, id));
  GREENROOM_CHECK(write_hook(directory, "post-receive", greenroom_program, id));
  return id;
}

}  // namespace greenroom::hosts::local
