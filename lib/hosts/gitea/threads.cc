#include "lib/hosts/gitea/threads.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace greenroom::hosts::gitea {

Threads::Threads(std::vector<Inline> comments) : comments_(std::move(comments)) {
  std::ranges::sort(comments_, {}, &Inline::id);
  for (std::size_t n = 0; n < comments_.size(); ++n) first_.try_emplace(comments_[n].place(), n);
}

const Inline* Threads::find(std::int64_t id) const {
  const auto found = std::ranges::lower_bound(comments_, id, {}, &Inline::id);
  return found == comments_.end() || found->id != id ? nullptr : &*found;
}

const Inline& Threads::first_of(const Inline& comment) const { return comments_[first_.at(comment.place())]; }

std::int64_t Threads::resolver_of(const Inline& comment) const {
  return comment.resolver != 0 ? comment.resolver : first_of(comment).resolver;
}

bool Threads::holds_others(const Inline& comment, std::int64_t account) const {
  return std::ranges::any_of(comments_, [&](const auto& other) {
    return other.author != account && other.id > comment.id && other.place() == comment.place();
  });
}

Result<std::vector<Inline>> comments_of(Api& api, const std::string& review_path, std::int64_t review) {
  GREENROOM_TRY(rows, api.whole(review_path + "/comments"));
  std::vector<Inline> comments;
  for (const auto& row : rows) {
    Inline one;
    one.id = json::integer(row, "id");
    one.review = review;
    one.author = json::integer(json::member(row, "user"), "id");
    one.resolver = json::integer(json::member(row, "resolver"), "id");
    one.path = json::text(row, "path");
    one.body = json::text(row, "body");
    const auto old_line = json::integer(row, "original_position");
    one.line = old_line > 0 ? -old_line : json::integer(row, "position");
    one.extra = json::integer(row, "extra_lines_count");
    one.row = json::dump(row);
    comments.push_back(std::move(one));
  }
  return comments;
}

Result<Threads> threads_of(Api& api, const Access& access, std::int64_t number) {
  const auto list = access.path + "/pulls/" + std::to_string(number) + "/reviews";
  GREENROOM_TRY(reviews, api.all(list));
  std::vector<Inline> all;
  for (const auto& review : reviews) {
    if (json::text(review, "state") == "PENDING" || json::integer(review, "comments_count", 1) == 0) continue;
    const auto id = json::integer(review, "id");
    auto comments = comments_of(api, list + "/" + std::to_string(id), id);
    if (!comments && comments.error().kind == ErrorKind::not_found) continue;  // it was deleted in between
    if (!comments) return tl::unexpected(comments.error());
    std::ranges::move(*comments, std::back_inserter(all));
  }
  return Threads(std::move(all));
}

}  // namespace greenroom::hosts::gitea
