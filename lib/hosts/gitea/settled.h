#pragma once
// "Resolved", where the host has no way to say it: Forgejo and older versions of Gitea settle a conversation on their
// pages alone. The bot's own comment then begins with a line that says so, and a mark that nobody sees. It stands
// before the words, whose marker must stay at the end. Pure. Inner to lib/hosts/gitea.

#include <string>
#include <string_view>

namespace greenroom::hosts::gitea {

bool is_settled(std::string_view body);
std::string settled(std::string_view body);    // the same for a body that is
std::string unsettled(std::string_view body);  // the words themselves

}  // namespace greenroom::hosts::gitea
