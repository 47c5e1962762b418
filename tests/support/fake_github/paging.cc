// Lists in pages: docs.github.com, "Using pagination in the REST API".

#include <algorithm>
#include <charconv>

#include "lib/base/text.h"
#include "tests/support/fake_github/call.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::size_t kUsual = 30, kMost = 100;

// What is no number, or less than 1, is as if it were not there.
std::size_t asked(const Call& call, std::string_view name, std::size_t otherwise) {
  const std::string given = call.request.query_value(name);
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
  return error == std::errc() && end == given.data() + given.size() && value > 0 ? value : otherwise;
}

// Links name a repository by its id, however it was asked for.
std::string path_of(const Call& call) {
  std::string path = call.request.target.substr(0, call.request.target.find('?'));
  if (call.there == nullptr || !path.starts_with("/repos/")) return path;
  const auto rest = path.find('/', path.find('/', std::string_view("/repos/").size()) + 1);
  return "/repositories/" + std::to_string(call.there->id) + (rest == std::string::npos ? "" : path.substr(rest));
}

std::string link_to(const Call& call, std::size_t page, const char* relation) {
  std::string query;
  for (const auto pair : split(call.request.query, '&'))
    if (!pair.empty() && !pair.starts_with("page=")) query += std::string(pair) + "&";
  return "<" + call.state.url + path_of(call) + "?" + query + "page=" + std::to_string(page) + ">; rel=\"" + relation +
         "\"";
}

struct Page {
  Json items = Json::array();
  std::size_t total = 0;
  Headers headers;
};

Page page_of(const Call& call, std::vector<Json> all) {
  std::erase_if(all, [&](const Json& one) {
    return one.is_object() && one.contains("id") && one["id"].is_number_integer() && one["id"] >= call.hide_from;
  });
  const std::size_t size = std::min(asked(call, "per_page", kUsual), kMost), number = asked(call, "page", 1);
  const std::size_t last = std::max<std::size_t>(1, (all.size() + size - 1) / size);
  Page page;
  page.total = all.size();
  if (number <= last)
    for (std::size_t n = (number - 1) * size; n < std::min(all.size(), number * size); ++n)
      page.items.push_back(all[n]);
  std::vector<std::string> links;
  if (number > 1) links.push_back(link_to(call, std::min(number - 1, last), "prev"));
  if (number < last) {
    links.push_back(link_to(call, number + 1, "next"));
    links.push_back(link_to(call, last, "last"));
  }
  if (number > 1) links.push_back(link_to(call, 1, "first"));
  if (!links.empty()) page.headers.emplace_back("Link", join(links, ", "));
  return page;
}

}  // namespace

Reply paged(const Call& call, const std::vector<Json>& all) {
  Page page = page_of(call, all);
  return {200, std::move(page.items), std::move(page.headers), false};
}

Reply paged(const Call& call, const std::vector<Json>& all, const std::string& member) {
  Page page = page_of(call, all);
  return {200, {{"total_count", page.total}, {member, std::move(page.items)}}, std::move(page.headers), false};
}

}  // namespace greenroom::testing::fake
