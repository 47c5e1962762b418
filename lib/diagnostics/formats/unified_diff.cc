// black --diff and isort --diff. Their file headers carry a time stamp or ":before" and no a/ b/; everything inside a
// hunk is taken by the hunk's counts. Becomes one git-style patch and one diagnostic a file, on its first changed line.

#include <charconv>

#include "lib/base/text.h"
#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"

namespace greenroom::diagnostics::formats {
namespace {

constexpr std::size_t kMaxPatch = 1u << 20;

struct Counts {
  int old_left = 0, new_left = 0, first_line = 0;
};

bool take_number(std::string_view& text, int& into) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  if (error != std::errc() || into < 0) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool take_range(std::string_view& text, char sign, int& start, int& count) {
  if (text.empty() || text.front() != sign) return false;
  text.remove_prefix(1);
  count = 1;
  if (!take_number(text, start)) return false;
  if (!text.starts_with(',')) return true;
  text.remove_prefix(1);
  return take_number(text, count);
}

std::optional<Counts> read_hunk(std::string_view line) {
  Counts counts;
  int new_start = 0;
  if (!line.starts_with("@@ ")) return std::nullopt;
  line.remove_prefix(3);
  if (!take_range(line, '-', counts.first_line, counts.old_left) || !line.starts_with(' ')) return std::nullopt;
  line.remove_prefix(1);
  if (!take_range(line, '+', new_start, counts.new_left)) return std::nullopt;
  return counts;
}

// "--- src/x.py\t2026-01-01 …" and "--- /work/src/x.py:before\t…".
std::string_view path_of(std::string_view line) {
  line.remove_prefix(4);
  line = line.substr(0, line.find('\t'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  for (const std::string_view mark : {":before", ":after"})
    if (line.ends_with(mark)) line.remove_suffix(mark.size());
  return line;
}

class Reader {
 public:
  Reader(const Input& input, Sink& sink) : lines_(split_lines(input.out)), input_(input), sink_(sink) {}

  void read() {
    while (at_ + 1 < lines_.size()) {
      if (lines_[at_].starts_with("--- ") && lines_[at_ + 1].starts_with("+++ "))
        file();
      else
        ++at_;
    }
  }

 private:
  void file() {
    const std::string path = repository_path(path_of(lines_[at_]), input_.root);
    at_ += 2;
    std::string patch = "diff --git a/" + path + " b/" + path + "\n--- a/" + path + "\n+++ b/" + path + "\n";
    int first = 0;
    while (at_ < lines_.size()) {
      const auto counts = read_hunk(lines_[at_]);
      if (!counts) break;
      hunk(*counts, patch, first);
    }
    Raw raw;
    raw.path = path;
    raw.line = first;
    raw.code = input_.tool == "isort" ? "imports" : "format";
    raw.message = input_.tool + " would write this file differently";
    raw.severity = model::Severity::info;
    if (sink_.add(raw) != nullptr && sink_.result().patch.size() + patch.size() <= kMaxPatch)
      sink_.result().patch += patch;
  }

  void hunk(Counts counts, std::string& patch, int& first) {
    patch.append(lines_[at_++]) += '\n';
    int line = counts.first_line;
    while (at_ < lines_.size() && (counts.old_left > 0 || counts.new_left > 0)) {
      const std::string_view text = lines_[at_++];
      const char sign = text.empty() ? ' ' : text.front();
      patch.append(text.empty() ? " " : text) += '\n';
      if (sign == '\\') continue;
      if (first == 0 && sign != ' ') first = line;
      if (sign != '+') {
        --counts.old_left;
        ++line;
      }
      if (sign != '-') --counts.new_left;
    }
    if (at_ < lines_.size() && lines_[at_].starts_with("\\")) patch.append(lines_[at_++]) += '\n';
  }

  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  const Input& input_;
  Sink& sink_;
};

}  // namespace

Parsed parse_unified_diff(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  Reader(input, sink).read();
  if (input.err.find("INTERNAL ERROR") != std::string_view::npos || has_traceback(input))
    sink.crashed(input.tool + " stopped with an error of its own");
  else if (input.err.find("error: cannot format") != std::string_view::npos)
    sink.incomplete(input.tool + " cannot format a file that does not parse");
  else if (input.err.find("Unable to parse file") !=
           std::string_view::npos)  // isort, whatever it was that it could not do
    sink.incomplete(input.tool + " could not read every file");
  else if (input.exit_code != 0 && input.exit_code != 1 && sink.empty())
    sink.crashed(input.tool + " failed without a report");
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
