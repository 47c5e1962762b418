#pragma once
// The real program in a folder of the test's own.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "lib/process/process.h"
#include "tests/support/temp_directory.h"

namespace greenroom::cli {

struct Answer {
  int code = -1;
  std::string out, err;
};

class Program : public ::testing::Test {
 protected:
  testing::TempDirectory folder_;
  std::map<std::string, std::string> environment_{{"PATH", "/usr/bin:/bin"},
                                                  {"LANG", "C.UTF-8"},
                                                  {"HOME", folder_.path()},
                                                  {"GIT_CONFIG_NOSYSTEM", "1"},
                                                  {"GREENROOM_TEMPLATES_DIRECTORY", GREENROOM_SOURCE_DIR "/templates"}};

  std::string input_;  // what the program reads from its standard input

  Answer greenroom(std::vector<std::string> words, const std::string& directory = "tree") {
    words.insert(words.begin(), GREENROOM_BINARY_DIR "/bin/greenroom");
    return run(words, directory);
  }

  // A repository of one commit on main, with branch `mine` checked out.
  void make_tree(const std::map<std::string, std::string>& files) {
    for (const auto& [name, content] : files) folder_.write("tree/" + name, content);
    if (files.empty()) folder_.write("tree/README.md", "# Nothing\n");
    git({"init", "-q", "-b", "main"});
    commit("one");
    git({"switch", "-q", "-c", "mine"});
  }
  void write(const std::string& name, const std::string& content) { folder_.write("tree/" + name, content); }
  void commit(const std::string& message) {
    git({"add", "-A"});
    git({"commit", "-q", "-m", message});
  }
  std::string git(std::vector<std::string> words) {
    words.insert(words.begin(), {"git", "-c", "user.name=Maya", "-c", "user.email=maya@example.invalid"});
    const Answer answer = run(words, "tree");
    EXPECT_EQ(answer.code, 0) << answer.err;
    return answer.out;
  }

 private:
  Answer run(const std::vector<std::string>& words, const std::string& directory) {
    process::Command command;
    command.argv = words;
    command.directory = folder_ / directory;
    command.input = input_;
    for (const auto& variable : environment_) command.environment.push_back(variable);
    const auto outcome = process::run(command);
    if (!outcome) {
      ADD_FAILURE() << words[0] << ": " << outcome.error().describe();
      return {};
    }
    return {outcome->exit_code, outcome->out.joined(), outcome->err.joined()};
  }
};

}  // namespace greenroom::cli
