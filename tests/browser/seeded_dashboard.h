#pragma once
// The real dashboard process over a database, a repository and a Redis of the test's own, with one change that has
// been reviewed: Maya's first branch of the practice project, Ben at her side.

#include <memory>
#include <string>
#include <vector>

#include "lib/hosts/local/practice.h"
#include "lib/http/client.h"
#include "lib/http/server.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_database.h"
#include "tests/support/test_redis.h"

namespace greenroom::testing {

struct Cast {
  std::int64_t maya = 0, ben = 0, bot = 0, noor = 0;  // accounts of the practice host
};

class SeededDashboard {
 public:
  SeededDashboard();
  ~SeededDashboard();

  // A fresh one-time link is used; gives the session's cookie as "name=value".
  std::string sign_in(const std::string& login);
  http::Response get(const std::string& path, const std::string& cookie = "");
  http::Response post(const std::string& path, const std::string& form, const std::string& cookie = "",
                      const http::HeaderList& more = {});
  std::string csrf(const std::string& cookie);  // of that session, as a form carries it
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::string job_path() const { return "/jobs/" + std::to_string(job_); }
  std::string fresh_token(const std::string& login);  // of a one-time link
  int stop();                                         // SIGTERM; the exit status

  TestDatabase database;
  TempDirectory folder;
  TestRedis redis;
  Cast cast;
  std::int64_t repository = 0;

 private:
  void seed();
  void seed_people();
  void seed_change();
  void seed_review(const std::string& head, const std::string& base);
  void start();
  std::string git(const std::vector<std::string>& words);

  int pid_ = 0;
  unsigned short port_ = 0;
  std::int64_t job_ = 0;
};

std::string header_of(const http::Response& response, std::string_view lower_case_name);

}  // namespace greenroom::testing
