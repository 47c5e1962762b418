#pragma once
// The dashboard's requests: pages for people who are signed in, the practice host's repositories, static files, and
// the three addresses that machines ask. Thread-safe; handle() blocks on the database, so give it worker threads.

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/secret.h"
#include "lib/http/server.h"
#include "lib/pg/pg.h"
#include "lib/redis/redis.h"

namespace greenroom::web {

struct Settings {
  std::string url;                  // where people reach the pages, no slash at the end; https makes cookies Secure
  std::string templates_directory;  // holds pages/ and static/
  std::string git_root;             // of the practice host; empty: /git/ is not served
  std::string config_file;          // $GREENROOM_CONFIG of the receive hooks
  std::string webhook_url;
  std::string github_web_url;  // where a GitHub App is made
  Secret webhook_secret;
  redis::Options redis;                     // live logs
  std::string approval_required = "tests";  // approval.required
  int tries_per_hour = 20;                  // of one person on the practice page; 0: there is none
  int keep_tries_hours = 24;
};

class App {
 public:
  // Reads every template and static file. Errors: user_fault naming the file. `pool` outlives the App.
  static Result<std::unique_ptr<App>> make(pg::Pool& pool, Settings settings, const Clock& clock);
  ~App();

  void handle(http::Request request, std::shared_ptr<http::Responder> responder);
  // What needs neither database nor worker: /livez. nullopt for everything else.
  static std::optional<http::Response> answer_at_once(const http::Request& request);
  // /readyz says no from now on and live logs end, so that the server can drain.
  void wind_down();

 private:
  struct Impl;
  explicit App(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace greenroom::web
