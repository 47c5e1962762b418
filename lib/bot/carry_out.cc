#include "lib/bot/carry_out.h"

#include "lib/bot/effect_rows.h"
#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

using model::Effect;
using model::EffectKind;

class CarryOut {
 public:
  CarryOut(pg::Connection& db, const model::Event& event, std::int64_t event_row, const Subject& subject,
           const Context& context)
      : db_(db),
        event_(event),
        event_row_(event_row),
        subject_(subject),
        now_(context.now),
        context_(context),
        trust_(context.trust) {}

  std::vector<model::JobId> jobs;

  Result<void> operator()(const model::RunChecks& decision) {
    if (!subject_.change) return {};
    const auto verdict = verdict_on(context_.approval, trust_);
    const auto& head = event_.change->head_sha;
    if (verdict.may_run == model::MayRun::everything)
      GREENROOM_CHECK(run("decision/approve_queued", {*subject_.change, head, verdict.because}));
    if (decision.which == model::RunChecks::Which::waiting) return run_waiting(decision, verdict);
    return queue("decision/run_checks",
                 {event_.trace.hex, *subject_.change, head, event_.change->base_sha, decision.reason,
                  model::name_of(verdict.may_run), verdict.because, priority()});
  }

  Result<void> operator()(const model::ApproveHead& decision) {
    if (!subject_.change || !subject_.actor) return {};
    const bool is_head = decision.head_sha == event_.change->head_sha;
    if (!is_head || !may_approve(context_.actor_permission)) return bug("an approval that nobody may give");
    trust_.approver_login = event_.actor.login;
    trust_.approver = context_.actor_permission;
    return run("decision/approve", {*subject_.change, decision.head_sha, *subject_.actor, event_.at});
  }

  Result<void> operator()(const model::CancelChecks& decision) {
    if (!subject_.change) return {};
    const bool all = decision.which == model::CancelChecks::Which::all;
    const std::string spared = all ? "" : event_.change->head_sha;
    return run("decision/cancel_checks", {*subject_.change, spared, decision.reason});
  }

  Result<void> operator()(const model::SetSection& decision) {
    if (!subject_.change) return {};
    if (decision.markdown.empty()) return run("decision/drop_section", {*subject_.change, decision.section});
    return run("decision/set_section", {*subject_.change, decision.section, decision.markdown});
  }

  Result<void> operator()(const model::Say& decision) {
    auto effect = effect_of(EffectKind::create_comment, "say/" + decision.key);
    effect.slot = "say/" + decision.key;
    effect.body = decision.markdown;
    return insert(effect);
  }

  // The reference is looked up when it is sent: the comment may still be on its way.
  Result<void> operator()(const model::Unsay& decision) {
    auto effect = effect_of(EffectKind::delete_comment, own_key("unsay/" + decision.key));
    effect.slot = "say/" + decision.key;
    return insert(effect);
  }

  Result<void> operator()(const model::AddLabel& decision) { return label(EffectKind::add_label, decision.label); }
  Result<void> operator()(const model::RemoveLabel& decision) {
    return label(EffectKind::remove_label, decision.label);
  }

  Result<void> operator()(const model::Acknowledge&) {
    if (!event_.comment) return {};
    const auto comment = std::to_string(event_.comment->host_comment_id);
    auto effect = effect_of(EffectKind::react, "react/" + comment + "/eyes");
    effect.host_ref = comment;
    effect.name = "eyes";
    return insert(effect);
  }

  Result<void> operator()(const model::AssignBuddy& decision) {
    if (!subject_.change) return {};
    GREENROOM_CHECK(run("decision/end_buddy", {*subject_.change}));
    GREENROOM_CHECK(run("decision/assign_buddy", {*subject_.change, decision.buddy, decision.why}));
    GREENROOM_CHECK(run("decision/buddy_picked", {subject_.repository, decision.buddy, now_}));
    GREENROOM_TRY(rows, db_.run(pg::query("decision/person_account"), {decision.buddy}));
    if (rows.empty()) return bug("a buddy who is nobody");
    auto effect = effect_of(EffectKind::assign, own_key("assign/" + to_string(decision.buddy)));
    effect.value = rows[0].text("host_account_id");
    effect.name = rows[0].text("login");
    return insert(effect);
  }

