// One-click fixes. Only where nothing can go wrong: the tool calls its fix safe, the lesson loses nothing by it, and
// whatever it replaces is the author's own, in one hunk.

#include <algorithm>

#include "lib/review/compose_parts.h"
#include "lib/review/unseen.h"

namespace greenroom::review {
namespace {

constexpr std::size_t kLongest = 4000;  // bytes before and after; line_text is cut at 4 KiB

using model::Span;
using model::TextEdit;

// Whole lines of the head, from `first` on.
struct Lines {
  int first = 0, last = 0;
  std::string text;                 // each with its '\n'
  std::vector<std::size_t> starts;  // where each begins, and the end
};

Lines lines_of(const model::Finding& finding) {
  const auto& fix = *finding.diagnostic.fix;
  const bool several = !fix.lines.empty();
  Lines lines;
  lines.first = several ? fix.first_line : finding.diagnostic.span.line;
  for (const auto& line : several ? fix.lines : std::vector{finding.line_text}) {
    lines.starts.push_back(lines.text.size());
    lines.text += line + "\n";
  }
  lines.last = lines.first + static_cast<int>(lines.starts.size()) - 1;
  lines.starts.push_back(lines.text.size());
  return lines;
}

// nullopt: not a place in these lines. The start of the line behind them is one: it takes the last line end along.
std::optional<std::size_t> offset_of(const Lines& lines, int line, int column) {
  if (line < lines.first || line > lines.last + 1 || column < 1) return std::nullopt;
  const auto start = lines.starts[static_cast<std::size_t>(line - lines.first)];
  const auto end = line > lines.last ? start : lines.starts[static_cast<std::size_t>(line - lines.first) + 1] - 1;
  const auto offset = start + static_cast<std::size_t>(column) - 1;
  return offset <= end ? std::optional(offset) : std::nullopt;
}

// "Whole lines" may come without columns.
Span with_columns(Span span) {
  if (span.end_line == 0) span.end_line = span.line;
  const bool whole = span.end_line > span.line && span.column <= 1 && span.end_column <= 1;
  if (whole) span.column = span.end_column = 1;
  return span;
}

struct Cut {
  std::size_t from = 0, to = 0;
  const std::string* text = nullptr;
};

// Last first. nullopt: an edit lies elsewhere, or two meet, and which goes first is not said.
std::optional<std::vector<Cut>> cuts_of(const Lines& lines, const std::vector<TextEdit>& edits) {
  std::vector<Cut> cuts;
  for (const auto& edit : edits) {
    const auto span = with_columns(edit.span);
    const auto from = offset_of(lines, span.line, span.column), to = offset_of(lines, span.end_line, span.end_column);
    if (!from || !to || *from > *to) return std::nullopt;
    cuts.push_back({*from, *to, &edit.text});
  }
  std::sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.from > b.from; });
  for (std::size_t i = 1; i < cuts.size(); ++i) {
    if (cuts[i].to > cuts[i - 1].from || cuts[i].from == cuts[i - 1].from) return std::nullopt;
  }
  return cuts;
}

// The lines after the fix; "" deletes them. nullopt: not safe to offer.
std::optional<std::string> fixed(const Lines& lines, const std::vector<TextEdit>& edits) {
  const auto cuts = cuts_of(lines, edits);
  if (!cuts || cuts->empty()) return std::nullopt;
  std::string text = lines.text;
  for (const auto& cut : *cuts) text.replace(cut.from, cut.to - cut.from, *cut.text);
  const bool keeps_the_next_line = text.empty() || text.ends_with('\n');
  return keeps_the_next_line ? std::optional(text) : std::nullopt;
}

bool may_suggest(const teaching::Point& point) {
  const auto& anchor = point.findings.front();
  const auto& fix = anchor.diagnostic.fix;
  return point.lesson != nullptr && point.lesson->suggestion_allowed &&
         anchor.placement == model::Placement::author_line && fix && fix->safety == model::Fix::Safety::safe;
}

}  // namespace

std::optional<Suggestion> suggestion_for(const teaching::Point& point) {
  if (!may_suggest(point)) return std::nullopt;
  const auto& anchor = point.findings.front();
  const auto lines = lines_of(anchor);
  if (lines.text.size() > kLongest || lines.text.find('\r') != std::string::npos) return std::nullopt;
  const auto text = fixed(lines, anchor.diagnostic.fix->edits);
  // A '\r' would be lost on its way through the host, and what nobody sees must not be committed by one click.
  if (!text || text->size() > kLongest || *text == lines.text || show_unseen(*text) != *text) return std::nullopt;
  return Suggestion{lines.first, lines.last, fence("suggestion", *text)};
}

}  // namespace greenroom::review
