#include <algorithm>
#include <charconv>

#include "lib/base/text.h"
#include "lib/egress/egress.h"

namespace greenroom::egress {
namespace {

constexpr std::size_t kMaxHost = 253;  // RFC 1035

bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= kMaxHost && host.front() != '-' &&
         std::all_of(host.begin(), host.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
         });
}

bool is_address6(std::string_view host) {
  return host.size() >= 2 && host.size() <= 45 && host.find(':') != std::string_view::npos &&
         host.find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
}

tl::unexpected<Error> no_destination(std::string_view text) {
  return user_fault("'" + shorten(escape_bytes(text), 80) +
                    "' is no host; write 'index.example.org' or "
                    "'index.example.org:443'");
}

}  // namespace

std::string to_string(const Destination& destination) {
  const bool six = destination.host.find(':') != std::string::npos;
  return (six ? "[" + destination.host + "]" : destination.host) + ":" + std::to_string(destination.port);
}

Result<Destination> parse_destination(std::string_view text, std::uint16_t port_otherwise) {
  Destination to{"", port_otherwise};
  std::string_view port;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return no_destination(text);
    to.host = to_lower_ascii(text.substr(1, end - 1));
    port = text.substr(end + 1);
    if (!is_address6(to.host) || (!port.empty() && port[0] != ':')) return no_destination(text);
  } else {
    const auto colon = text.find(':');
    to.host = to_lower_ascii(text.substr(0, colon));
    if (colon != std::string_view::npos) port = text.substr(colon);
    if (!is_host(to.host)) return no_destination(text);
  }
  if (!port.empty()) {
    port.remove_prefix(1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), to.port);
    if (error != std::errc() || end != port.data() + port.size()) return no_destination(text);
  }
  if (to.port == 0) return no_destination(text);
  return to;
}

Result<Destination> destination_of_url(std::string_view url) {
  const bool secure = url.starts_with("https://");
  if (!secure && !url.starts_with("http://"))
    return user_fault("'" + shorten(escape_bytes(url), 80) + "' is no index; write 'https://index.example.org/simple'");
  url.remove_prefix(secure ? 8 : 7);
  const std::string_view authority = url.substr(0, url.find_first_of("/?#"));
  if (authority.find('@') != std::string_view::npos)
    return user_fault(
        "the address of a package index holds a user or password, which no job may see; use one "
        "without, or a mirror of it");
  return parse_destination(authority, secure ? 443 : 80);
}

Result<Allowed> allowed_of_url(std::string_view url) {
  GREENROOM_TRY(to, destination_of_url(url));
  return Allowed{std::move(to), url.starts_with("http://")};
}

}  // namespace greenroom::egress
