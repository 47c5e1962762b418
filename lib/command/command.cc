#include "lib/command/command.h"

#include <algorithm>
#include <optional>

#include "lib/base/text.h"
#include "lib/command/visible.h"

namespace greenroom::command {
namespace {

constexpr std::size_t kMaxVerb = 40;
constexpr std::string_view kVerbLetters = "abcdefghijklmnopqrstuvwxyz0123456789-";

// "verb arguments" after the '/' or the mention.
std::optional<Command> command_in(std::string_view text) {
  const auto end = text.find_first_of(" \t");
  const std::string verb = to_lower_ascii(text.substr(0, end));
  const bool starts_with_letter = !verb.empty() && verb[0] >= 'a' && verb[0] <= 'z';
  if (!starts_with_letter || verb.size() > kMaxVerb) return std::nullopt;
  if (verb.find_first_not_of(kVerbLetters) != std::string::npos) return std::nullopt;  // "/usr/bin", "/shrug!"
  const auto arguments = end == std::string_view::npos ? std::string_view() : trim(text.substr(end));
  if (arguments.size() > kMaxArguments || !is_utf8(arguments)) return std::nullopt;
  return Command{verb, std::string(arguments)};
}

std::optional<Command> command_on(std::string_view line, std::string_view bot_login) {
  const auto text = trim(line);
  if (text.starts_with('/')) return command_in(text.substr(1));
  const auto mention = "@" + std::string(bot_login);
  if (bot_login.empty() || !starts_with_ignoring_case(text, mention)) return std::nullopt;
  const auto rest = text.substr(mention.size());
  if (rest.empty() || (rest[0] != ' ' && rest[0] != '\t')) return std::nullopt;
  const auto after = trim(rest);
  return command_in(after.starts_with('/') ? after.substr(1) : after);
}

// Edit distance with swaps of neighbours (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::vector<Command> parse(std::string_view markdown, std::string_view bot_login) {
  std::vector<Command> commands;
  for (const auto& line : visible_lines(markdown.substr(0, kMaxInput))) {
    if (commands.size() == kMaxCommands) break;
    if (auto command = command_on(line, bot_login)) commands.push_back(std::move(*command));
  }
  return commands;
}

std::vector<Command> parse_new(std::string_view before, std::string_view after, std::string_view bot_login) {
  auto old = parse(before, bot_login);
  std::vector<Command> fresh;
  for (auto& command : parse(after, bot_login)) {
    const auto known = std::find(old.begin(), old.end(), command);
    if (known == old.end())
      fresh.push_back(std::move(command));
    else
      old.erase(known);
  }
  return fresh;
}

std::string nearest(std::string_view verb, const std::vector<std::string_view>& known) {
  std::string_view best;
  std::size_t best_distance = std::min<std::size_t>(2, verb.size() / 3) + 1;  // "/no" is not a slip of "/run"
  for (const auto candidate : known) {
    const auto found = distance(verb.substr(0, kMaxVerb), candidate);
    if (found == 0 || found >= best_distance) continue;
    best = candidate;
    best_distance = found;
  }
  return std::string(best);
}

}  // namespace greenroom::command
