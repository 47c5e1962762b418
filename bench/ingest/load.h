#pragma once
// Sends prepared HTTP requests over several connections at once, each waiting for its answer before it sends the next,
// as git hosts do. Two threads, to leave the machine to the server.

#include <string>
#include <vector>

namespace greenroom::bench {

struct Load {
  double per_second = 0;             // answers 202
  std::vector<double> milliseconds;  // of every request
  int refused = 0;                   // other answers, and connections lost
};

// `requests` are whole requests, head and body. Blocks until all are answered.
Load send_all(unsigned short port, const std::vector<std::string>& requests, int connections);

}  // namespace greenroom::bench
