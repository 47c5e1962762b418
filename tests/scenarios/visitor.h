#pragma once
// Somebody who is signed in at the line's real dashboard.

#include <string>

#include "lib/http/server.h"
#include "tests/line/line.h"

namespace greenroom::testing {

class Visitor {
 public:
  // A fresh one-time link is used. The person has to be known: they have pushed, or written.
  Visitor(Line& line, const std::string& login);
  http::Response get(const std::string& path);
  http::Response post(const std::string& path, const std::string& form);  // with the session's CSRF token

 private:
  http::Response send(const std::string& method, const std::string& path, const std::string& form);
  const std::string url_;
  std::string cookie_, csrf_;
};

std::string header_of(const http::Response& response, std::string_view lower_case_name);

}  // namespace greenroom::testing
