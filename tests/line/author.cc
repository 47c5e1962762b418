// What people do: the seeded main branch, pushes over smart HTTP with the person's own token, comments.
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/line/line.h"

namespace greenroom::testing {
namespace fs = std::filesystem;

namespace {
constexpr const char* kAskpass =
    "#!/bin/sh\ncase $1 in User*) echo \"$LINE_LOGIN\" ;; *) cat \"$LINE_TOKEN\" ;; esac\n";
}  // namespace

void Line::write(const Files& files) {
  for (const auto& [name, content] : files) {
    const fs::path file = path("work/" + name);
    if (!content) {
      fs::remove(file);
      continue;
    }
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << *content;
  }
}

void Line::seed(const Files& files) {
  const std::string folder = path("practice/shotlist");
  fs::create_directories(folder);
  for (const auto& [name, content] : files) {
    fs::create_directories(fs::path(folder + "/" + name).parent_path());
    std::ofstream(folder + "/" + name, std::ios::binary) << content.value();
  }
  seed_from(folder);
}

void Line::seed_from(const std::string& directory) {
  const std::string folder = path("practice/shotlist");
  if (directory != folder) {
    fs::create_directories(path("practice"));
    fs::copy(directory, folder, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  }
  cli({"seed", "--practice", path("practice")});
  std::ofstream(path("askpass")) << kAskpass;
  fs::permissions(path("askpass"), fs::perms::owner_all);
  fs::create_directories(path("work"));
  git({"clone", "-q", "http://127.0.0.1:" + std::to_string(dashboard_port_) + "/git/practice/shotlist.git", "."});
  git({"config", "user.name", "Maya"});
  git({"config", "user.email", "maya@example.invalid"});
  git({"config", "core.autocrlf", "false"});
}

void Line::on_branch(const std::string& branch) {
  const bool known = !git({"branch", "--list", branch}).empty();
  if (known)
    git({"switch", "-q", branch});
  else
    git({"switch", "-q", "-c", branch, "origin/main"});
}

void Line::commit(const std::string& branch, const Files& files, const std::string& subject) {
  on_branch(branch);
  write(files);
  commit_all(subject);
}

void Line::commit_all(const std::string& subject) {
  git({"add", "-A"});
  git({"commit", "-q", "--allow-empty", "-m", subject});
}

std::int64_t Line::push_head(const std::string& branch, bool force) {
  git(force ? std::vector<std::string>{"push", "-q", "--force", "origin", branch}
            : std::vector<std::string>{"push", "-q", "origin", branch});
  const auto found =
      rows("SELECT number FROM local_host.item WHERE kind = 'change' AND state = 'open' AND head_ref = $1", {branch});
  if (found.empty()) throw std::runtime_error("the push of " + branch + " opened no change");
  return found[0].integer("number");
}

std::int64_t Line::push(const std::string& branch, const Files& files, const std::string& subject) {
  commit(branch, files, subject);
  return push_head(branch, false);
}

std::int64_t Line::force_push(const std::string& branch, const Files& files, const std::string& subject) {
  on_branch(branch);
  git({"reset", "-q", "--hard", "origin/main"});
  write(files);
  commit_all(subject);
  return push_head(branch, true);
}

void Line::delete_branch(const std::string& branch) { git({"push", "-q", "origin", "--delete", branch}); }

void Line::rename(const std::string& branch, const std::string& from, const std::string& to) {
  on_branch(branch);
  fs::create_directories(fs::path(path("work/" + to)).parent_path());
  git({"mv", from, to});
}

std::string Line::head(const std::string& branch) { return git({"rev-parse", branch}).substr(0, 40); }

void Line::comment(std::int64_t number, const std::string& login, const std::string& body) {
  cli({"comment", "practice/shotlist", std::to_string(number), "--as", login, "--body", body});
}

}  // namespace greenroom::testing
