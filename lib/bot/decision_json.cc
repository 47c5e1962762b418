#include "lib/bot/decision_json.h"

#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/json/json.h"

namespace greenroom::bot {
namespace {

using json::Value;

// Bodies are cut: the row is for reading, the effect keeps the whole.
std::string cut(const std::string& text) { return shorten(text, 200); }

struct Name {
  Value operator()(const model::RunChecks& d) const {
    const bool all = d.which == model::RunChecks::Which::all;
    return {{"do", "run_checks"}, {"reason", d.reason}, {"which", all ? "all" : "waiting"}};
  }
  Value operator()(const model::ApproveHead& d) const { return {{"do", "approve_head"}, {"head", d.head_sha}}; }
  Value operator()(const model::CancelChecks& d) const {
    const bool all = d.which == model::CancelChecks::Which::all;
    return {{"do", "cancel_checks"}, {"reason", d.reason}, {"which", all ? "all" : "other_heads"}};
  }
  Value operator()(const model::SetSection& d) const {
    return {{"do", "set_section"}, {"section", d.section}, {"markdown", cut(d.markdown)}};
  }
  Value operator()(const model::Say& d) const { return {{"do", "say"}, {"key", d.key}, {"markdown", cut(d.markdown)}}; }
  Value operator()(const model::Unsay& d) const { return {{"do", "unsay"}, {"key", d.key}}; }
  Value operator()(const model::AddLabel& d) const { return {{"do", "add_label"}, {"label", d.label}}; }
  Value operator()(const model::RemoveLabel& d) const { return {{"do", "remove_label"}, {"label", d.label}}; }
  Value operator()(const model::Acknowledge&) const { return {{"do", "acknowledge"}}; }
  Value operator()(const model::AssignBuddy& d) const {
    return {{"do", "assign_buddy"}, {"person", d.buddy.value}, {"why", d.why}};
  }
  Value operator()(const model::ReleaseBuddy&) const { return {{"do", "release_buddy"}}; }
  Value operator()(const model::SetAway& d) const {
    return {{"do", "set_away"}, {"until", d.until ? to_rfc3339(*d.until) : ""}};
  }
  Value operator()(const model::RecordGreeting&) const { return {{"do", "record_greeting"}}; }
  Value operator()(const model::SetTimer& d) const {
    return {{"do", "set_timer"}, {"name", d.name}, {"seconds", d.after.count()}};
  }
  Value operator()(const model::ClearTimer& d) const { return {{"do", "clear_timer"}, {"name", d.name}}; }
};

}  // namespace

std::string to_json(const std::vector<Decided>& decided) {
  Value list = Value::array();
  for (const auto& [behaviour, decisions] : decided) {
    for (const auto& decision : decisions) {
      auto value = std::visit(Name{}, decision);
      value["behaviour"] = behaviour;
      list.push_back(std::move(value));
    }
  }
  return json::dump(list);
}

}  // namespace greenroom::bot
