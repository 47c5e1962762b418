#include "lib/hosts/gitea/settled.h"

namespace greenroom::hosts::gitea {
namespace {

constexpr std::string_view kSettled = "**Resolved.** This is settled.\n<!-- greenroom: resolved -->\n\n";

}  // namespace

bool is_settled(std::string_view body) { return body.starts_with(kSettled); }

std::string settled(std::string_view body) {
  return is_settled(body) ? std::string(body) : std::string(kSettled) + std::string(body);
}

std::string unsettled(std::string_view body) {
  return std::string(is_settled(body) ? body.substr(kSettled.size()) : body);
}

}  // namespace greenroom::hosts::gitea
