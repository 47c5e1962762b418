#pragma once
// The practice host over a database of the test's own and a real bare repository, with a clone to push from by path.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/hosts/local/practice.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_database.h"

namespace greenroom::hosts::local {

class Practice : public ::testing::Test {
 protected:
  Practice();

  std::string git(const std::vector<std::string>& words);  // in the clone; throws when it fails
  struct Attempt {
    int exit_code = 0;
    std::string text;
  };
  Attempt try_git(const std::vector<std::string>& words);
  // Commits one file on the branch and pushes it by path. Returns what the hook would have read.
  RefUpdate push(const std::string& branch, const std::string& content, const std::string& message = "Change");
  std::string head(const std::string& ref = "HEAD");
  std::string waiting();  // how many events wait in the outbox

  std::vector<model::Event> receive(const RefUpdate& update, std::int64_t pusher);
  std::vector<model::Event> receive(const RefUpdate& update) { return receive(update, maya); }
  std::string bare() const { return repository_directory(folder / "git", repository); }

  testing::TestDatabase database;
  pg::Connection& db;
  testing::TempDirectory folder;
  const Secret token{"maya's push token"};
  std::int64_t maya = 0, ben = 0, bot = 0, repository = 0;
};

}  // namespace greenroom::hosts::local
