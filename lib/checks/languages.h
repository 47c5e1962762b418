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

// Of `paths` the modules and packages that Python imports by one name, since they lie in an import root, or in the
// folder of a test, which pytest makes one. `files` is the whole tree.
std::vector<std::string> top_modules(const std::vector<std::string>& paths, const std::vector<std::string>& files);

// The packages that nothing else of the project holds, by name: "shotlist". Those of tests are none. Sorted.
std::vector<std::string> topmost_packages(const std::vector<std::string>& files);
bool is_module_name(std::string_view name);  // "shotlist" or "shotlist.plugins", in ASCII

}  // namespace greenroom::checks
