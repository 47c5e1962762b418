#pragma once
// The practice host's repositories over smart HTTP: /git/<owner>/<name>.git/…, by `git http-backend` as a CGI child
// with an environment built from nothing. Every request signs in with HTTP Basic, account and push token; the name is
// looked up and only the repository's number reaches a path. Blocking; thread-safe.

#include <memory>
#include <string>
#include <string_view>

#include "lib/hosts/local/practice.h"
#include "lib/http/server.h"
#include "lib/pg/pg.h"

namespace greenroom::hosts::local {

inline constexpr std::size_t kPushLimit = 64u << 20;     // bytes of one push; git gets them whole
inline constexpr std::size_t kAnswerLimit = 256u << 20;  // bytes of one fetch

struct SmartHttpOptions {
  std::string git_root;
  std::string config_file;  // $GREENROOM_CONFIG of the receive hooks
};

class SmartHttp {
 public:
  SmartHttp(pg::Pool& pool, SmartHttpOptions options) : pool_(pool), options_(std::move(options)) {}
  // Answers every request whose path begins with "/git/". 401, 403, 404, 405, 413 and 415 each with one line.
  http::Response handle(const http::Request& request);

 private:
  struct Call;
  http::Response serve(const http::Request& request, const Call& call, const model::Account& account);

  pg::Pool& pool_;
  const SmartHttpOptions options_;
};

// "Status: 404 Not Found\r\nContent-Type: …\r\n\r\nbody". Errors: transient (the child wrote something else).
Result<http::Response> parse_cgi(std::string_view output);

}  // namespace greenroom::hosts::local
