#include "tests/support/fake_gitea/call.h"

#include <algorithm>
#include <charconv>

namespace greenroom::testing::gitea {
namespace {

constexpr std::size_t kUsual = 30, kMost = 50;

std::int64_t number_in(const std::string& digits) {
  std::int64_t value = 0;
  const auto* end = digits.data() + digits.size();
  return std::from_chars(digits.data(), end, value).ptr == end && value > 0 ? value : 0;
}

struct Page {
  std::vector<Json> rows;
  std::size_t number = 1, size = kUsual, total = 0;
};

Page page_of(const Call& call, const std::vector<Json>& all) {
  std::vector<Json> shown;
  for (const auto& one : all)
    if (one.is_null() || !one.contains("id") || one["id"] < call.hide_from()) shown.push_back(one);
  Page page;
  page.total = shown.size();
  if (const auto limit = number_in(call.request.query_value("limit")); limit > 0)
    page.size = std::min(static_cast<std::size_t>(limit), kMost);
  if (const auto number = number_in(call.request.query_value("page")); number > 0)
    page.number = static_cast<std::size_t>(number);
  for (std::size_t n = (page.number - 1) * page.size; n < std::min(shown.size(), page.number * page.size); ++n)
    page.rows.push_back(shown[n]);
  return page;
}

Headers total_header(std::size_t total) { return {{"X-Total-Count", std::to_string(total)}}; }

}  // namespace

void refuse(int status, const std::string& message) { throw Refusal{status, message}; }
Reply ok(Json body, int status) { return {status, std::move(body), {}, false}; }
Reply no_content() { return {204, nullptr, {}, true}; }

std::int64_t Call::number(std::size_t param) const {
  const auto value = number_in(params.at(param));
  if (value == 0) refuse(404, "The target couldn't be found.");
  return value;
}

Issue& Call::issue(std::size_t param) const {
  const auto found = repository().issues.find(number(param));
  if (found == repository().issues.end()) refuse(404, "issue does not exist");
  return found->second;
}

Issue& Call::pull(std::size_t param) const {
  Issue& found = issue(param);
  if (!found.is_pull()) refuse(404, "pull request does not exist");
  return found;
}

Row& Call::row(std::size_t param) const {
  const auto found = state.rows.find(number(param));
  if (found == state.rows.end() || state.repository_of.at(found->first) != repository().id)
    refuse(404, "comment does not exist");
  return found->second;
}

void Call::needs(Role role) const {
  if (role_of(repository(), user) < role) refuse(403, "user should have a permission to write to this repository");
}

void Call::wrote(const std::string& kind) const { state.ledger.push_back({state.users.at(user), kind, request.path}); }

Id Call::hide_from() const {
  return fault && fault->fault.what == Fault::What::hide_recent ? fault->since : std::numeric_limits<Id>::max();
}

std::string text(const Json& body, const std::string& key) {
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return {};
  if (!found->is_string()) refuse(422, "[]: json: cannot unmarshal " + key);
  return found->get<std::string>();
}

std::int64_t integer(const Json& body, const std::string& key) {
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return 0;
  if (!found->is_number_integer()) refuse(422, "[]: json: cannot unmarshal " + key);
  return found->get<std::int64_t>();
}

Reply linked(const Call& call, const std::vector<Json>& all) {
  Page page = page_of(call, all);
  auto headers = total_header(page.total);
  if (page.number * page.size < page.total)
    headers.emplace_back("Link", "<" + call.state.url + call.request.path + "?page=" + std::to_string(page.number + 1) +
                                     ">; rel=\"next\"");
  return {200, Json(page.rows), std::move(headers), false};
}

Reply counted(const Call& call, const std::vector<Json>& all) {
  Page page = page_of(call, all);
  std::erase_if(page.rows, [](const Json& row) { return row.is_null(); });
  return {200, Json(page.rows), total_header(page.total), false};
}

Reply whole(const Call& call, const std::vector<Json>& all) {
  Json shown;  // an empty list is null
  for (const auto& one : all)
    if (!one.contains("id") || one["id"] < call.hide_from()) shown.push_back(one);
  return {200, shown, total_header(shown.size()), false};
}

}  // namespace greenroom::testing::gitea
