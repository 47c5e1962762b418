#include "lib/http/head.h"

#include <boost/beast/http/status.hpp>
#include <cstdio>
#include <ctime>

namespace greenroom::http {
namespace {

std::string reason_of(int status) {
  const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  return {reason.data(), reason.size()};
}

std::string date_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

// A header's value must not start another header.
std::string one_line(std::string value) {
  for (char& c : value)
    if (c == '\r' || c == '\n' || c == '\0') c = ' ';
  return value;
}

}  // namespace

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string head_of(const Response& response, Framing framing, After after) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " " + reason_of(response.status) + "\r\n";
  for (const auto& [name, value] : response.headers) head += one_line(name) + ": " + one_line(value) + "\r\n";
  head += "Date: " + date_now() + "\r\n";
  if (framing == Framing::chunks)
    head += "Transfer-Encoding: chunked\r\n";
  else if (has_body(response.status))
    head += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  if (after == After::close) head += "Connection: close\r\n";
  return head + "\r\n";
}

std::string chunk_of(std::string_view piece) {
  if (piece.empty()) return "";
  char size[32];
  const int digits = std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
  return std::string(size, static_cast<std::size_t>(digits)).append(piece).append("\r\n");
}

}  // namespace greenroom::http
