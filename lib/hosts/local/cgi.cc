// What a CGI program answers (RFC 3875, section 6).

#include <charconv>

#include "lib/base/text.h"
#include "lib/hosts/local/smart_http.h"

namespace greenroom::hosts::local {
namespace {

struct Head {
  std::string_view lines;
  std::string_view body;
};

bool split_head(std::string_view output, Head& head) {
  for (const std::string_view gap : {std::string_view("\r\n\r\n"), std::string_view("\n\n")}) {
    const auto end = output.find(gap);
    if (end == std::string_view::npos) continue;
    head = {output.substr(0, end), output.substr(end + gap.size())};
    return true;
  }
  return false;
}

bool take_status(std::string_view value, int& status) {
  const auto read = std::from_chars(value.data(), value.data() + std::min<std::size_t>(3, value.size()), status);
  return read.ec == std::errc() && status >= 200 && status <= 599;
}

}  // namespace

Result<http::Response> parse_cgi(std::string_view output) {
  Head head;
  if (!split_head(output, head)) return transient("git http-backend gave no header");
  http::Response response;
  for (const auto whole : split_lines(head.lines)) {
    const auto line = trim(whole);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return transient("git http-backend gave a header line without a name");
    const auto name = to_lower_ascii(trim(line.substr(0, colon)));
    const auto value = trim(line.substr(colon + 1));
    if (name == "status") {
      if (!take_status(value, response.status)) return transient("git http-backend gave no status");
    } else if (name != "content-length") {
      response.headers.emplace_back(name, value);
    }
  }
  response.body = head.body;
  return response;
}

}  // namespace greenroom::hosts::local
