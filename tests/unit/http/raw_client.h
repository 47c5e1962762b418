#pragma once
// Speaks HTTP byte by byte, so that a test can say what no client library would.

#include <chrono>
#include <string>
#include <string_view>

#include "lib/base/fd.h"

namespace greenroom::testing {

class RawClient {
 public:
  explicit RawClient(unsigned short port);
  void send(std::string_view bytes);
  // Everything until the peer closes, or until `enough` appears; at most 10 s.
  std::string read(std::string_view enough = "");
  bool closed();  // the peer has closed, waited for at most 10 s

 private:
  Fd socket_;
};

}  // namespace greenroom::testing
