#pragma once
// "Did you mean …?": the one name that a misspelt word is near to. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace greenroom {

// Empty when no name is near. Letters' case does not count; two letters that changed places are one slip, and one slip
// in three letters is the most. Of names that are equally near, the first.
std::string nearest(std::string_view word, const std::vector<std::string>& names);
// "; did you mean 'check'?", or nothing: for the end of a sentence about `word`.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& names);

}  // namespace greenroom
