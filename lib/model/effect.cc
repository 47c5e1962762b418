#include "lib/model/effect.h"

namespace greenroom::model {

std::string_view name_of(EffectKind kind) {
  switch (kind) {
    case EffectKind::create_comment: return "create_comment";
    case EffectKind::edit_comment: return "edit_comment";
    case EffectKind::delete_comment: return "delete_comment";
    case EffectKind::create_thread: return "create_thread";
    case EffectKind::reply_thread: return "reply_thread";
    case EffectKind::resolve_thread: return "resolve_thread";
    case EffectKind::unresolve_thread: return "unresolve_thread";
    case EffectKind::set_status: return "set_status";
    case EffectKind::add_label: return "add_label";
    case EffectKind::remove_label: return "remove_label";
    case EffectKind::react: return "react";
    case EffectKind::assign: return "assign";
  }
  return "unknown";
}

std::string_view name_of(EffectState state) {
  switch (state) {
    case EffectState::pending: return "pending";
    case EffectState::sending: return "sending";
    case EffectState::done: return "done";
    case EffectState::in_doubt: return "in_doubt";
    case EffectState::failed: return "failed";
    case EffectState::dropped: return "dropped";
  }
  return "unknown";
}

}  // namespace greenroom::model
