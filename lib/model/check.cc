#include "lib/model/check.h"

namespace greenroom::model {

std::string_view name_of(CheckKind kind) {
  switch (kind) {
    case CheckKind::format: return "format";
    case CheckKind::lint: return "lint";
    case CheckKind::type: return "type";
    case CheckKind::test: return "test";
    case CheckKind::environment: return "environment";
  }
  return "lint";
}

std::string_view name_of(CheckState state) {
  switch (state) {
    case CheckState::queued: return "queued";
    case CheckState::running: return "running";
    case CheckState::passed: return "passed";
    case CheckState::attention: return "attention";
    case CheckState::failed: return "failed";
    case CheckState::incomplete: return "incomplete";
    case CheckState::errored: return "errored";
    case CheckState::skipped: return "skipped";
    case CheckState::waiting: return "waiting";
    case CheckState::cancelled: return "cancelled";
  }
  return "errored";
}

std::string_view name_of(Limit limit) {
  switch (limit) {
    case Limit::none: return "none";
    case Limit::time: return "time";
    case Limit::memory: return "memory";
    case Limit::room: return "room";
  }
  return "none";
}

bool is_final(CheckState state) { return state != CheckState::queued && state != CheckState::running; }

bool executes_the_change(CheckKind kind) {
  switch (kind) {
    case CheckKind::format:
    case CheckKind::lint:
    case CheckKind::type:
    case CheckKind::environment: return false;
    case CheckKind::test: break;
  }
  return true;
}

}  // namespace greenroom::model
