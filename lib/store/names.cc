#include "lib/store/names.h"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

namespace greenroom::store {
namespace {

template <class T, std::size_t n>
std::string_view word_of(const std::array<std::pair<T, std::string_view>, n>& words, T value) {
  for (const auto& [each, word] : words)
    if (each == value) return word;
  throw std::logic_error("an enumerator without a word");
}

template <class T, std::size_t n>
T named(const std::array<std::pair<T, std::string_view>, n>& words, std::string_view wanted) {
  for (const auto& [each, word] : words)
    if (word == wanted) return each;
  throw std::logic_error("'" + std::string(wanted) + "' is no word of this column");
}

using model::CheckKind, model::CheckState, model::Placement, model::Severity;

constexpr std::array<std::pair<Severity, std::string_view>, 3> kSeverities{
    {{Severity::info, "info"}, {Severity::warning, "warning"}, {Severity::error, "error"}}};
constexpr std::array<std::pair<Placement, std::string_view>, 4> kPlacements{{{Placement::author_line, "author_line"},
                                                                             {Placement::context, "context"},
                                                                             {Placement::file, "file"},
                                                                             {Placement::elsewhere, "elsewhere"}}};

}  // namespace

std::string_view name_of(Severity severity) { return word_of(kSeverities, severity); }
std::string_view name_of(Placement placement) { return word_of(kPlacements, placement); }
Severity severity_named(std::string_view word) { return named(kSeverities, word); }
Placement placement_named(std::string_view word) { return named(kPlacements, word); }

CheckKind check_kind_named(std::string_view word) {
  for (const CheckKind kind :
       {CheckKind::format, CheckKind::lint, CheckKind::type, CheckKind::test, CheckKind::environment})
    if (model::name_of(kind) == word) return kind;
  throw std::logic_error("'" + std::string(word) + "' is no kind of check");
}

CheckState check_state_named(std::string_view word) {
  for (int state = 0; state <= static_cast<int>(CheckState::cancelled); ++state)
    if (model::name_of(static_cast<CheckState>(state)) == word) return static_cast<CheckState>(state);
  throw std::logic_error("'" + std::string(word) + "' is no state of a check");
}

model::Limit limit_named(std::string_view word) {
  for (const auto limit : {model::Limit::none, model::Limit::time, model::Limit::memory, model::Limit::room})
    if (model::name_of(limit) == word) return limit;
  throw std::logic_error("'" + std::string(word) + "' is no limit of a check");
}

}  // namespace greenroom::store
