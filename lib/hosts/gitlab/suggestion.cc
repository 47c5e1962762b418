#include "lib/hosts/gitlab/suggestion.h"

#include <algorithm>

#include "lib/base/text.h"

namespace greenroom::hosts::gitlab {
namespace {

constexpr int kFurthest = 100;
constexpr std::string_view kWord = "suggestion";

std::size_t ticks_at(std::string_view line) { return std::min(line.find_first_not_of('`'), line.size()); }

}  // namespace

std::string with_reach(std::string_view body, int above) {
  if (above <= 0) return std::string(body);
  const auto word = above > kFurthest ? std::string() : std::string(kWord) + ":-" + std::to_string(above) + "+0";
  std::string out;
  std::size_t open = 0;  // ticks of the block that we are in
  for (auto line : split(body, '\n')) {
    const auto ticks = ticks_at(line);
    const auto rest = trim(line.substr(ticks));
    const bool begins = open == 0 && ticks >= 3, ends = open != 0 && ticks >= open && rest.empty();
    if (begins) open = ticks;
    if (ends) open = 0;
    if (begins && rest == kWord)
      out += std::string(ticks, '`') + word;
    else
      out += line;
    out += '\n';
  }
  out.pop_back();  // behind the last part there was none
  return out;
}

}  // namespace greenroom::hosts::gitlab
