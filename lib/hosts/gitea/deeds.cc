#include "lib/hosts/gitea/deeds.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/hosts/gitea/payload.h"
#include "lib/hosts/gitea/threads.h"
#include "lib/hosts/meaning.h"
#include "lib/http/server.h"

namespace greenroom::hosts::gitea {
namespace {

using std::chrono::seconds;

constexpr std::size_t kPage = 50;
constexpr seconds kOverlap{60};  // the host's clock may be set back a little

struct Deed {
  std::int64_t id = 0;
  TimePoint at;
  std::optional<model::Delivery> told;  // nothing: seen, and no word of a person's
};

model::Delivery delivery_of(const char* name, const std::string& id, const json::Value& body) {
  model::Delivery delivery;
  delivery.host = "gitea";
  delivery.host_delivery = "polled:" + id;  // no header can say this: an ingress takes no ':'
  delivery.event_name = name;
  delivery.body = json::dump(body);
  // One that cannot be read has no meaning to compare; the intake says so of it, once.
  const auto event = event_of(delivery.event_name, delivery.body);
  if (event && *event) delivery.semantic_key = meaning_of(**event);
  return delivery;
}

class Reading {
 public:
  Reading(Api& api, const Access& access, const Bot& bot, const Cursor& from)
      : api_(api), access_(access), bot_(bot), from_(from) {}

  Result<void> read() {
    const auto since = http::percent_encode(to_rfc3339(std::chrono::floor<seconds>(from_.since)));
    GREENROOM_TRY(issues, api_.all(access_.path + "/issues?state=all&since=" + since));
    for (const auto& issue : issues) {
      read_opening(issue);
      const auto path = access_.path + "/issues/" + std::to_string(json::integer(issue, "number"));
      GREENROOM_TRY(rows, api_.whole(path + "/timeline?since=" + since));
      for (const auto& row : rows) read_row(issue, row);
      if (!json::member(issue, "pull_request").is_null()) GREENROOM_CHECK(read_inline(issue));
    }
    std::ranges::sort(rows_, {}, &Deed::id);
    std::ranges::sort(openings_, {}, &Deed::id);
    return {};
  }

  // In order of their times; each of the two lists in order of its ids, so that the cursor leaves nothing behind.
  Host::Deeds page() const {
    Host::Deeds deeds;
    Cursor to = from_;
    std::size_t row = 0, opening = 0;
    while (row < rows_.size() || opening < openings_.size()) {
      const bool opens = opening < openings_.size() && (row == rows_.size() || openings_[opening].at <= rows_[row].at);
      const Deed& next = opens ? openings_[opening] : rows_[row];
      if (next.told && deeds.told.size() == kPage) {
        deeds.more = true;
        break;
      }
      (opens ? to.issue : to.row) = next.id;
      ++(opens ? opening : row);
      if (next.told) deeds.told.push_back(*next.told);
      if (!deeds.more) to.since = std::max(to.since, next.at - kOverlap);
    }
    if (deeds.more) to.since = from_.since;  // what is left may be of any time
    deeds.cursor = to.text();
    return deeds;
  }

 private:
  json::Value body_of(const char* action, const json::Value& issue, const json::Value& sender) const {
    const auto& facts = access_.facts;
    return {
        {"action", action},
        {"issue", issue},
        {"is_pull", !json::member(issue, "pull_request").is_null()},
        {"sender", sender},
        {"repository",
         {{"id", facts.host_repository_id}, {"full_name", facts.full_name}, {"default_branch", facts.default_branch}}}};
  }

  // A time that the host says, or nothing: then the row is not read.
  static std::optional<TimePoint> time_in(const json::Value& row, std::string_view member) {
    const auto time = parse_time(json::text(row, member));
    return time ? std::optional(*time) : std::nullopt;
  }

  void read_opening(const json::Value& issue) {
    const auto at = time_in(issue, "created_at");
    const auto id = json::integer(issue, "id");
    if (!at || *at < from_.since || id <= from_.issue) return;
    Deed deed{id, *at, std::nullopt};
    const auto& author = json::member(issue, "user");
    const bool change = !json::member(issue, "pull_request").is_null();  // whose heads are compared elsewhere
    if (!change && json::integer(author, "id") != bot_.account_id)
      deed.told = delivery_of("issues", "issue-" + std::to_string(id), body_of("opened", issue, author));
    openings_.push_back(std::move(deed));
  }

