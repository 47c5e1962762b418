// Reads a unified git diff. Inside a hunk only its counts say how many lines follow: a removed line "-- x" looks like
// a header, and an added line "++ x" too. Format: git-diff(1), "Generating patch text with -p".

#include <charconv>

#include "lib/base/text.h"
#include "lib/diff/diff.h"
#include "lib/diff/quoted.h"

namespace greenroom::diff {
namespace {

constexpr std::size_t kMaxFiles = 100'000;
constexpr int kMaxLine = 1'000'000'000;

class Parser {
 public:
  explicit Parser(std::string_view text) : lines_(split_lines(text)) {}

  Result<Diff> parse() {
    while (at_ < lines_.size()) {
      std::string_view line = lines_[at_];
      if (!take(line, "diff --git ")) {
        if (!trim(line).empty()) return wrong("a file's part begins with 'diff --git'");
        ++at_;
        continue;
      }
      if (diff_.files.size() == kMaxFiles) return wrong("more than " + std::to_string(kMaxFiles) + " files");
      GREENROOM_CHECK(file(line));
    }
    return std::move(diff_);
  }

 private:
  static bool take(std::string_view& line, std::string_view prefix) {
    if (!line.starts_with(prefix)) return false;
    line.remove_prefix(prefix.size());
    return true;
  }

  tl::unexpected<Error> wrong(const std::string& what) const {
    return user_fault("line " + std::to_string(at_ + 1) + " of the diff: " + what);
  }

  Result<void> file(std::string_view after_diff_git) {
    File file;
    if (const auto paths = header_paths(after_diff_git)) {
      file.old_path = paths->old_path;
      file.new_path = paths->new_path;
    }
    ++at_;
    bool mode_changed = false, has_index = false;
    for (; at_ < lines_.size(); ++at_) {
      std::string_view line = lines_[at_];
      if (line.starts_with("diff --git ") || line.starts_with("@@ ")) break;
      GREENROOM_CHECK(header(line, file, mode_changed, has_index));
    }
    while (at_ < lines_.size() && lines_[at_].starts_with("@@ ")) {
      GREENROOM_CHECK(hunk(file));
    }
    if (mode_changed && file.hunks.empty() && !has_index && file.status == File::Status::modified)
      file.status = File::Status::mode_only;
    if (file.old_path.empty() && file.new_path.empty()) return wrong("the file above has no path");
    file.submodule = file.old_mode == "160000" || file.new_mode == "160000";
    if (file.status == File::Status::added) file.old_path.clear();
    if (file.status == File::Status::deleted) file.new_path.clear();
    diff_.files.push_back(std::move(file));
    return {};
  }

  Result<void> path(std::string_view line, char side, std::string& into) {
    const auto name = take_path(line);
    if (!name) return wrong("a quoted path that does not end");
    if (*name == "/dev/null") return {};
    if (side == 0)
      into = *name;
    else if (name->size() > 2 && (*name)[0] == side && (*name)[1] == '/')
      into = name->substr(2);
    else
      return wrong("a path without its a/ or b/");
    return {};
  }

  Result<void> header(std::string_view line, File& file, bool& mode_changed, bool& has_index) {
    using enum File::Status;
    if (take(line, "--- ")) return path(line, 'a', file.old_path);
    if (take(line, "+++ ")) return path(line, 'b', file.new_path);
    if (take(line, "old mode ")) {
      file.old_mode = line;
      mode_changed = true;
    } else if (take(line, "new mode ")) {
      file.new_mode = line;
      mode_changed = true;
    } else if (take(line, "new file mode ")) {
      file.new_mode = line;
      file.status = added;
    } else if (take(line, "deleted file mode ")) {
      file.old_mode = line;
      file.status = deleted;
    } else if (take(line, "rename from ")) {
      file.status = renamed;
      return path(line, 0, file.old_path);
    } else if (take(line, "rename to ")) {
      file.status = renamed;
      return path(line, 0, file.new_path);
    } else if (take(line, "copy from ")) {
      file.status = copied;
      return path(line, 0, file.old_path);
    } else if (take(line, "copy to ")) {
      file.status = copied;
      return path(line, 0, file.new_path);
    } else if (take(line, "index ")) {
      has_index = true;
      if (const auto space = line.find(' '); space != std::string_view::npos)
        file.old_mode = file.new_mode = line.substr(space + 1);
    } else if (line.starts_with("Binary files ") || line == "GIT binary patch")
      file.binary = true;
    // Similarity lines and a binary patch's own lines say nothing that is needed.
    return {};
  }

  static bool number(std::string_view& text, int& into) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    if (error != std::errc() || into < 0 || into > kMaxLine) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
  }

  static bool range(std::string_view& text, char sign, int& start, int& count) {
    if (text.empty() || text.front() != sign) return false;
    text.remove_prefix(1);
    count = 1;
    if (!number(text, start)) return false;
    return !take(text, ",") || number(text, count);
  }

  Result<void> hunk(File& file) {
    std::string_view line = lines_[at_];
    Hunk hunk;
    take(line, "@@ ");
    if (!range(line, '-', hunk.old_start, hunk.old_count) || !take(line, " ") ||
        !range(line, '+', hunk.new_start, hunk.new_count) || !take(line, " @@"))
      return wrong("a hunk's head that cannot be read");
    take(line, " ");
    hunk.section = line;
    ++at_;
    GREENROOM_CHECK(body(hunk));
    file.hunks.push_back(std::move(hunk));
    return {};
  }

  // An empty range names the line before it.
  static int first_line(int start, int count) { return count == 0 ? start + 1 : start; }

  Result<void> body(Hunk& hunk) {
    int old_left = hunk.old_count, new_left = hunk.new_count;
    int old_line = first_line(hunk.old_start, hunk.old_count), new_line = first_line(hunk.new_start, hunk.new_count);
    while (at_ < lines_.size()) {
      const std::string_view text = lines_[at_];
      if (text.starts_with("\\")) {
        if (hunk.lines.empty()) return wrong("'\\ No newline' before any line");
        hunk.lines.back().no_newline = true;
        ++at_;
        continue;
      }
      if (old_left == 0 && new_left == 0) return {};
      // Some tools strip the one space of an empty context line.
      const char sign = text.empty() ? ' ' : text.front();
      Line line;
      line.text = text.empty() ? "" : text.substr(1);
      if (sign == '+' || sign == ' ') {
        line.new_line = new_line++;
        --new_left;
      }
      if (sign == '-' || sign == ' ') {
        line.old_line = old_line++;
        --old_left;
      }
      if ((sign != '+' && sign != '-' && sign != ' ') || old_left < 0 || new_left < 0)
        return wrong("this line does not fit its hunk's counts");
      line.kind = sign == '+' ? Line::Kind::added : sign == '-' ? Line::Kind::removed : Line::Kind::context;
      hunk.lines.push_back(std::move(line));
      ++at_;
    }
    if (old_left != 0 || new_left != 0) return wrong("the diff ends inside a hunk");
    return {};
  }

  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  Diff diff_;
};

}  // namespace

Result<Diff> parse(std::string_view text) { return Parser(text).parse(); }

}  // namespace greenroom::diff
