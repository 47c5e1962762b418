#include <charconv>
#include <nlohmann/json.hpp>

#include "lib/hosts/gitea/settled.h"
#include "lib/hosts/gitea/threads.h"
#include "lib/hosts/gitea/write.h"

namespace greenroom::hosts::gitea {
namespace {

enum class Wanted { resolved, open };

// One of a review's comments. `old_position` above 0 would win over the other, so only one of them is sent.
json::Value comment_at(const std::string& path, std::int64_t line, std::int64_t extra, const std::string& body) {
  json::Value comment{{"path", path}, {"body", body}};
  comment[line < 0 ? "old_position" : "new_position"] = line < 0 ? -line : line;
  if (extra > 0) comment["extra_lines_count"] = extra;
  return comment;
}

// By the version, since others take the member and forget it: Forgejo's is "16.0.1+gitea-1.22.0".
Result<bool> has_ranges(const Writing& writing) {
  constexpr int kSince = 16;
  auto& support = writing.features.ranges;
  if (support == Support::unknown) {
    GREENROOM_TRY(answer, writing.api.get("/version"));
    const auto version = json::text(answer, "version");
    int major = 0;
    std::from_chars(version.data(), version.data() + version.size(), major);
    const bool forgejo = version.find("+gitea-") != std::string::npos;
    support = forgejo && major >= kSince ? Support::yes : Support::no;
  }
  return support == Support::yes;
}

Result<std::string> set_by_edit(const Writing& writing, const Inline& comment, Wanted wanted) {
  const auto words = wanted == Wanted::resolved ? settled(comment.body) : unsettled(comment.body);
  if (words == comment.body) return rejected("Gitea: this host lets nobody but a person reopen the conversation");
  GREENROOM_CHECK(writing.send("PATCH", writing.comment(), {{"body", words}}));
  return std::string();
}

Result<std::string> set_thread(const Writing& writing, Wanted wanted) {
  GREENROOM_TRY(threads, threads_of(writing.api, writing.access, writing.effect.target.number));
  const auto* comment = threads.find(std::stoll(writing.effect.host_ref));
  if (comment == nullptr) return not_found("Gitea: there is no such thread");
  if (comment->author != writing.bot.account_id) return not_found("Gitea: the thread is not the bot's own");
  const bool marked = is_settled(comment->body), resolved = threads.resolver_of(*comment) != 0;
  if ((marked || resolved) == (wanted == Wanted::resolved)) return std::string();
  if (wanted == Wanted::open && marked && !resolved) return set_by_edit(writing, *comment, wanted);
  auto& support = writing.features.resolving;
  if (support == Support::no) return set_by_edit(writing, *comment, wanted);
  const auto path = writing.at("/pulls/comments/") + writing.effect.host_ref;
  const auto done = writing.send("POST", path + (wanted == Wanted::resolved ? "/resolve" : "/unresolve"), {});
  if (!done && done.error().kind == ErrorKind::not_found && support == Support::unknown) {
    support = Support::no;
    return set_by_edit(writing, *comment, wanted);
  }
  if (!done) return tl::unexpected(done.error());
  support = Support::yes;
  return std::string();
}

}  // namespace

// Neither host has comments on a whole file: those stand on its first line. Gitea has none on a range, and lets it
// stand on its last line; on Forgejo it begins on the first one.
Result<std::string> create_thread(const Writing& writing) {
  const auto& effect = writing.effect;
  const int last = effect.line == 0 ? 1 : effect.line;
  if (effect.start_line > 0) {
    GREENROOM_TRY(ranges, has_ranges(writing));
    const int first = effect.start_line;
    if (ranges) {
      auto made = publish(writing, comment_at(effect.path, first, last - first, effect.body));
      // An operator says how long a range may be: the words matter more than its length.
      if (made || made.error().kind != ErrorKind::rejected) return made;
    }
  }
  return publish(writing, comment_at(effect.path, last, 0, effect.body));
}

Result<std::string> reply_thread(const Writing& writing) {
  GREENROOM_TRY(threads, threads_of(writing.api, writing.access, writing.effect.target.number));
  const auto* first = threads.find(std::stoll(writing.effect.host_ref));
  if (first == nullptr) return not_found("Gitea: there is no such thread");
  const auto wanted = comment_at(first->path, first->line, first->extra, writing.effect.body);
  auto& support = writing.features.answering;
  if (support != Support::no) {
    const auto path = writing.pull() + "/reviews/" + std::to_string(first->review) + "/comments";
    const auto made = writing.send("POST", path, wanted);
    if (made) {
      support = Support::yes;
      return std::to_string(json::integer(*made, "id"));
    }
    if (made.error().kind != ErrorKind::not_found || support == Support::yes) return tl::unexpected(made.error());
    support = Support::no;
  }
  return publish(writing, wanted);
}

Result<std::string> resolve_thread(const Writing& writing) { return set_thread(writing, Wanted::resolved); }
Result<std::string> unresolve_thread(const Writing& writing) { return set_thread(writing, Wanted::open); }

}  // namespace greenroom::hosts::gitea
