#pragma once
// Words and times as the pages say them. Pure.

#include <string>
#include <string_view>

#include "lib/base/clock.h"
#include "lib/model/check.h"

namespace greenroom::web {

std::string counted(std::int64_t count, std::string_view one, std::string_view many);  // "1 file", "3 files"
std::string span_words(Duration span);               // "4 minutes", "2 hours", "3 days"
std::string ago(TimePoint then, TimePoint now);      // "moments ago", "4 minutes ago"
std::string took(TimePoint begun, TimePoint ended);  // "1.4 s", "2 min 5 s"
std::string short_sha(std::string_view sha);         // ten digits
std::string name_of(std::string_view display_name, std::string_view login);
std::string initial_of(std::string_view name);  // its first character, upper case in ASCII

struct StateWords {
  std::string sign;   // "✓": never colour alone
  std::string words;  // "passed"
  std::string tone;   // CSS class: good, look, wrong, ours, quiet
};
StateWords words_for(model::CheckState state);

}  // namespace greenroom::web
