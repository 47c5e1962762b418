#include "lib/pipeline/kept_log.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "lib/base/text.h"

namespace greenroom::pipeline {
namespace {

constexpr std::size_t kLogHalf = 64 * 1024;

std::string cut_note(const process::Capture& capture) {
  return capture.cut == 0 ? "" : "\n[… " + std::to_string(capture.cut) + " bytes cut …]\n";
}

std::string_view last_of(const process::Capture& capture) { return capture.tail.empty() ? capture.head : capture.tail; }

// The pieces one after the other, without putting them together.
class Pieces {
 public:
  explicit Pieces(std::array<std::string_view, 7> pieces) : pieces_(pieces) {
    for (const auto piece : pieces_) size_ += piece.size();
  }
  std::size_t size() const { return size_; }
  std::string front(std::size_t bytes) const {
    std::string text;
    for (const auto piece : pieces_) text += piece.substr(0, bytes - std::min(bytes, text.size()));
    return text;
  }
  std::string back(std::size_t bytes) const {
    std::string text;
    for (auto piece = pieces_.rbegin(); piece != pieces_.rend() && text.size() < bytes; ++piece)
      text.insert(0, piece->substr(piece->size() - std::min(piece->size(), bytes - text.size())));
    return text;
  }

 private:
  const std::array<std::string_view, 7> pieces_;
  std::size_t size_ = 0;
};

}  // namespace

void keep_log(const process::Capture& out, const process::Capture& err, model::CheckResult& result) {
  const std::string out_cut = cut_note(out), err_cut = cut_note(err);
  const bool apart = !last_of(out).empty() && !last_of(out).ends_with('\n') && !last_of(err).empty();
  const Pieces all({out.head, out_cut, out.tail, apart ? "\n" : "", err.head, err_cut, err.tail});
  result.log_cut = out.cut + err.cut;
  if (all.size() <= 2 * kLogHalf) {
    result.log_head = scrub_utf8(all.front(2 * kLogHalf));
    return;
  }
  constexpr std::size_t kLongestCharacter = 4;  // so that the cut falls between two
  result.log_head = shorten(scrub_utf8(all.front(kLogHalf + kLongestCharacter)), kLogHalf);
  result.log_tail = scrub_utf8(all.back(kLogHalf));
  result.log_cut += all.size() - 2 * kLogHalf;
}

}  // namespace greenroom::pipeline
