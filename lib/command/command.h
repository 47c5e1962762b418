#pragma once
// Slash commands in comments: "/claim", "/run flake8", "@greenroom run flake8". Line-anchored; quotes, code spans and
// code blocks are ignored. Pure; input is hostile and bounded (at most 10 commands, 200 bytes of arguments each).

#include <string>
#include <string_view>
#include <vector>

namespace greenroom::command {

struct Command {
  std::string verb;       // lower case, without '/'
  std::string arguments;  // trimmed, one line
  bool operator==(const Command&) const = default;
};

std::vector<Command> parse(std::string_view markdown, std::string_view bot_login);
// Only the commands that `after` has and `before` has not (edited comments).
std::vector<Command> parse_new(std::string_view before, std::string_view after, std::string_view bot_login);

}  // namespace greenroom::command
