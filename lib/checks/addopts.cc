#include "lib/checks/addopts.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "lib/base/text.h"

namespace greenroom::checks {
namespace {

struct PlugInOption {
  std::string_view name;  // or the beginning of it, when it ends in '-'
  bool takes_value;       // as the next word, when it is not joined by '='
};
// Of the plug-ins that projects use most; Debian's pytest comes without any.
constexpr std::array<PlugInOption, 16> kPlugInOptions{{{"--cov", false},
                                                       {"--cov-", false},
                                                       {"--no-cov", false},
                                                       {"-n", true},
                                                       {"--numprocesses", true},
                                                       {"--dist", true},
                                                       {"--maxprocesses", true},
                                                       {"--reruns", true},
                                                       {"--reruns-delay", true},
                                                       {"--timeout", true},
                                                       {"--benchmark-", false},
                                                       {"--asyncio-mode", true},
                                                       {"--html", true},
                                                       {"--self-contained-html", false},
                                                       {"--random-order", false},
                                                       {"--snapshot-", false}}};

const PlugInOption* plug_in_option(std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  for (const PlugInOption& option : kPlugInOptions) {
    const bool family = option.name.ends_with('-') && name.starts_with(option.name);
    if (name == option.name || family) return &option;
  }
  return name.size() > 2 && name.starts_with("-n") && name.find_first_not_of("0123456789", 2) == std::string_view::npos
             ? &kPlugInOptions[1]
             : nullptr;
}

// The text behind "addopts =", with the lines that belong to it.
std::optional<std::string> value_of(std::string_view config) {
  const auto lines = split_lines(config);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trim(lines[i]);
    if (!line.starts_with("addopts")) continue;
    const std::string_view rest = trim(line.substr(std::string_view("addopts").size()));
    if (!rest.starts_with('=') && !rest.starts_with(':')) continue;
    std::string value(rest.substr(1));
    for (++i; i < lines.size() && (lines[i].starts_with(' ') || lines[i].starts_with('\t') || trim(lines[i]) == "]");
         ++i)
      value += " " + std::string(trim(lines[i]));
    return value;
  }
  return std::nullopt;
}

// Words as a shell reads them; a TOML list's brackets and commas are no part of a word. nullopt: a quote is left open.
std::optional<std::vector<std::string>> words_of(std::string_view text) {
  text = trim(text);
  const bool list = text.starts_with('[');
  if (list) text = text.substr(1, text.rfind(']') == std::string_view::npos ? text.size() : text.rfind(']') - 1);
  if (!list && text.size() > 1 && text.front() == text.back() && (text.front() == '"' || text.front() == '\''))
    text = text.substr(1, text.size() - 2);
  std::vector<std::string> words;
  std::string word;
  char quote = 0;
  bool any = false;
  const auto finish = [&] {
    if (any) words.push_back(std::exchange(word, {}));
    any = false;
  };
  for (const char c : text) {
    if (quote != 0) {
      if (c == quote)
        quote = 0;
      else
        word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      any = true;
    } else if (c == ' ' || c == '\t' || (list && c == ',')) {
      finish();
    } else {
      word += c;
      any = true;
    }
  }
  finish();
  if (quote != 0) return std::nullopt;
  return words;
}

std::string quoted(const std::string& word) {
  if (word.find_first_of(" \t\"'\\") == std::string::npos && !word.empty()) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\"'\"'") : std::string(1, c);
  return text + "'";
}

}  // namespace

std::optional<std::string> runnable_addopts(std::string_view config) {
  const auto value = value_of(config);
  if (!value) return std::nullopt;
  const auto words = words_of(*value);
  if (!words) return std::nullopt;
  std::vector<std::string> kept;
  bool left_out = false;
  for (std::size_t i = 0; i < words->size(); ++i) {
    const std::string& word = (*words)[i];
    const PlugInOption* option = plug_in_option(word);
    if (option == nullptr) {
      kept.push_back(quoted(word));
      continue;
    }
    left_out = true;
    const bool separate = option->takes_value && word == option->name;
    if (separate && i + 1 < words->size() && !(*words)[i + 1].starts_with('-')) ++i;
  }
  if (!left_out) return std::nullopt;
  return join(kept, " ");
}

}  // namespace greenroom::checks
