#include "lib/http/target.h"

#include "lib/base/text.h"
#include "lib/http/server.h"

namespace greenroom::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

}  // namespace

std::string percent_encode(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kDigits[byte >> 4];
    encoded += kDigits[byte & 15];
  }
  return encoded;
}

bool percent_decode(std::string_view text, std::string& decoded) {
  decoded.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return false;
    const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0) return false;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return true;
}

Result<Target> parse_target(std::string_view target) {
  if (target.empty() || target.front() != '/') return user_fault("the request's target has to begin with '/'");
  Target parsed;
  const auto question = target.find('?');
  if (question != std::string_view::npos) parsed.query = target.substr(question + 1);
  if (!percent_decode(target.substr(0, question), parsed.path))
    return user_fault("the path holds a '%' that encodes nothing");
  if (parsed.path.find('\0') != std::string::npos) return user_fault("the path holds a NUL");
  if (!is_utf8(parsed.path)) return user_fault("the path is not valid UTF-8");
  for (const std::string_view segment : split(parsed.path, '/'))
    if (segment == "." || segment == "..") return user_fault("the path holds a '.' or '..' segment");
  return parsed;
}

std::string form_value(std::string_view encoded, std::string_view name) {
  for (const std::string_view pair : split(encoded, '&')) {
    const auto equals = pair.find('=');
    std::string key, value;
    const auto decode = [](std::string_view part, std::string& into) {
      std::string spaced(part);
      for (char& c : spaced)
        if (c == '+') c = ' ';
      return percent_decode(spaced, into);
    };
    if (!decode(pair.substr(0, equals), key) || key != name) continue;
    if (equals == std::string_view::npos || !decode(pair.substr(equals + 1), value)) return "";
    return value;
  }
  return "";
}

}  // namespace greenroom::http
