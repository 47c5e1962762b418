#include "tests/support/fake_github/anchor.h"

#include <algorithm>

#include "tests/support/fake_github/diff.h"

namespace greenroom::testing::fake {
namespace {

std::string side_in(const Json& body, const char* member, const std::string& otherwise) {
  const std::string side = text(body, member, otherwise);
  if (side != "LEFT" && side != "RIGHT") refuse(422, "Invalid request.\n\n" + side + " is no side.");
  return side;
}

bool holds(const DiffHunk& hunk, const std::string& side, int line) {
  return std::any_of(hunk.lines.begin(), hunk.lines.end(),
                     [&](const DiffLine& one) { return (side == "LEFT" ? one.old_line : one.new_line) == line; });
}

}  // namespace

Anchor anchor_in(const Json& body, const std::string& commit) {
  if (body.contains("position"))
    refuse(422, "This fake does not know 'position', which is deprecated: say 'line' and 'side'.");
  Anchor anchor;
  anchor.commit = commit;
  anchor.path = text(body, "path");
  anchor.whole_file = text(body, "subject_type") == "file";
  anchor.side = side_in(body, "side", "RIGHT");
  anchor.line = static_cast<int>(integer(body, "line"));
  anchor.start_line = static_cast<int>(integer(body, "start_line"));
  if (body.contains("start_line")) anchor.start_side = side_in(body, "start_side", anchor.side);
  return anchor;
}

std::string fault_of(const Repository& repository, const Issue& issue, const Anchor& anchor) {
  const auto changes = changes_of(repository, base_sha_of(repository, *issue.pull), anchor.commit);
  const auto change =
      std::find_if(changes.begin(), changes.end(), [&](const FileChange& one) { return one.path == anchor.path; });
  if (change == changes.end()) return "path is invalid";
  if (anchor.whole_file) return "";
  const auto hunk = std::find_if(change->hunks.begin(), change->hunks.end(),
                                 [&](const DiffHunk& one) { return holds(one, anchor.side, anchor.line); });
  if (anchor.line <= 0 || hunk == change->hunks.end()) return "line must be part of the diff";
  if (anchor.start_side.empty()) return "";
  if (anchor.side == anchor.start_side && anchor.start_line >= anchor.line)
    return "start line must precede the end line";
  if (anchor.start_line <= 0 || !holds(*hunk, anchor.start_side, anchor.start_line))
    return "start line must be part of the same hunk";
  return "";
}

}  // namespace greenroom::testing::fake
