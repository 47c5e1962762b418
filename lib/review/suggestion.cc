// One-click fixes. Only where nothing can go wrong: the tool calls its fix safe, the lesson loses nothing by it, and
// the fix stays on the anchor line, which is the author's own.

#include <algorithm>

#include "lib/review/compose_parts.h"
#include "lib/review/unseen.h"

namespace greenroom::review {
namespace {

constexpr std::size_t kLongestLine = 4000;  // line_text is cut at 4 KiB

using model::Span;
using model::TextEdit;

bool stays_on_line(const Span& span, int line) {
  const int end = span.end_line == 0 ? span.line : span.end_line;
  return span.line == line && end == line && span.column > 0 && span.end_column >= span.column;
}

// "Whole lines": from the start of the line to the start of the next one.
bool takes_whole_line(const Span& span, int line) {
  return span.line == line && span.column <= 1 && span.end_line == line + 1 && span.end_column <= 1;
}

std::optional<std::string> with_edits(std::string text, std::vector<TextEdit> edits) {
  std::sort(edits.begin(), edits.end(), [](const auto& a, const auto& b) { return a.span.column > b.span.column; });
  int limit = static_cast<int>(text.size()) + 1;
  for (const auto& edit : edits) {
    if (edit.span.end_column > limit) return std::nullopt;  // overlaps another, or lies beyond the line
    text.replace(static_cast<std::size_t>(edit.span.column - 1),
                 static_cast<std::size_t>(edit.span.end_column - edit.span.column), edit.text);
    limit = edit.span.column;
  }
  return text;
}

// The anchor line after the fix; "" deletes it. nullopt: not safe to offer.
std::optional<std::string> fixed_line(const model::Finding& finding) {
  const auto& fix = finding.diagnostic.fix;
  const int line = finding.diagnostic.span.line;
  if (!fix || fix->safety != model::Fix::Safety::safe || fix->edits.empty()) return std::nullopt;
  if (fix->edits.size() == 1 && takes_whole_line(fix->edits[0].span, line)) return fix->edits[0].text;
  const bool inside =
      std::all_of(fix->edits.begin(), fix->edits.end(), [&](const auto& e) { return stays_on_line(e.span, line); });
  if (!inside) return std::nullopt;
  auto text = with_edits(finding.line_text, fix->edits);
  if (text) *text += '\n';
  return text;
}

}  // namespace

std::string suggestion_block(const teaching::Point& point) {
  const auto& anchor = point.findings.front();
  if (point.lesson == nullptr || !point.lesson->suggestion_allowed) return "";
  if (anchor.placement != model::Placement::author_line || anchor.line_text.size() > kLongestLine) return "";
  const auto text = fixed_line(anchor);
  // A '\r' would be lost on its way through the host, and what nobody sees must not be committed by one click.
  if (!text || text->size() > kLongestLine || *text == anchor.line_text + "\n" || show_unseen(*text) != *text ||
      anchor.line_text.find('\r') != std::string::npos) {
    return "";
  }
  return fence("suggestion", *text);
}

}  // namespace greenroom::review
