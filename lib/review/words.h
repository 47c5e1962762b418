#pragma once
// Small words of the review, shared by the Markdown and the terminal rendering. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "lib/model/check.h"
#include "lib/review/review.h"

namespace greenroom::review {

std::string counted(std::size_t n, std::string_view one, std::string_view many);  // "1 note", "3 notes", "1,200 lines"
std::string listed(const std::vector<std::string>& items);                        // "a, b and c"

// plain() and code_span() of text cut to `bytes` before it is escaped, so that the result stays bounded.
std::string short_plain(std::string_view text, std::size_t bytes);
std::string short_code(std::string_view text, std::size_t bytes);

// The places of findings as Markdown, bounded: "`a.py` lines 3 and 8, `b.py` line 1 and 4 more places".
// `code` makes a path of a string: code_span for Markdown.
std::string places(const std::vector<model::Finding>& findings, std::string (*code)(std::string_view));

std::string result_words(const model::CheckResult& check);  // headline, or what the state says; plain text
std::string sign_of(model::CheckState state);               // "✓", "•", "✗", "–", "…"
bool is_syntax(const teaching::Point& point);               // the file does not parse: everything else waits for it
std::string title_of(const teaching::Point& point);         // of its lesson, or the tool's message; plain text
std::string codes_of(const teaching::Point& point);         // as the tools printed them: "F401" or "F401, W0611"

// What the author does now; plain text, no full stop.
struct NextStep {
  enum class Turn { author, others } turn = Turn::author;  // others: there is nothing for the author to do
  std::string words;
  std::string command;  // may be empty
  std::string because;  // one sentence; may be empty
};
NextStep next_step(const Facts& facts);

}  // namespace greenroom::review
