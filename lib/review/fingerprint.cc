#include <algorithm>
#include <cctype>
#include <numeric>
#include <tuple>

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/review/review.h"

namespace greenroom::review {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Runs of white space become one space; none at the ends. A re-indented line keeps its identity.
std::string squeeze(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    if (!is_space(c))
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

// Numbers outside quotes become '#': tools print line numbers and counts there ("redefinition of 'os' from line 3"),
// and those change when somebody edits other lines. Quoted names keep their digits.
std::string normalise_message(std::string_view message) {
  std::string out;
  char quote = 0;
  for (const char c : squeeze(message)) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '\'' || c == '"') && (out.empty() || !is_word(out.back()))) {
      quote = c;
    } else if (is_digit(c) && (out.empty() || !is_word(out.back()))) {
      if (out.empty() || out.back() != '#') out += '#';
      continue;
    }
    out += c;
  }
  return out;
}

void append_field(std::string& bytes, std::string_view field) {
  bytes += std::to_string(field.size());
  bytes += ':';
  bytes += field;
}

std::string identity_of(const model::Finding& finding, const std::map<std::string, std::string>& old_path_of) {
  const auto& diagnostic = finding.diagnostic;
  const auto renamed = old_path_of.find(diagnostic.path);
  std::string bytes;
  append_field(bytes, diagnostic.tool);
  append_field(bytes, diagnostic.code);
  append_field(bytes, renamed == old_path_of.end() ? diagnostic.path : renamed->second);
  append_field(bytes, normalise_message(diagnostic.message));
  append_field(bytes, squeeze(finding.line_text));
  return bytes;
}

}  // namespace

void assign_fingerprints(std::vector<model::Finding>& findings, const std::map<std::string, std::string>& old_path_of) {
  std::vector<std::size_t> from_the_top(findings.size());
  std::iota(from_the_top.begin(), from_the_top.end(), 0u);
  const auto place = [&](std::size_t i) {
    const auto& d = findings[i].diagnostic;
    return std::tie(d.path, d.span.line, d.span.column);
  };
  std::stable_sort(from_the_top.begin(), from_the_top.end(),
                   [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  std::map<std::string, int> met;
  for (const std::size_t i : from_the_top) {
    std::string identity = identity_of(findings[i], old_path_of);
    const int occurrence = ++met[identity];
    append_field(identity, std::to_string(occurrence));
    findings[i].fingerprint = to_hex(sha256(identity));
  }
}

}  // namespace greenroom::review
