#pragma once
// Slash commands in comments: "/claim", "/run flake8", "@greenroom run flake8". A command stands alone on its line;
// whatever Markdown shows as a quote, as code or not at all (HTML comments) is ignored. Whose comment it is, is not
// looked at here: the bot's own comments never reach the parser.
// Pure; input is hostile and bounded (64 KiB looked at, at most 10 commands, 200 bytes of arguments each).

#include <string>
#include <string_view>
#include <vector>

namespace greenroom::command {

inline constexpr std::size_t kMaxCommands = 10;
inline constexpr std::size_t kMaxArguments = 200;  // a command with longer arguments is no command
inline constexpr std::size_t kMaxInput = 64 * 1024;

struct Command {
  std::string verb;       // lower case, without '/'
  std::string arguments;  // trimmed, one line
  bool operator==(const Command&) const = default;
};

std::vector<Command> parse(std::string_view markdown, std::string_view bot_login);
// Only the commands that `after` has and `before` has not (edited comments); repeated ones are counted.
std::vector<Command> parse_new(std::string_view before, std::string_view after, std::string_view bot_login);

// The known verb that `verb` is a slip of (at most two letters wrong, left out, added or swapped); "" when none is
// near.
std::string nearest(std::string_view verb, const std::vector<std::string_view>& known);

}  // namespace greenroom::command
