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

// Folders that hold an __init__.py.
std::set<std::string_view> package_folders(const std::vector<std::string>& files) {
  std::set<std::string_view> folders;
  for (const auto& file : files)
    if (base_name(file) == "__init__.py" || base_name(file) == "__init__.pyi") folders.insert(parent(file));
  return folders;
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

bool is_module_name(std::string_view name) {
  bool begins = true;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (!letter && (begins || (c != '.' && (c < '0' || c > '9')))) return false;
    begins = c == '.';
  }
  return !begins;
}

std::vector<std::string> topmost_packages(const std::vector<std::string>& files) {
  const auto packages = package_folders(files);
  std::set<std::string_view> names;
  for (const auto folder : packages) {
    const auto name = base_name(folder);
    const bool inner = packages.contains(parent(folder)) && !parent(folder).empty();
    if (!inner && is_module_name(name) && name != "tests" && name != "test") names.insert(name);
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> import_roots(const std::vector<std::string>& files) {
  const auto packages = package_folders(files);
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

std::vector<std::string> top_modules(const std::vector<std::string>& paths, const std::vector<std::string>& files) {
  std::set<std::string, std::less<>> packages, roots;
  for (const auto& root : import_roots(files)) roots.insert(root == "." ? "" : root);
  for (const auto& file : files)
    if (base_name(file) == "__init__.py") packages.emplace(parent(file));
  // pytest puts the folder of a test that is in no package before everything else.
  for (const auto& file : files)
    if (is_test(file) && !packages.contains(parent(file))) roots.emplace(parent(file));
  std::vector<std::string> found;
  for (const auto& path : paths) {
    const auto folder = parent(path), name = base_name(path);
    const bool package = (name == "__init__.py" || name == "__init__.pyi") && !folder.empty();
    if (roots.contains(package ? parent(folder) : folder)) found.push_back(path);
  }
  return found;
}

}  // namespace greenroom::checks
