#include "lib/command/question.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "lib/base/text.h"
#include "lib/command/command.h"
#include "lib/command/visible.h"

namespace greenroom::command {
namespace {

// ASCII, Arabic, full width.
constexpr std::array<std::string_view, 3> kQuestionMarks{"?", "\u061F", "\uFF1F"};
// What may close a sentence after its mark: "(why?)", "**why?**", "why?!".
constexpr std::string_view kClosers = "?!.)]}\"'*_~";

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }

// The line without its code spans; what opens one that never closes stays.
std::string without_code(std::string_view line) {
  std::string kept;
  while (!line.empty()) {
    const auto run = std::min(line.find_first_not_of('`'), line.size());
    const std::string ticks(line.substr(0, run));
    const auto end = run == 0 ? std::string_view::npos : line.find(ticks, run);
    if (end == std::string_view::npos) {
      kept += line.substr(0, std::max<std::size_t>(run, 1));
      line.remove_prefix(std::max<std::size_t>(run, 1));
    } else {
      line.remove_prefix(end + run);
    }
  }
  return kept;
}

// "a?b" is no end of a sentence: it stands in an address.
bool ends_a_sentence(std::string_view rest) {
  const auto after = rest.find_first_not_of(kClosers);
  return after == std::string_view::npos || rest[after] == ' ' || rest[after] == '\t' || rest[after] == '\r';
}

bool has_question(std::string_view line) {
  for (const auto mark : kQuestionMarks) {
    for (auto at = line.find(mark); at != std::string_view::npos; at = line.find(mark, at + 1)) {
      if (ends_a_sentence(line.substr(at + mark.size()))) return true;
    }
  }
  return false;
}

bool mentions_somebody(std::string_view line, std::string_view bot_login) {
  for (auto at = line.find('@'); at != std::string_view::npos; at = line.find('@', at + 1)) {
    if (at > 0 && is_word(line[at - 1])) continue;  // an address of e-mail
    const auto rest = line.substr(at + 1);
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_word);
    const auto login = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    if (!login.empty() && to_lower_ascii(login) != to_lower_ascii(bot_login)) return true;
  }
  return false;
}

}  // namespace

bool asks_somebody(std::string_view markdown, std::string_view bot_login) {
  const auto commands = parse(markdown, bot_login);
  if (std::any_of(commands.begin(), commands.end(), [](const Command& c) { return c.verb == "buddy"; })) return true;
  const auto lines = visible_lines(markdown.substr(0, kMaxInput));
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& whole) {
    const std::string line = without_code(whole);
    return has_question(line) || mentions_somebody(line, bot_login);
  });
}

}  // namespace greenroom::command
