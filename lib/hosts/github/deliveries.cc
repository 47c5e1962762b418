#include "lib/hosts/github/deliveries.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "lib/hosts/github/payload.h"
#include "lib/hosts/meaning.h"

namespace greenroom::hosts::github {
namespace {

constexpr std::size_t kPage = 50;  // deliveries of one repository at a time: each is a request
constexpr int kMostPages = 100;    // of the list

// The heads of changes are compared elsewhere (open_heads); what the rest of a pull request's actions say, nowhere.
bool is_wanted(std::string_view event, std::string_view action) {
  if (event == "pull_request") return action == "converted_to_draft" || action == "ready_for_review";
  constexpr std::array<std::string_view, 5> kWanted{"issues", "issue_comment", "pull_request_review",
                                                    "pull_request_review_comment", "pull_request_review_thread"};
  return std::find(kWanted.begin(), kWanted.end(), event) != kWanted.end();
}

}  // namespace

bool Deliveries::reaches(std::int64_t after) const {
  return whole_ || (!listed_.empty() && listed_.back().id <= after);
}

Result<void> Deliveries::read(std::int64_t after) {
  listed_.clear();
  served_.clear();
  whole_ = false;
  GREENROOM_TRY(jwt, session_.app_token());
  const std::string list = "/app/hook/deliveries";
  std::string wanted = list + "?per_page=100";
  for (int number = 0; number < kMostPages && !reaches(after); ++number) {
    std::string next;
    GREENROOM_TRY(page, api_.page(wanted, jwt, next));
    if (!page.is_array()) return transient("GitHub's answer is not a list");
    for (const auto& row : page) {
      const auto code = json::integer(row, "status_code");
      listed_.push_back({json::integer(row, "id"), json::integer(row, "repository_id"), json::text(row, "guid"),
                         json::text(row, "event"), json::text(row, "action"), code >= 200 && code < 300});
    }
    whole_ = next.empty();
    wanted = list + "?" + next;
  }
  whole_ = whole_ || !reaches(after);  // as far back as we look
  return {};
}

Result<std::optional<model::Delivery>> Deliveries::fetch(const Listed& one) {
  GREENROOM_TRY(jwt, session_.app_token());
  GREENROOM_TRY(whole, api_.call({"GET", "/app/hook/deliveries/" + std::to_string(one.id)}, jwt));
  model::Delivery delivery;
  delivery.host = "github";
  delivery.host_delivery = one.guid;
  delivery.event_name = one.event;
  delivery.body = json::dump(json::member(json::member(whole, "request"), "payload"));
  // One that cannot be read has no meaning to compare; the intake says so of it, once.
  const auto event = event_of(delivery.event_name, delivery.body);
  if (event && !*event) return std::optional<model::Delivery>();
  if (event) delivery.semantic_key = meaning_of(**event);
  return std::optional(std::move(delivery));
}

Result<Host::Deeds> Deliveries::missed(std::int64_t host_repository_id, std::int64_t after) {
  if (!reaches(after) || !served_.insert(host_repository_id).second) {
    GREENROOM_CHECK(read(after));
    served_.insert(host_repository_id);
  }
  std::set<std::string_view> taken;
  for (const auto& one : listed_)
    if (one.taken) taken.insert(one.guid);
  Host::Deeds deeds{{}, std::to_string(after), false};
  for (auto one = listed_.rbegin(); one != listed_.rend(); ++one) {
    if (one->id <= after) continue;
    const bool wanted = one->repository == host_repository_id && is_wanted(one->event, one->action);
    if (wanted && !one->taken && taken.insert(one->guid).second) {
      if (deeds.told.size() == kPage) {
        deeds.more = true;
        served_.erase(host_repository_id);  // the rest is asked for at once
        return deeds;
      }
      GREENROOM_TRY(delivery, fetch(*one));
      if (delivery) deeds.told.push_back(std::move(*delivery));
    }
    deeds.cursor = std::to_string(one->id);
  }
  return deeds;
}

}  // namespace greenroom::hosts::github
