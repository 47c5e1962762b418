#include "lib/model/event.h"

#include <array>
#include <utility>

namespace greenroom::model {
namespace {

using enum EventKind;
constexpr std::array<std::pair<EventKind, std::string_view>, 16> kNames{{
    {change_opened, "change_opened"},
    {change_updated, "change_updated"},
    {change_closed, "change_closed"},
    {change_merged, "change_merged"},
    {change_drafted, "change_drafted"},
    {change_readied, "change_readied"},
    {comment_created, "comment_created"},
    {comment_edited, "comment_edited"},
    {thread_resolved, "thread_resolved"},
    {thread_unresolved, "thread_unresolved"},
    {issue_opened, "issue_opened"},
    {issue_closed, "issue_closed"},
    {issue_labeled, "issue_labeled"},
    {issue_unlabeled, "issue_unlabeled"},
    {rerun_requested, "rerun_requested"},
    {timer_due, "timer_due"},
}};

}  // namespace

std::string_view name_of(EventKind kind) {
  for (const auto& [value, name] : kNames) {
    if (value == kind) return name;
  }
  return "unknown";
}

std::optional<EventKind> event_kind_named(std::string_view wanted) {
  for (const auto& [value, name] : kNames) {
    if (name == wanted) return value;
  }
  return std::nullopt;
}

bool is_about_change(EventKind kind) {
  return kind == change_opened || kind == change_updated || kind == change_closed || kind == change_merged ||
         kind == change_drafted || kind == change_readied;
}

}  // namespace greenroom::model
