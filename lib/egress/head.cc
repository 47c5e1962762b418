#include "lib/egress/head.h"

#include <algorithm>
#include <array>

#include "lib/base/text.h"

namespace greenroom::egress {
namespace {

// Of the connection to the proxy (RFC 9110, 7.6.1), and what would sign in: not passed on.
constexpr std::array<std::string_view, 11> kHeldBack{"connection",        "keep-alive", "proxy-authorization",
                                                     "proxy-connection",  "te",         "trailer",
                                                     "transfer-encoding", "upgrade",    "host",
                                                     "authorization",     "cookie"};

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '!' || c == '~';
  });
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c != 0x7f; });
}

// Lines without their CR LF, up to the empty one. A bare CR or LF is how two readers come to see different heads.
Result<std::vector<std::string_view>> lines_of(std::string_view head) {
  if (head.size() > kMaxHead) return user_fault("the request's head is too long");
  if (!head.ends_with("\r\n\r\n")) return user_fault("the request's head does not end");
  std::vector<std::string_view> lines;
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 2);
    if (!std::all_of(line.begin(), line.end(), [](char c) { return c == '\t' || (c >= 0x20 && c != 0x7f); }))
      return user_fault("the request's head holds a control character or a letter that is not ASCII");
    if (line.empty() && !head.empty()) return user_fault("the request's head has an empty line in it");
    if (!line.empty()) lines.push_back(line);
  }
  if (lines.empty()) return user_fault("the request is empty");
  return lines;
}

Result<std::string> passed_on(const std::vector<std::string_view>& lines) {
  std::string headers;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto colon = lines[i].find(':');
    if (colon == std::string_view::npos || !is_token(lines[i].substr(0, colon)))
      return user_fault("the request has a line that is no header");
    const std::string name = to_lower_ascii(lines[i].substr(0, colon));
    if (name == "content-length" && trim(lines[i].substr(colon + 1)) != "0")
      return user_fault("a request with a body is not carried");
    if (name == "transfer-encoding") return user_fault("a request with a body is not carried");
    if (std::find(kHeldBack.begin(), kHeldBack.end(), name) != kHeldBack.end()) continue;
    headers.append(lines[i]).append("\r\n");
  }
  return headers;
}

Result<ProxyRequest> fetch(std::string_view method, std::string_view target,
                           const std::vector<std::string_view>& lines) {
  if (method != "GET" && method != "HEAD")
    return rejected("only GET, HEAD and CONNECT are carried to the package index");
  if (!target.starts_with("http://")) return user_fault("a request to a proxy begins with http://, or is CONNECT");
  ProxyRequest request;
  request.kind = ProxyRequest::Kind::fetch;
  GREENROOM_TRY(to, destination_of_url(target));
  request.to = std::move(to);
  const auto path = target.find_first_of("/?#", 7);
  std::string asked(path == std::string_view::npos ? "/" : target.substr(path));
  if (asked[0] != '/') asked.insert(0, "/");
  GREENROOM_TRY(headers, passed_on(lines));
  request.head = std::string(method) + " " + asked + " HTTP/1.1\r\nHost: " + to_string(request.to) + "\r\n" + headers +
                 "Connection: close\r\n\r\n";
  return request;
}

}  // namespace

Result<ProxyRequest> read_head(std::string_view head) {
  GREENROOM_TRY(lines, lines_of(head));
  const auto words = split(lines[0], ' ');
  if (words.size() != 3 || !is_token(words[0]) || words[1].empty() || !is_printable(words[1]))
    return user_fault("the request's first line is not 'METHOD target HTTP/1.1'");
  if (words[2] != "HTTP/1.1" && words[2] != "HTTP/1.0") return user_fault("this proxy speaks HTTP/1.1");
  if (words[0] != "CONNECT") return fetch(words[0], words[1], lines);
  ProxyRequest request;
  GREENROOM_TRY(to, parse_destination(words[1], 0));
  request.to = std::move(to);
  return request;
}

}  // namespace greenroom::egress