  Result<void> operator()(const model::ReleaseBuddy&) {
    if (!subject_.change) return {};
    return run("decision/end_buddy", {*subject_.change});
  }

  Result<void> operator()(const model::SetAway& decision) {
    if (!subject_.actor) return {};
    return run("decision/set_away", {subject_.repository, *subject_.actor, decision.until});
  }

  Result<void> operator()(const model::RecordGreeting&) {
    return run("decision/record_greeting", {subject_.repository, *subject_.author});
  }

  Result<void> operator()(const model::SetTimer& decision) {
    return run("decision/set_timer",
               {subject_.repository, subject_.kind_name(), subject_.number, decision.name, now_ + decision.after});
  }

  Result<void> operator()(const model::ClearTimer& decision) {
    return run("decision/clear_timer", {subject_.repository, subject_.kind_name(), subject_.number, decision.name});
  }

 private:
  Result<void> queue(std::string_view query, const pg::Params& params) {
    GREENROOM_TRY(rows, db_.run(pg::query(query), params));
    if (!rows.empty()) jobs.push_back(model::JobId{rows[0].integer("id")});
    return {};
  }

  Result<void> run_waiting(const model::RunChecks& decision, const Verdict& verdict) {
    if (verdict.may_run != model::MayRun::everything) return {};
    return queue("decision/run_waiting", {event_.trace.hex, *subject_.change, event_.change->head_sha, decision.reason,
                                          verdict.because, model::kPersonWaits});
  }

  // A head that is new has somebody waiting for its first answer; a command asks for another one.
  int priority() const { return context_.job_for_head ? model::kAskedAgain : model::kPersonWaits; }

  Result<void> run(std::string_view query, const pg::Params& params) {
    GREENROOM_CHECK(db_.run(pg::query(query), params));
    return {};
  }

  Result<void> insert(const Effect& effect) {
    GREENROOM_CHECK(insert_effect(db_, event_.trace, effect));
    return {};
  }

  Effect effect_of(EffectKind kind, const std::string& key) const {
    Effect effect;
    effect.kind = kind;
    effect.target = {subject_.repository, event_.repository.host, event_.repository.host_repository_id, subject_.kind,
                     subject_.number};
    effect.key = key_prefix(effect.target) + key;
    effect.urgency = urgency();
    return effect;
  }

  // Of what this event leads to.
  model::Urgency urgency() const {
    if (event_.kind == model::EventKind::timer_due) return model::Urgency::sweep;
    const bool asked = event_.comment || event_.kind == model::EventKind::rerun_requested;
    return asked ? model::Urgency::reply : model::Urgency::review;
  }

  // A key of this event's own: the same thing may be wanted again by a later one.
  std::string own_key(const std::string& what) const { return what + "/event/" + std::to_string(event_row_); }

  Result<void> label(EffectKind kind, const std::string& name) {
    const auto verb = std::string(model::name_of(kind));
    auto effect = effect_of(kind, own_key("label/" + name + "/" + verb));
    effect.name = name;
    return insert(effect);
  }

  pg::Connection& db_;
  const model::Event& event_;
  std::int64_t event_row_;
  const Subject& subject_;
  TimePoint now_;
  const Context& context_;
  Trust trust_;  // with what this event's own decisions added
};

}  // namespace

Result<std::vector<model::JobId>> carry_out(pg::Connection& db, const model::Event& event, std::int64_t event_row,
                                            const Subject& subject, const std::vector<Decided>& decided,
                                            const Context& context) {
  CarryOut each(db, event, event_row, subject, context);
  for (const auto& [behaviour, decisions] : decided) {
    for (const auto& decision : decisions) {
      auto done = std::visit(each, decision);
      if (!done) return pass(std::move(done).error(), behaviour);
    }
  }
  return std::move(each.jobs);
}

}  // namespace greenroom::bot
