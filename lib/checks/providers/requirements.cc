#include "lib/checks/providers/requirements.h"

#include <algorithm>
#include <array>
#include <optional>

#include "lib/base/text.h"

namespace greenroom::checks {
namespace {

constexpr std::size_t kMaxFiles = 32;
constexpr std::size_t kMaxBytes = 1u << 20;  // of one file
constexpr std::size_t kMaxLeftOut = 50;
constexpr std::array<std::string_view, 3> kHarmless{"--pre", "--require-hashes", "--prefer-binary"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// pip's rule: '#' begins a comment at the start of a line or after white space.
std::string_view without_comment(std::string_view line) {
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1))
    if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') return trim(line.substr(0, at));
  return trim(line);
}

struct Option {
  std::string_view name;  // 'r' or 'c'
  std::string_view file;
};

std::optional<Option> other_file(std::string_view line) {
  for (const std::string_view name : {"--requirement", "--constraint", "-r", "-c"}) {
    if (!line.starts_with(name)) continue;
    std::string_view rest = line.substr(name.size());
    const bool glued = name.size() == 2 && !rest.empty() && is_letter(rest[0]);
    if (!glued && !rest.starts_with('=') && !rest.starts_with(' ') && !rest.starts_with('\t')) continue;
    if (rest.starts_with('=')) rest.remove_prefix(1);
    return Option{name.find('r') == 1 || name == "--requirement" ? "-r" : "-c", trim(rest)};
  }
  return std::nullopt;
}

// Where `name`, said in `from`, lies in the repository; "" when outside.
std::string beside(std::string_view from, std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find("://") != std::string_view::npos) return {};
  std::vector<std::string> steps;
  const auto slash = from.rfind('/');
  const std::string whole =
      (slash == std::string_view::npos ? std::string() : std::string(from.substr(0, slash + 1))) + std::string(name);
  for (const std::string_view step : split(whole, '/')) {
    if (step.empty() || step == ".") continue;
    if (step != "..") {
      steps.emplace_back(step);
    } else if (steps.empty()) {
      return {};
    } else {
      steps.pop_back();
    }
  }
  return join(steps, "/");
}

std::string relative_to(std::string_view from, const std::string& path) {
  std::string up;
  for (const char c : from)
    if (c == '/') up += "../";
  return up + path;
}

class Reader {
 public:
  Reader(const BaseFile& base_file, Requirements& into) : base_file_(base_file), into_(into) {}

  void file(const std::string& path) {
    const std::size_t index = into_.files.size();
    into_.files.emplace_back(path, "");
    const std::string content = base_file_(path).substr(0, kMaxBytes);
    std::string kept;
    int number = 0, first = 1;
    std::string whole;
    for (std::string_view line : split_lines(content)) {
      ++number;
      if (line.ends_with('\r')) line.remove_suffix(1);
      const bool goes_on = line.ends_with('\\');
      if (goes_on) line.remove_suffix(1);
      whole += line;
      if (goes_on) {
        whole += ' ';
        continue;
      }
      kept += this->line(path, first, without_comment(whole)) +
              std::string(static_cast<std::size_t>(number - first + 1), '\n');
      whole.clear();
      first = number + 1;
    }
    if (!whole.empty()) kept += this->line(path, first, without_comment(whole)) + "\n";
    into_.files[index].second = std::move(kept);
  }

 private:
  std::string line(const std::string& path, int number, std::string_view text) {
    if (text.empty()) return {};
    if (const auto other = other_file(text)) return follow(path, number, text, *other);
    if (std::find(kHarmless.begin(), kHarmless.end(), text) != kHarmless.end()) return std::string(text);
    if (!names_a_package(text)) return left_out(path, number, text);
    ++into_.packages;
    into_.hashed = into_.hashed && text.find("--hash=sha") != std::string_view::npos;
    return std::string(text);
  }

  std::string follow(const std::string& path, int number, std::string_view text, const Option& option) {
    const std::string other = beside(path, option.file);
    const auto known = [&](const auto& file) { return file.first == other; };
    const bool read_before = std::any_of(into_.files.begin(), into_.files.end(), known);
    const bool fits = !other.empty() && escape_bytes(other) == other && other.find(' ') == std::string::npos;
    if (!fits || (!read_before && (into_.files.size() >= kMaxFiles || base_file_(other).empty())))
      return left_out(path, number, text);
    if (!read_before) {
      const std::size_t packages = into_.packages;
      const bool hashed = into_.hashed;
      file(other);
      if (option.name == "-c") into_.packages = packages, into_.hashed = hashed;  // constraints ask for nothing
    }
    // pip refuses a file that names itself, however long the way round.
    if (read_before) return {};
    return std::string(option.name) + " " + relative_to(path, other);
  }

  std::string left_out(const std::string& path, int number, std::string_view text) {
    if (into_.left_out.size() < kMaxLeftOut)
      into_.left_out.push_back(path + " line " + std::to_string(number) + ": " + shorten(escape_bytes(text), 80));
    return {};
  }

  const BaseFile& base_file_;
  Requirements& into_;
};

}  // namespace

std::string package_name(std::string_view requirement) {
  std::string name;
  for (const char c : requirement) {
    const bool mark = c == '-' || c == '_' || c == '.';
    if (!mark && !is_letter(c)) break;
    if (mark && (name.empty() || name.back() == '-')) continue;
    name += mark ? std::string("-") : to_lower_ascii(std::string_view(&c, 1));
  }
  while (name.ends_with('-')) name.pop_back();
  return name;
}

bool names_a_package(std::string_view requirement) {
  const std::size_t end = static_cast<std::size_t>(
      std::find_if_not(requirement.begin(), requirement.end(),
                       [](char c) { return is_letter(c) || c == '-' || c == '_' || c == '.'; }) -
      requirement.begin());
  if (end == 0 || !is_letter(requirement[0]) || !is_letter(requirement[end - 1])) return false;
  const std::string_view name = requirement.substr(0, end);
  for (const std::string_view file : {".whl", ".gz", ".zip", ".bz2", ".tgz", ".xz"})
    if (name.ends_with(file)) return false;  // pip takes it for a file
  std::string_view rest = trim(requirement.substr(end));
  // The only options that belong to one requirement and choose no code: hashes.
  while (true) {
    const auto option = rest.rfind(" --");
    const bool first = option == std::string_view::npos && rest.starts_with("--");
    if (option == std::string_view::npos && !first) break;
    const std::string_view word = first ? rest : rest.substr(option + 1);
    const auto digest = word.find(':');
    if (!word.starts_with("--hash=sha") || digest == std::string_view::npos ||
        word.find_first_not_of("0123456789abcdefABCDEF", digest + 1) != std::string_view::npos)
      return false;
    rest = first ? std::string_view() : trim(rest.substr(0, option));
  }
  if (rest.empty()) return true;
  if (std::string_view("[(<>=!~;").find(rest[0]) == std::string_view::npos) return false;
  return std::all_of(rest.begin(), rest.end(),
                     [](char c) {
                       return is_letter(c) ||
                              std::string_view(" \t[](){}<>=!~;,.*+-_'\"").find(c) != std::string_view::npos;
                     }) &&
         rest.find("${") == std::string_view::npos;
}

void read_requirements(std::string_view path, const BaseFile& base_file, Requirements& into) {
  const auto known = [&](const auto& file) { return file.first == path; };
  if (into.files.size() < kMaxFiles && std::none_of(into.files.begin(), into.files.end(), known))
    Reader(base_file, into).file(std::string(path));
}

}  // namespace greenroom::checks
