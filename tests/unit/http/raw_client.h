#pragma once
// Speaks HTTP byte by byte, so that a test can say what no client library would.

#include <chrono>
#include <string>
#include <string_view>

#include "lib/base/fd.h"

namespace greenroom::testing {

class RawClient {
 public:
  // A small receive buffer (bytes) makes a peer that does not read felt at once; 0 is the system's.
  explicit RawClient(unsigned short port, int receive_buffer = 0);
  void send(std::string_view bytes);
  // Everything until the peer closes, or until `enough` appears; at most 10 s.
  std::string read(std::string_view enough = "");
  // At most that many bytes; fewer when the peer closes, or for 10 s sends nothing.
  std::string read_at_most(std::size_t bytes);
  bool closed();  // the peer has closed, waited for at most 10 s

 private:
  Fd socket_;
};

}  // namespace greenroom::testing
