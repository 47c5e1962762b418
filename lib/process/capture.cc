#include "lib/process/capture.h"

#include <algorithm>

namespace greenroom::process {

void CaptureBuffer::add(std::string_view chunk) {
  total_ += chunk.size();
  const std::size_t room = std::min(head_limit_ - head_.size(), chunk.size());
  head_.append(chunk.substr(0, room));
  tail_.append(chunk.substr(room));
  // Trimming only at twice the limit keeps the cost of a flood linear.
  if (tail_.size() > 2 * tail_limit_) tail_.erase(0, tail_.size() - tail_limit_);
}

Capture CaptureBuffer::finish() && {
  if (tail_.size() > tail_limit_) tail_.erase(0, tail_.size() - tail_limit_);
  const std::uint64_t cut = total_ - head_.size() - tail_.size();
  return {std::move(head_), std::move(tail_), cut};
}

std::string Capture::joined() const {
  if (cut == 0) return head + tail;
  return head + "\n[… " + std::to_string(cut) + " bytes cut …]\n" + tail;
}

}  // namespace greenroom::process
