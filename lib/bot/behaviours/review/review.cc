#include "lib/bot/behaviours/review/review.h"

#include "lib/bot/asked.h"

namespace greenroom::bot::behaviours {
namespace {

using model::EventKind;
using Which = model::CancelChecks::Which;

std::string reason_of(EventKind kind) {
  if (kind == EventKind::change_updated) return "new push";
  return kind == EventKind::change_readied ? "ready for review" : "opened";
}

// A draft is the author's own desk: nothing runs until it is ready or somebody asks.
model::Decisions on_head(const model::Event& event, const Context& context) {
  model::Decisions decisions;
  decisions.push_back(model::CancelChecks{"superseded by " + event.change->head_sha.substr(0, 7), Which::other_heads});
  if (!event.change->draft && !context.job_for_head) decisions.push_back(model::RunChecks{reason_of(event.kind)});
  return decisions;
}

model::Decisions on_run(const model::Event& event, const Context& context) {
  if (!is_author(event) && !may_triage(context)) {
    return {
        answer(event, "run", "Checks can be run again by the author of a change and by people with triage rights.")};
  }
  if (!context.change_open) return {answer(event, "run", "This change is closed, so its checks stay as they are.")};
  return {model::Acknowledge{}, model::RunChecks{"asked for by " + event.actor.login}};
}

// The host's button says nothing back; who may press it, the host has checked, and the rule is the command's.
model::Decisions on_button(const model::Event& event, const Context& context) {
  if (!context.change_open || (!is_author(event) && !may_triage(context))) return {};
  return {model::RunChecks{"asked for by " + event.actor.login}};
}

model::Decisions decide(const model::Event& event, const Context& context) {
  switch (event.kind) {
    case EventKind::change_opened:
    case EventKind::change_updated:
    case EventKind::change_readied: return on_head(event, context);
    case EventKind::change_drafted: return {model::CancelChecks{"converted to a draft", Which::all}};
    case EventKind::change_closed: return {model::CancelChecks{"the change was closed", Which::all}};
    case EventKind::change_merged: return {model::CancelChecks{"the change was merged", Which::all}};
    case EventKind::rerun_requested: return on_button(event, context);
    default: break;
  }
  if (!is_on_change(event)) return {};
  for (const auto& command : context.commands) {
    if (command.verb == "run" || command.verb == "retest") return on_run(event, context);
  }
  return {};
}

}  // namespace

Behaviour review() {
  return {"review",
          "Runs the checks of every push and reviews what they find.",
          {{"run", "/run", "the author, and people with triage rights", "Runs the checks of the newest push again."},
           {"retest", "/retest", "the author, and people with triage rights", "The same as /run."}},
          {},
          decide};
}

}  // namespace greenroom::bot::behaviours
