#include "lib/hosts/github/manifest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/github/needs.h"
#include "lib/hosts/reader.h"

namespace greenroom::hosts::github {
namespace {

constexpr std::size_t kKeyLimit = 16 * 1024;

bool is_word(std::string_view text, std::string_view more, std::size_t limit) {
  return !text.empty() && text.size() <= limit && std::ranges::all_of(text, [more](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           more.find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string manifest(const std::string& home, const std::string& hook_url, const std::string& back_url) {
  json::Value permissions = json::Value::object(), events = json::Value::array();
  for (const auto& one : needed_permissions())
    permissions[std::string(one.key)] = one.need == Need::write ? "write" : "read";
  for (const auto& one : needed_events()) events.push_back(one.key);
  return json::dump({{"name", "Greenroom"},
                     {"url", home},
                     {"description", "Checks and teaching reviews for first contributions."},
                     {"hook_attributes", {{"url", hook_url}, {"active", true}}},
                     {"redirect_url", back_url},
                     {"public", false},
                     {"default_permissions", permissions},
                     {"default_events", events}});
}

bool is_manifest_code(std::string_view text) { return is_word(text, "-_", 200); }
bool is_organisation(std::string_view text) { return is_word(text, "-_", 100); }

Result<MadeApp> AppConversion::convert(const std::string& code) {
  if (!is_manifest_code(code)) return rejected("this is no code of GitHub's");
  GREENROOM_TRY(made, api_.call({"POST", "/app-manifests/" + code + "/conversions"}, Secret()));
  Reader reader(made, "");
  MadeApp app{reader.number("id"), reader.text("html_url", 300), Secret(reader.text("pem", kKeyLimit)),
              Secret(reader.text("webhook_secret", kKeyLimit))};
  if (const auto read = reader.result(); !read) return in_doubt("GitHub's answer: " + read.error().message);
  return app;
}

}  // namespace greenroom::hosts::github
