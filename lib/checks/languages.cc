#include "lib/checks/languages.h"

#include <array>
#include <set>

namespace greenroom::checks {
namespace {

constexpr std::size_t kMaxRoots = 16;

std::string_view base_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view parent(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

template <std::size_t N>
bool ends_with_one_of(std::string_view path, const std::array<std::string_view, N>& endings) {
  for (const auto ending : endings)
    if (path.size() > ending.size() && path.ends_with(ending)) return true;
  return false;
}

}  // namespace

Language language_of(std::string_view path) {
  static constexpr std::array<std::string_view, 2> kPython{".py", ".pyi"};
  static constexpr std::array<std::string_view, 4> kShell{".sh", ".bash", ".ksh", ".dash"};
  static constexpr std::array<std::string_view, 8> kC{".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx"};
  const auto name = base_name(path);
  if (ends_with_one_of(name, kPython)) return Language::python;
  if (ends_with_one_of(name, kShell)) return Language::shell;
  if (ends_with_one_of(name, kC)) return Language::c_family;
  return Language::other;
}

bool is_test(std::string_view path) {
  const auto name = base_name(path);
  return (name.starts_with("test_") && name.ends_with(".py")) || name.ends_with("_test.py");
}

std::vector<std::string> only(const std::vector<std::string>& paths, Language language) {
  std::vector<std::string> found;
  for (const auto& path : paths)
    if (language_of(path) == language) found.push_back(path);
  return found;
}

std::vector<std::string> import_roots(const std::vector<std::string>& files) {
  std::set<std::string_view> packages;  // folders that hold an __init__.py
  for (const auto& file : files)
    if (base_name(file) == "__init__.py" || base_name(file) == "__init__.pyi") packages.insert(parent(file));
  std::set<std::string_view> roots;
  for (auto folder : packages) {
    while (packages.contains(folder) && !folder.empty()) folder = parent(folder);
    if (!folder.empty()) roots.insert(folder);
  }
  for (const auto& file : files)
    if (file.starts_with("src/") && language_of(file) == Language::python) roots.insert("src");
  std::vector<std::string> found{"."};
  for (const auto root : roots)
    if (found.size() < kMaxRoots) found.emplace_back(root);
  return found;
}

}  // namespace greenroom::checks
