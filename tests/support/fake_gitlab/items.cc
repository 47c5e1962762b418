// Merge requests and issues: docs.gitlab.com, "Merge requests API", "Issues API", "Resource label events API".

#include <algorithm>

#include "lib/base/text.h"
#include "tests/support/fake_gitlab/call.h"

namespace greenroom::testing::gitlab {
namespace {

Item::Kind kind_of(const Call& call) {
  return call.request.path.find("/issues") == std::string::npos ? Item::Kind::merge_request : Item::Kind::issue;
}

Reply list(Call& call) {
  const auto state = call.request.query_value("state");
  const auto after = call.request.query_value("updated_after");
  const auto from = after.empty() ? TimePoint() : parse_time(after).value();
  std::vector<const Item*> found;
  for (const auto& [iid, item] : call.project().items(kind_of(call)))
    if ((state.empty() || state == "all" || item.state == state) && item.updated >= from) found.push_back(&item);
  if (call.request.query_value("order_by") == "updated_at")
    std::sort(found.begin(), found.end(), [](const Item* a, const Item* b) { return a->updated < b->updated; });
  if (call.request.query_value("sort") != "asc") std::reverse(found.begin(), found.end());
  Json rows = Json::array();
  for (const auto* item : found) rows.push_back(item_json(call.state, call.project(), *item));
  return paged(call, rows);
}

Reply show(Call& call) { return {200, item_json(call.state, call.project(), find_item(call)), {}}; }

std::vector<std::string> labels_in(const Call& call, const std::string& member) {
  std::vector<std::string> labels;
  const auto given = call.word(member);
  for (const auto part : split(given, ','))
    if (!part.empty()) labels.emplace_back(part);
  return labels;
}

void change_labels(Call& call, Item& item) {
  auto labels = item.labels;
  for (const auto& one : labels_in(call, "remove_labels")) std::erase(labels, one);
  for (const auto& one : labels_in(call, "add_labels"))
    if (std::find(labels.begin(), labels.end(), one) == labels.end()) labels.push_back(one);
  if (labels == item.labels) return;
  set_labels(call.state, call.project(), item, call.user, labels);
  call.wrote("labels");
}

// Who is no member is left out without a word; without a licence the first one counts alone.
void change_people(Call& call, const char* member, std::vector<Id>& people) {
  if (!call.body.contains(member)) return;
  std::vector<Id> wanted;
  for (const auto& one : call.body[member])
    if (call.project().levels.contains(one.get<Id>())) wanted.push_back(one.get<Id>());
  if (!call.state.options.several_assignees && wanted.size() > 1) wanted.resize(1);
  if (wanted == people) return;
  people = wanted;
  call.wrote(member);
}

Reply update(Call& call) {
  auto& item = find_item(call);
  call.needs(Level::reporter);
  change_labels(call, item);
  change_people(call, "assignee_ids", item.assignees);
  change_people(call, "reviewer_ids", item.reviewers);
  return {200, item_json(call.state, call.project(), item), {}};
}

Json event_json(const State& state, const Event& event) {
  Json json{{"id", event.id}, {"user", user_json(state, event.user)}, {"created_at", iso(event.at)}};
  if (event.label.empty()) {
    json["state"] = event.what;
  } else {
    json["action"] = event.what;
    json["label"] = {{"name", event.label}};
  }
  return json;
}

Reply events(Call& call) {
  const auto& item = find_item(call);
  const bool labels = call.request.path.ends_with("label_events");
  Json rows = Json::array();
  for (const auto& one : labels ? item.label_events : item.state_events) rows.push_back(event_json(call.state, one));
  return paged(call, rows);
}

Reply versions(Call& call) {
  const auto& item = find_item(call);
  Json rows = Json::array();
  for (auto one = item.versions.rbegin(); one != item.versions.rend(); ++one)
    rows.push_back({{"id", one->id},
                    {"head_commit_sha", one->head},
                    {"base_commit_sha", one->base},
                    {"start_commit_sha", one->start}});
  return paged(call, rows);
}

Reply version(Call& call) {
  const auto& item = find_item(call);
  for (const auto& one : item.versions)
    if (one.id == call.number(1)) return {200, {{"id", one.id}, {"diffs", diffs_json(call.project(), item, one)}}, {}};
  refuse(404, "404 Not Found");
}

}  // namespace

Item& find_item(const Call& call) {
  auto& items = call.project().items(kind_of(call));
  const auto found = items.find(call.number(0));
  if (found == items.end()) refuse(404, "404 Not found");
  return found->second;
}

Routes item_routes() {
  return {{"GET", "/projects/{}/merge_requests", list},
          {"GET", "/projects/{}/merge_requests/{}", show},
          {"PUT", "/projects/{}/merge_requests/{}", update},
          {"GET", "/projects/{}/merge_requests/{}/versions", versions},
          {"GET", "/projects/{}/merge_requests/{}/versions/{}", version},
          {"GET", "/projects/{}/issues", list},
          {"GET", "/projects/{}/issues/{}", show},
          {"PUT", "/projects/{}/issues/{}", update},
          {"GET", "/projects/{}/issues/{}/resource_label_events", events},
          {"GET", "/projects/{}/issues/{}/resource_state_events", events}};
}

}  // namespace greenroom::testing::gitlab
