#pragma once
// Which files are whose: by name only, since no content of the head is read before the sandbox.

#include <string>
#include <string_view>
#include <vector>

namespace greenroom::checks {

enum class Language { python, shell, c_family, other };
Language language_of(std::string_view path);
bool is_test(std::string_view path);  // "tests/test_a.py", "a_test.py": what pytest collects by default

std::vector<std::string> only(const std::vector<std::string>& paths, Language language);

// Folders from which a Python import may start: the parent of every topmost package, and of every lone module's
// folder below "src". "." comes first. Bounded.
std::vector<std::string> import_roots(const std::vector<std::string>& files);

}  // namespace greenroom::checks
