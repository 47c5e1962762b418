#include "lib/git/names.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/git/repository.h"

namespace greenroom::git {
namespace {

constexpr std::size_t kNameBytes = 255;  // NAME_MAX
constexpr std::size_t kShaDigits = 40;

}  // namespace

bool is_sha(std::string_view text) {
  return text.size() == kShaDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_safe_name(std::string_view name) {
  if (name.empty() || name == "." || name == ".." || name.size() > kNameBytes) return false;
  if (name.find('/') != std::string_view::npos || name.find('\0') != std::string_view::npos) return false;
  std::string plain = to_lower_ascii(name);
  // NTFS ignores trailing dots and spaces and everything after ':'.
  plain = plain.substr(0, plain.find(':'));
  while (!plain.empty() && (plain.back() == '.' || plain.back() == ' ')) plain.pop_back();
  return plain != ".git" && plain != "git~1";
}

std::string shown(std::string_view path) {
  std::string text = scrub_utf8(shorten(path, 200));
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return text;
}

}  // namespace greenroom::git
