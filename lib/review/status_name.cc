#include "lib/review/status_name.h"

#include <array>
#include <utility>

namespace greenroom::review {
namespace {

using State = model::WantedStatus::State;

constexpr std::array<std::pair<State, std::string_view>, 5> kNames{{{State::pending, "pending"},
                                                                    {State::success, "success"},
                                                                    {State::neutral, "neutral"},
                                                                    {State::failure, "failure"},
                                                                    {State::error, "error"}}};

}  // namespace

std::string_view name_of(State state) {
  for (const auto& [value, name] : kNames) {
    if (value == state) return name;
  }
  return "error";
}

std::optional<State> status_state_named(std::string_view name) {
  for (const auto& [value, text] : kNames) {
    if (text == name) return value;
  }
  return std::nullopt;
}

}  // namespace greenroom::review
