#pragma once
// A temporary directory with a repository made by the real git, also able to make objects that git would refuse.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/process/process.h"

namespace greenroom::git {

class GitFixture : public ::testing::Test {
 protected:
  GitFixture() : root_(std::filesystem::temp_directory_path() / ("greenroom-git-" + random_hex(8))) {
    std::filesystem::create_directories(root_);
    git({"init", "--quiet", "--bare", "--initial-branch=main", source()});
  }
  ~GitFixture() override { std::filesystem::remove_all(root_); }

  std::string path(const std::string& name) const { return (root_ / name).string(); }
  std::string source() const { return path("source.git"); }
  std::string url() const { return "file://" + source(); }

  // Runs git and answers its trimmed output; a failure fails the test.
  std::string git(std::vector<std::string> words, const std::string& input = {}) {
    process::Command command;
    command.argv = std::move(words);
    command.argv.insert(command.argv.begin(), "git");
    command.directory = root_.string();
    command.input = input;
    command.environment = {{"PATH", "/usr/bin:/bin"},          {"HOME", root_.string()},
                           {"GIT_CONFIG_GLOBAL", "/dev/null"}, {"GIT_CONFIG_NOSYSTEM", "1"},
                           {"GIT_AUTHOR_NAME", "Ada"},         {"GIT_AUTHOR_EMAIL", "ada@example.org"},
                           {"GIT_COMMITTER_NAME", "Ada"},      {"GIT_COMMITTER_EMAIL", "ada@example.org"},
                           {"GIT_AUTHOR_DATE", date_},         {"GIT_COMMITTER_DATE", date_}};
    const auto outcome = process::run(command);
    EXPECT_TRUE(outcome && outcome->ok())
        << join(command.argv, " ") << ": " << (outcome ? outcome->err.joined() : outcome.error().describe());
    return outcome ? std::string(trim(outcome->out.joined())) : std::string();
  }
  std::string in_source(std::vector<std::string> words, const std::string& input = {}) {
    words.insert(words.begin(), "--git-dir=" + source());
    return git(std::move(words), input);
  }

  struct File {
    std::string path, content, mode = "100644";
  };
  std::string blob(const std::string& content) { return in_source({"hash-object", "-w", "--stdin"}, content); }

  // A commit of exactly these files; their paths may hold folders. A submodule's content is its commit.
  std::string commit(const std::vector<File>& files, const std::vector<std::string>& parents = {}) {
    const std::string message = "a message\n";
    std::string stream = "commit refs/made/by-fixture\nmark :1\ncommitter Ada <ada@example.org> " + date_ + "\ndata " +
                         std::to_string(message.size()) + "\n" + message;
    for (const auto& parent : parents) stream += (&parent == &parents[0] ? "from " : "merge ") + parent + "\n";
    stream += "deleteall\n";
    for (const auto& file : files) {
      const bool module = file.mode == "160000";
      stream += "M " + file.mode + (module ? " " + file.content : " inline") + " " + file.path + "\n";
      if (!module) stream += "data " + std::to_string(file.content.size()) + "\n" + file.content + "\n";
    }
    return in_source({"fast-import", "--quiet", "--force", "--date-format=raw"}, stream + "\nget-mark :1\n");
  }
  std::string commit_tree(const std::string& tree, const std::vector<std::string>& parents = {}) {
    std::vector<std::string> words = {"commit-tree", "-m", "a message", tree};
    for (const auto& parent : parents) words.insert(words.end(), {"-p", parent});
    return in_source(words);
  }

  struct RawEntry {
    std::string mode, name, id;
  };
  // A tree object byte by byte, with whatever names an attacker likes.
  std::string raw_tree(const std::vector<RawEntry>& entries) {
    std::string bytes;
    for (const auto& entry : entries) {
      std::string id;
      EXPECT_TRUE(from_hex(entry.id, id));
      bytes += entry.mode + " " + entry.name + '\0' + id;
    }
    return in_source({"hash-object", "-w", "-t", "tree", "--literally", "--stdin"}, bytes);
  }

  static std::string content_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::string date_ = "1700000000 +0000";
  std::filesystem::path root_;
};

}  // namespace greenroom::git
