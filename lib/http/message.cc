#include "lib/base/text.h"
#include "lib/http/server.h"
#include "lib/http/target.h"

namespace greenroom::http {

std::string_view Request::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers)
    if (name == lower_case_name) return value;
  return "";
}

std::string Request::query_value(std::string_view name) const { return form_value(query, name); }

std::string Request::cookie(std::string_view name) const {
  for (const std::string_view pair : split(header("cookie"), ';')) {
    const std::string_view trimmed = trim(pair);
    const auto equals = trimmed.find('=');
    if (equals != std::string_view::npos && trimmed.substr(0, equals) == name)
      return std::string(trimmed.substr(equals + 1));
  }
  return "";
}

Response Response::text(int status, std::string line) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(line) + "\n"};
}

}  // namespace greenroom::http
