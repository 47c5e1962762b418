#pragma once
// What strangers supply to the texts of the bot: calm words as a friend would write them, and hostile ones. Pure.

#include <string>
#include <vector>

namespace greenroom::testing {

struct Words {
  std::string login, name, repository, path, message, rule, line, patch, headline, command;
};

Words calm_words();
// The same text wherever a stranger's words may stand.
Words everywhere(const std::string& text);

struct Hostile {
  std::string name, text;
};
// Each tries one thing; the last one, "everything", tries most of them at once.
const std::vector<Hostile>& hostile_texts();
const std::string& everything_hostile();

// Beyond it parts of a comment give way, so its structure is another one.
inline constexpr std::size_t kLongText = 300;

}  // namespace greenroom::testing
