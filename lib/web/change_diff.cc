#include "lib/web/change_diff.h"

#include <map>
#include <optional>

#include "lib/git/repository.h"
#include "lib/hosts/local/practice.h"
#include "lib/pg/query.h"

namespace greenroom::web {
namespace {

constexpr std::size_t kDiffBytes = 4u << 20;

using Opened = Result<git::Repository>;

Result<std::string> from_job(pg::Connection& db, model::JobId job, const std::string& head) {
  if (!job) return std::string();
  GREENROOM_TRY(rows, db.run(pg::query("web/job_diff"), {job}));
  if (rows.empty() || rows[0].text("head_sha") != head) return std::string();
  return rows[0].bytes("diff");
}

Result<std::string> from_git(const Opened& git, const hosts::local::Item& item) {
  if (!git) return tl::unexpected<Error>(git.error());
  GREENROOM_TRY(base, git->merge_base(item.base_sha, item.head_sha));
  return git->diff(base, item.head_sha, kDiffBytes);
}

// Follows lines from older heads; one comparison for each head.
class Follower {
 public:
  Follower(const Opened& git, std::string head) : git_(git), head_(std::move(head)) {}

  PlacedThread place(const hosts::local::Thread& thread) {
    if (thread.head_sha == head_) return {&thread, thread.path, thread.line};
    const diff::Diff* moved = since(thread.head_sha);
    if (moved == nullptr) return {&thread, "", 0};
    for (const auto& file : moved->files) {
      if (file.old_path != thread.path) continue;
      if (file.new_path.empty()) return {&thread, "", 0};
      const auto line = thread.line == 0 ? std::optional(0) : diff::head_line(file, thread.line);
      return line ? PlacedThread{&thread, file.new_path, *line} : PlacedThread{&thread, "", 0};
    }
    return {&thread, thread.path, thread.line};  // the file is as it was
  }

 private:
  const diff::Diff* since(const std::string& sha) {
    const auto [entry, fresh] = known_.try_emplace(sha);
    if (fresh && git_ && git::is_sha(sha)) {
      const auto text = git_->diff(sha, head_, kDiffBytes);
      const auto parsed = text ? diff::parse(*text) : Result<diff::Diff>(tl::unexpected<Error>(text.error()));
      if (parsed) entry->second = *parsed;
    }
    return entry->second ? &*entry->second : nullptr;
  }

  const Opened& git_;
  const std::string head_;
  std::map<std::string, std::optional<diff::Diff>> known_;
};

}  // namespace

Result<ChangeDiff> change_diff(const PageRequest& request, std::int64_t repository, const hosts::local::Item& item,
                               model::JobId job, const std::vector<hosts::local::Thread>& threads) {
  const Opened git = git::Repository::open(hosts::local::repository_directory(request.settings.git_root, repository));
  GREENROOM_TRY(reported, from_job(request.db, job, item.head_sha));
  const auto text = reported.empty() ? from_git(git, item) : Result<std::string>(reported);
  ChangeDiff result;
  if (!text) {
    result.missing = text.error().kind == ErrorKind::user_fault
                         ? text.error().message
                         : "The commits of this change cannot be read at the moment.";
  } else if (auto parsed = diff::parse(*text)) {
    result.diff = std::move(*parsed);
    if (result.diff.files.empty()) result.missing = "This change alters no file.";
  } else {
    result.missing = "The diff is too large to show here.";  // cut in the middle of a hunk
  }
  Follower follower(git, item.head_sha);
  for (const auto& thread : threads) result.threads.push_back(follower.place(thread));
  return result;
}

}  // namespace greenroom::web
