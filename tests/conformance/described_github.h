#pragma once
// GitHub behind its own official description: Prism, a validating proxy, holds every request against what
// @octokit/openapi describes, and passes it on.

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "lib/base/synchronized.h"
#include "lib/http/client.h"
#include "lib/http/server.h"
#include "tests/support/temp_directory.h"

namespace greenroom::testing {

class DescribedGithub {
 public:
  // `node`: the folder of the npm packages (GREENROOM_NODE). `upstream`: "http://127.0.0.1:40001". Throws
  // std::runtime_error with what Prism printed when it does not begin to listen.
  DescribedGithub(const std::string& node, const std::string& upstream);
  ~DescribedGithub();
  DescribedGithub(const DescribedGithub&) = delete;
  DescribedGithub& operator=(const DescribedGithub&) = delete;

  std::string url() const;
  // "POST /repos/…: [violations as Prism says them]", of requests alone.
  std::vector<std::string> violations() const;
  std::size_t requests() const { return requests_; }

 private:
  http::Response pass_on(const http::Request& request);

  TempDirectory folder_;
  unsigned short prism_port_ = 0;
  std::atomic<bool> ending_ = false, listening_ = false;
  std::atomic<std::size_t> requests_ = 0;
  Synchronized<std::string> printed_;
  Synchronized<std::vector<std::string>> violations_;
  std::jthread prism_;
  std::unique_ptr<http::Client> client_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace greenroom::testing
