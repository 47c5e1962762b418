// What the forms do. Each deed is the practice host's; the event it put into the outbox goes out at once where it can.

#include <optional>

#include "lib/base/log.h"
#include "lib/hosts/local/practice.h"
#include "lib/hosts/local/reading.h"
#include "lib/web/page.h"

namespace greenroom::web {
namespace {

// The deed is done and kept; the outbox loop sends what does not go out now.
void send_now(const PageRequest& request) {
  const auto sent =
      hosts::local::send_waiting(request.db, request.settings.webhook_url, request.settings.webhook_secret);
  if (!sent) log::warn("an event waits in the practice host's outbox", {{"error", sent.error()}});
}

struct Where {
  model::RepositoryFacts repository;
  hosts::local::Item item;
  std::string path;
};

Result<Where> where_of(const PageRequest& request) {
  GREENROOM_TRY(repository, repository_of(request));
  GREENROOM_TRY(number, number_in(request.words.at(2)));
  GREENROOM_TRY(item, hosts::local::find_item(request.db, repository.host_repository_id, number));
  if (!item) return not_found("there is no such change or issue");
  const std::string path =
      item->is_change ? change_path(repository.full_name, number) : issue_path(repository.full_name, number);
  return Where{repository, std::move(*item), path};
}

}  // namespace

Result<std::string> post_comment(const PageRequest& request) {
  GREENROOM_TRY(where, where_of(request));
  std::optional<std::int64_t> thread;
  if (const std::string text = field(request.request, "thread"); !text.empty()) {
    GREENROOM_TRY(number, number_in(text));
    thread = number;
  }
  GREENROOM_TRY(event,
                hosts::local::write_comment(request.db, where.repository.host_repository_id, where.item.number,
                                            request.viewer.host_account_id, field(request.request, "body"), thread));
  send_now(request);
  return where.path +
         (thread ? "#thread-" + std::to_string(*thread) : "#comment-" + std::to_string(event.comment->host_comment_id));
}

Result<std::string> post_thread_state(const PageRequest& request) {
  GREENROOM_TRY(where, where_of(request));
  GREENROOM_TRY(thread, number_in(request.words.at(3)));
  GREENROOM_TRY(
      event, hosts::local::resolve_thread(request.db, where.repository.host_repository_id, where.item.number, thread,
                                          request.viewer.host_account_id, field(request.request, "resolved") == "1"));
  send_now(request);
  return where.path + "#thread-" + std::to_string(thread);
}

Result<std::string> post_issue(const PageRequest& request) {
  GREENROOM_TRY(repository, repository_of(request));
  GREENROOM_TRY(event,
                hosts::local::open_issue(request.db, repository.host_repository_id, request.viewer.host_account_id,
                                         field(request.request, "title"), field(request.request, "description")));
  send_now(request);
  return issue_path(repository.full_name, event.issue->number);
}

Result<std::string> post_label(const PageRequest& request) {
  GREENROOM_TRY(where, where_of(request));
  GREENROOM_TRY(event, hosts::local::set_label(request.db, where.repository.host_repository_id, where.item.number,
                                               request.viewer.host_account_id, field(request.request, "label"),
                                               field(request.request, "remove") != "1"));
  send_now(request);
  return where.path;
}

Result<std::string> post_close(const PageRequest& request) {
  GREENROOM_TRY(where, where_of(request));
  GREENROOM_TRY(event, hosts::local::close_issue(request.db, where.repository.host_repository_id, where.item.number,
                                                 request.viewer.host_account_id));
  send_now(request);
  return where.path;
}

}  // namespace greenroom::web