  void read_row(const json::Value& issue, const json::Value& row) {
    const auto at = time_in(row, "created_at");
    const auto id = json::integer(row, "id");
    if (!at || *at < from_.since || id <= from_.row) return;
    Deed deed{id, *at, std::nullopt};
    if (json::integer(json::member(row, "user"), "id") != bot_.account_id) deed.told = told_of(issue, row, *at);
    rows_.push_back(std::move(deed));
  }

  std::optional<model::Delivery> told_of(const json::Value& issue, const json::Value& row, TimePoint at) const {
    const auto type = json::text(row, "type"), id = "row-" + std::to_string(json::integer(row, "id"));
    const auto& author = json::member(row, "user");
    if (type == "comment" || (type == "review" && !json::text(row, "body").empty())) {
      auto body = body_of("created", issue, author);
      body["comment"] = row;
      return delivery_of("issue_comment", id, body);
    }
    if (!json::member(issue, "pull_request").is_null()) return std::nullopt;
    if (type == "label") {
      auto body = body_of(json::text(row, "body") == "1" ? "labeled" : "unlabeled", issue, author);
      body["label"] = json::member(row, "label");
      body["at"] = json::text(row, "created_at");
      return delivery_of("issues", id, body);
    }
    if (type != "close" && type != "reopen") return std::nullopt;
    auto body = body_of(type == "close" ? "closed" : "reopened", issue, author);
    body["at"] = to_rfc3339(type == "close" ? closed_at(issue, at) : at);
    return delivery_of("issues", id, body);
  }

  // The host notes the two times one after the other; its webhook has the issue's.
  static TimePoint closed_at(const json::Value& issue, TimePoint row) {
    const auto said = time_in(issue, "closed_at");
    return said && *said <= row && row - *said <= seconds(2) ? *said : row;
  }

  Result<void> read_inline(const json::Value& issue) {
    GREENROOM_TRY(threads, threads_of(api_, access_, json::integer(issue, "number")));
    for (const auto& comment : threads.comments()) {
      GREENROOM_TRY(row, json::parse(comment.row));
      const auto at = time_in(row, "created_at");
      if (!at || *at < from_.since || comment.id <= from_.row) continue;
      Deed deed{comment.id, *at, std::nullopt};
      if (comment.author != bot_.account_id) {
        auto body = body_of("created", issue, json::member(row, "user"));
        body["comment"] = row;
        body["comment"]["thread"] = threads.first_of(comment).id;
        deed.told = delivery_of("issue_comment", "row-" + std::to_string(comment.id), body);
      }
      rows_.push_back(std::move(deed));
    }
    return {};
  }

  Api& api_;
  const Access& access_;
  const Bot& bot_;
  const Cursor& from_;
  std::vector<Deed> rows_, openings_;
};

}  // namespace

std::optional<Cursor> Cursor::read(std::string_view text) {
  const auto parts = split(text, '.');
  std::array<std::int64_t, 3> numbers{};
  if (parts.size() != numbers.size()) return std::nullopt;
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    const auto* end = parts[n].data() + parts[n].size();
    const auto [stop, error] = std::from_chars(parts[n].data(), end, numbers[n]);
    if (parts[n].empty() || stop != end || error != std::errc() || numbers[n] < 0) return std::nullopt;
  }
  constexpr std::int64_t kLatest = 1'000'000'000'000;  // seconds that a TimePoint holds
  if (numbers[0] > kLatest) return std::nullopt;
  return Cursor{TimePoint(seconds(numbers[0])), numbers[1], numbers[2]};
}

std::string Cursor::text() const {
  return std::to_string(std::chrono::floor<seconds>(since.time_since_epoch()).count()) + "." + std::to_string(row) +
         "." + std::to_string(issue);
}

Result<Host::Deeds> read_deeds(Api& api, const Access& access, const Bot& bot, const Cursor& from) {
  Reading reading(api, access, bot, from);
  GREENROOM_CHECK(reading.read());
  return reading.page();
}

}  // namespace greenroom::hosts::gitea
