#include "lib/model/check.h"

namespace greenroom::model {

std::string_view name_of(CheckKind kind) {
  switch (kind) {
    case CheckKind::format: return "format";
    case CheckKind::lint: return "lint";
    case CheckKind::type: return "type";
    case CheckKind::test: return "test";
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
    case CheckState::cancelled: return "cancelled";
  }
  return "errored";
}

bool is_final(CheckState state) { return state != CheckState::queued && state != CheckState::running; }

}  // namespace greenroom::model
