#include "lib/git/fetch_failure.h"

#include <array>
#include <string>
#include <string_view>

#include "lib/base/text.h"

namespace greenroom::git {
namespace {

struct Row {
  std::string_view words;  // in git's complaint, in the C locale
  ErrorKind kind;
  std::string_view message;  // empty: git's own last line
};

// The first row that fits decides, so what says most comes first.
constexpr std::array kRows{
    Row{"File too large", ErrorKind::user_fault, "the history to fetch is larger than the limit"},
    Row{"Out of memory", ErrorKind::user_fault, "the history to fetch needs more memory than the limit"},
    Row{"out of memory", ErrorKind::user_fault, "the history to fetch needs more memory than the limit"},
    Row{"fsck error", ErrorKind::user_fault, ""},
    Row{"No space left on device", ErrorKind::transient, "the disk is full"},
    Row{"not our ref", ErrorKind::not_found, "the host does not have the commit"},
    Row{"unadvertised object", ErrorKind::not_found, "the host does not give out the commit"},
    Row{"couldn't find remote ref", ErrorKind::not_found, "the host does not have the commit"},
    Row{"does not appear to be a git repository", ErrorKind::not_found, "there is no repository at the host's address"},
    Row{"Repository not found", ErrorKind::not_found, "the host has no such repository"},
    Row{"transport '", ErrorKind::rejected, ""},
    Row{"Authentication failed", ErrorKind::rejected, "the host did not accept the token"},
    Row{"could not read Username", ErrorKind::rejected, "the host asks for a token and none is set"},
    Row{"returned error: 403", ErrorKind::rejected, "the host refuses the token"},
};

std::string last_line(std::string_view text) {
  const auto lines = split_lines(trim(text));
  return lines.empty() ? "git said nothing" : shorten(scrub_utf8(trim(lines.back())), 300);
}

}  // namespace

Error explain_failure(const process::Outcome& outcome) {
  const std::string complaint = outcome.err.joined();
  if (outcome.cancelled) return {ErrorKind::transient, "git fetch was cancelled", {}};
  if (outcome.timed_out) return {ErrorKind::transient, "git fetch took longer than allowed", {}};
  if (outcome.signal != 0) {
    return {ErrorKind::transient, "git fetch was ended by signal " + std::to_string(outcome.signal), {}};
  }
  for (const Row& row : kRows) {
    if (complaint.find(row.words) == std::string::npos) continue;
    return {row.kind, row.message.empty() ? last_line(complaint) : std::string(row.message), {}};
  }
  return {ErrorKind::transient, last_line(complaint), {}};
}

}  // namespace greenroom::git
