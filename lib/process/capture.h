#pragma once
// Keeps the first and the last bytes of a stream and counts what falls between: a compiler's first error and a test
// run's last line both matter, the flood between them does not. Memory stays under 1.5 × the limit.

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/process/process.h"

namespace greenroom::process {

class CaptureBuffer {
 public:
  explicit CaptureBuffer(std::size_t limit) : head_limit_(limit / 2), tail_limit_(limit - limit / 2) {}
  void add(std::string_view chunk);
  Capture finish() &&;

 private:
  std::size_t head_limit_, tail_limit_;
  void drop_from_tail();
  std::uint64_t total_ = 0, cut_lines_ = 0;
  std::string head_, tail_;
};

}  // namespace greenroom::process
