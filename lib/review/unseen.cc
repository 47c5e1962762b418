#include "lib/review/unseen.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "lib/base/text.h"

namespace greenroom::review {
namespace {

struct Range {
  std::uint32_t first, last;
};

// Unicode 15: Cc, Cf and the other default-ignorable characters, without what scripts and emoji need to be written
// (ZWNJ and ZWJ between letters are shown too: code has no need of them).
constexpr std::array<Range, 17> kUnseen{{{0x00, 0x08},
                                         {0x0B, 0x1F},
                                         {0x7F, 0x9F},
                                         {0xAD, 0xAD},
                                         {0x34F, 0x34F},
                                         {0x61C, 0x61C},
                                         {0x115F, 0x1160},
                                         {0x17B4, 0x17B5},
                                         {0x180B, 0x180F},
                                         {0x200B, 0x200F},
                                         {0x2028, 0x202E},
                                         {0x2060, 0x206F},
                                         {0x3164, 0x3164},
                                         {0xFEFF, 0xFEFF},
                                         {0xFFA0, 0xFFA0},
                                         {0xFFF0, 0xFFFB},
                                         {0xE0000, 0xE0FFF}}};

bool is_unseen(std::uint32_t point) {
  return std::any_of(kUnseen.begin(), kUnseen.end(),
                     [&](const Range& r) { return point >= r.first && point <= r.last; });
}

// `text` starts with a valid sequence: its length and its code point.
std::size_t decode(std::string_view text, std::uint32_t& point) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = at(0);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  point = length == 1 ? lead : lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (at(i) & 0x3Fu);
  return length;
}

std::string number_of(std::uint32_t point) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "\xE2\x80\xB9U+%04X\xE2\x80\xBA", static_cast<unsigned>(point));
  return buffer.data();
}

}  // namespace

std::string show_unseen(std::string_view bytes) {
  const std::string valid = scrub_utf8(bytes);
  std::string out;
  out.reserve(valid.size());
  for (std::string_view text = valid; !text.empty();) {
    std::uint32_t point = 0;
    const std::size_t length = decode(text, point);
    if (text.substr(0, 2) == "\r\n") {
      // dropped: the line feed that follows says it
    } else if (is_unseen(point)) {
      out += number_of(point);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

std::size_t longest_run_of_backticks(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace greenroom::review
