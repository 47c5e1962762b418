#include "lib/teaching/shell_words.h"

#include <algorithm>
#include <cctype>

namespace greenroom::teaching {
namespace {

bool is_plain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("_-./+,:@%=").find(c) != std::string_view::npos;
}

std::string quoted(const std::string& path) {
  const std::string safe = path.starts_with('-') ? "./" + path : path;
  if (!safe.empty() && std::all_of(safe.begin(), safe.end(), is_plain)) return safe;
  std::string out = "'";
  for (const char c : safe) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

std::string command_for(std::string_view command, const std::vector<std::string>& paths) {
  constexpr std::string_view kPlace = "{path}";
  std::string out(command);
  const auto at = out.find(kPlace);
  if (at == std::string::npos) return out;
  std::string words;
  for (const auto& path : paths) words += (words.empty() ? "" : " ") + quoted(path);
  return out.replace(at, kPlace.size(), words);
}

}  // namespace greenroom::teaching
