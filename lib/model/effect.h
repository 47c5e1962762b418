#pragma once
// Stage 8 of the line: an intent towards a git host. The only way anything reaches one.
// `key` is unique for ever; the poster searches the host for the effect's marker before it retries a create (I2).

#include <string>

#include "lib/base/clock.h"
#include "lib/model/ids.h"

namespace greenroom::model {

// The members of Effect that each kind uses:
enum class EffectKind {
  create_comment,    // body; result host_ref
  edit_comment,      // host_ref, body
  delete_comment,    // host_ref; only our own, only unanswered
  create_thread,     // path, line, start_line, head_sha, body, name = fingerprint, value = lesson; result host_ref
  reply_thread,      // host_ref = thread, body
  resolve_thread,    // host_ref
  unresolve_thread,  // host_ref
  set_status,        // head_sha, name = context, value = state, description, details_path
  add_label,
  remove_label,  // name = label
  react,         // host_ref = the comment, name = reaction
  assign,        // value = host's account id, name = login: request review from / assign
};

enum class EffectState { pending, sending, done, in_doubt, failed, dropped };  // dropped: superseded before it was sent

// What goes first when a host limits how much may be written.
enum class Urgency { reply, review, sweep, progress };  // sweep: nobody waits for it; progress: that checks are running

struct Target {  // what the effect is about, on the host
  RepositoryId repository;
  std::string host;
  std::int64_t host_repository_id = 0;
  enum class Kind { change, issue } kind = Kind::change;
  std::int64_t number = 0;
};

struct Effect {
  EffectId id;
  TraceId trace;
  Target target;
  std::string key;  // "change/12/thread/ab12…/create"
  EffectKind kind{};
  std::string
      slot;  // what it changes in `posted`: "summary", "thread/<fingerprint>", "status/<context>", "say/<key>", ""
  // The parts that the kind uses, see above; the rest are empty.
  std::string host_ref, body, path, head_sha, name, value, description, details_path;
  std::string plan_head;  // head of the review that wanted it: dropped unsent when another head is newest; may be empty
  int line = 0, start_line = 0;
  int attempts = 0;
  Urgency urgency = Urgency::review;
  EffectState state = EffectState::pending;
};

std::string_view name_of(EffectKind kind);
std::string_view name_of(EffectState state);

}  // namespace greenroom::model
