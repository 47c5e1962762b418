#include "lib/hosts/meaning.h"

#include "lib/base/clock.h"

namespace greenroom::hosts {
namespace {

std::string target_of(const model::Event& event) {
  if (event.issue) return "issue/" + std::to_string(event.issue->number);
  const std::string number = "change/" + std::to_string(event.change->number);
  // Words are about the change, whatever its head was: not every host says that with them.
  const bool about_head = model::is_about_change(event.kind) || event.kind == model::EventKind::rerun_requested;
  return about_head ? number + "/" + event.change->head_sha : number;
}

}  // namespace

std::string meaning_of(const model::Event& event) {
  std::string key(model::name_of(event.kind));
  key += "/" + std::to_string(event.repository.host_repository_id) + "/" + target_of(event);
  if (event.comment) key += "/comment/" + std::to_string(event.comment->host_comment_id);
  if (!event.label.empty()) key += "/label/" + event.label;
  return key + "/" + to_rfc3339(event.at);
}

}  // namespace greenroom::hosts
