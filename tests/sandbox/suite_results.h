#pragma once
// What a run of pytest said of each of its tests.

#include <map>
#include <string>
#include <vector>

namespace greenroom::sandbox {

using Results = std::map<std::string, std::string>;  // "module.Class::test" → passed, failure, error, skipped

Results results_in(const std::string& junit);  // empty when it is no report
std::size_t passed_in(const Results& results);

// A sentence for each test whose result is not the same on both sides.
std::vector<std::string> differences(const Results& outside, const Results& inside);
std::vector<std::string> common(const std::vector<std::string>& some, const std::vector<std::string>& others);

}  // namespace greenroom::sandbox
