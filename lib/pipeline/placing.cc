#include "lib/pipeline/placing.h"

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
  if (file == nullptr || !is_edited(*file)) return model::Placement::elsewhere;
  if (line == 0) return model::Placement::file;
  switch (diff::side_of(*file, line)) {
    case diff::LineSide::author: return model::Placement::author_line;
    case diff::LineSide::context: return model::Placement::context;
    case diff::LineSide::outside: return model::Placement::elsewhere;
  }
  return model::Placement::elsewhere;
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
