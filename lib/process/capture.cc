#include "lib/process/capture.h"

#include <algorithm>

namespace greenroom::process {

void CaptureBuffer::add(std::string_view chunk) {
  total_ += chunk.size();
  const std::size_t room = std::min(head_limit_ - head_.size(), chunk.size());
  head_.append(chunk.substr(0, room));
  tail_.append(chunk.substr(room));
  // Trimming only at twice the limit keeps the cost of a flood linear.
  if (tail_.size() > 2 * tail_limit_) drop_from_tail();
}

void CaptureBuffer::drop_from_tail() {
  const auto end = tail_.begin() + static_cast<std::ptrdiff_t>(tail_.size() - tail_limit_);
  cut_lines_ += static_cast<std::uint64_t>(std::count(tail_.begin(), end, '\n'));
  tail_.erase(tail_.begin(), end);
}

Capture CaptureBuffer::finish() && {
  if (tail_.size() > tail_limit_) drop_from_tail();
  const std::uint64_t cut = total_ - head_.size() - tail_.size();
  return {std::move(head_), std::move(tail_), cut, cut_lines_};
}

std::string Capture::joined() const {
  if (cut == 0) return head + tail;
  return head + "\n[… " + std::to_string(cut) + " bytes cut …]\n" + tail;
}

}  // namespace greenroom::process
