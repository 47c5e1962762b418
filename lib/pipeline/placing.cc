#include "lib/pipeline/placing.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/diagnostics/parser.h"

namespace greenroom::pipeline {
namespace {

constexpr std::size_t kMaxLineText = 4096;

bool is_edited(const diff::File& file) { return !file.hunks.empty() && file.status != diff::File::Status::deleted; }

// Head lines that a hunk of the formatter's patch replaces, or stands directly behind.
bool touches_author(const diff::File& change, const diff::Hunk& hunk, int& line) {
  int behind = hunk.old_start;
  for (const diff::Line& each : hunk.lines) {
    if (each.old_line != 0) behind = each.old_line;
    if (each.kind == diff::Line::Kind::context) continue;
    const int head_line = each.old_line != 0 ? each.old_line : std::max(behind, 1);
    if (diff::side_of(change, head_line) != diff::LineSide::author) continue;
    line = head_line;
    return true;
  }
  return false;
}

int formatter_line(const diff::File& change, const diff::Diff& patch, const std::string& path) {
  const diff::File* file = patch.find(path);
  int line = 0;
  if (file != nullptr)
    for (const diff::Hunk& hunk : file->hunks)
      if (touches_author(change, hunk, line)) return line;
  return 0;
}

model::Placement placement_of(const diff::File* file, int line) {
  if (file == nullptr) return model::Placement::elsewhere;
  // What is said of a whole file may be about its name, which a rename brings without any line.
  const bool named_here = file->status == diff::File::Status::added || file->status == diff::File::Status::renamed;
  if (line == 0 && (named_here || is_edited(*file))) return model::Placement::file;
  if (!is_edited(*file)) return model::Placement::elsewhere;
  switch (diff::side_of(*file, line)) {
    case diff::LineSide::author: return model::Placement::author_line;
    case diff::LineSide::context: return model::Placement::context;
    case diff::LineSide::outside: return model::Placement::elsewhere;
  }
  return model::Placement::elsewhere;
}

struct LineRange {
  int first = 0, last = 0;
};

// An edit "to the start of the next line" takes the line end with it, and nothing of that line.
int last_line_of(const model::Span& span) {
  const int end = std::max(span.end_line, span.line);
  return end > span.line && span.end_column <= 1 ? end - 1 : end;
}

LineRange touched_by(const model::Diagnostic& diagnostic) {
  LineRange range{diagnostic.span.line, last_line_of(diagnostic.span)};
  for (const auto& edit : diagnostic.fix->edits) {
    range.first = std::min(range.first, edit.span.line);
    range.last = std::max(range.last, last_line_of(edit.span));
  }
  return range;
}

bool is_authors_in_one_hunk(const diff::File& file, const LineRange& range) {
  for (int line = range.first; line <= range.last; ++line) {
    if (diff::side_of(file, line) != diff::LineSide::author) return false;
    if (diff::hunk_at(file, line) != diff::hunk_at(file, range.first)) return false;
  }
  return true;
}

// More than that nobody reads before they click.
constexpr std::size_t kMostFixedLines = 20;

// A fix that touches a line end of two bytes is dropped: what a host makes of it would change the line end. Of one over
// several lines the texts are kept.
void settle_fix(model::Diagnostic& diagnostic, const diff::File& file, std::string_view text) {
  auto& fix = diagnostic.fix;
  if (!fix || fix->safety != model::Fix::Safety::safe || fix->edits.empty() || diagnostic.span.line <= 0) return;
  const auto range = touched_by(diagnostic);
  const auto all = split_lines(text);
  if (range.first < 1 || range.last > static_cast<int>(all.size())) return;
  const std::vector<std::string> lines(all.begin() + range.first - 1, all.begin() + range.last);
  if (std::ranges::any_of(lines, [](const auto& line) { return line.ends_with('\r'); })) return fix.reset();
  if (lines.size() < 2 || lines.size() > kMostFixedLines || !is_authors_in_one_hunk(file, range)) return;
  const bool fit =
      std::ranges::all_of(lines, [](const auto& line) { return is_utf8(line) && line.size() <= kMaxLineText; });
  if (!fit) return;
  fix->first_line = range.first;
  fix->lines = lines;
}

}  // namespace

bool concerns_author(const model::Finding& finding) {
  return finding.placement == model::Placement::author_line || finding.placement == model::Placement::file;
}

std::vector<model::Finding> place(const model::CheckResult& check, const diff::Diff& diff, Sources& sources) {
  const auto patch = check.patch.empty() ? Result<diff::Diff>(diff::Diff{}) : diff::parse(check.patch);
  std::vector<model::Finding> findings;
  for (const model::Diagnostic& diagnostic : check.diagnostics) {
    model::Finding finding;
    finding.diagnostic = diagnostic;
    finding.check = check.name;
    const diff::File* file = diff.find(diagnostic.path);
    int& line = finding.diagnostic.span.line;
    if (check.kind == model::CheckKind::format && !check.patch.empty() && patch && file != nullptr) {
      line = formatter_line(*file, *patch, diagnostic.path);
      finding.placement = line == 0 ? model::Placement::elsewhere : model::Placement::author_line;
    } else {
      finding.placement = placement_of(file, line);
      if (file != nullptr) settle_fix(finding.diagnostic, *file, sources.text(diagnostic.path));
    }
    if (line > 0)
      finding.line_text =
          shorten(scrub_utf8(diagnostics::line_of(sources.text(diagnostic.path), line)), kMaxLineText - 4);
    if (const diff::Hunk* hunk = file == nullptr ? nullptr : diff::hunk_at(*file, line)) {
      finding.hunk_first_line = hunk->new_start;
      finding.hunk_last_line = hunk->new_start + hunk->new_count - 1;
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace greenroom::pipeline
