#pragma once
// Whether a comment asks something of a person. Pure; input is hostile and bounded as in command.h.

#include <string_view>

namespace greenroom::command {

// True when the running text (no quotes, no code, nothing hidden) has one of
//   - a sentence that ends in a question mark,
//   - a mention of anybody but the bot,
//   - the command /buddy, which asks for somebody to help.
// Everything else ("thanks", "will do tonight", "/run") asks nothing.
bool asks_somebody(std::string_view markdown, std::string_view bot_login);

}  // namespace greenroom::command
