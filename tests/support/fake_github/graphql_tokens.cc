#include "tests/support/fake_github/graphql_tokens.h"

#include <cctype>

#include "tests/support/fake_github/graphql_parse.h"

namespace greenroom::testing::fake {
namespace {

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// JSON's escapes are GraphQL's.
std::string text_at(std::string_view document, std::size_t& at) {
  const std::size_t start = at++;
  while (at < document.size() && document[at] != '"' && document[at] != '\n') at += document[at] == '\\' ? 2 : 1;
  if (at >= document.size() || document[at] != '"') throw GraphqlError{"Parse error: a string does not end"};
  const auto value = nlohmann::json::parse(document.substr(start, ++at - start), nullptr, false);
  if (!value.is_string()) throw GraphqlError{"Parse error: not a string"};
  return value;
}

std::string block_at(std::string_view document, std::size_t& at) {
  const auto end = document.find("\"\"\"", at + 3);
  if (end == std::string_view::npos) throw GraphqlError{"Parse error: a block string does not end"};
  const std::string value(document.substr(at + 3, end - at - 3));
  at = end + 3;
  return value;
}

template <class Is>
std::string while_it_is(std::string_view document, std::size_t& at, Is is) {
  const std::size_t start = at;
  while (at < document.size() && is(document[at])) ++at;
  return std::string(document.substr(start, at - start));
}

}  // namespace

std::vector<GraphqlToken> graphql_tokens(std::string_view document) {
  using Kind = GraphqlToken::Kind;
  std::vector<GraphqlToken> tokens;
  std::size_t at = 0;
  while (at < document.size()) {
    const char c = document[at];
    if (std::isspace(static_cast<unsigned char>(c)) != 0 || c == ',') {
      ++at;
    } else if (c == '#') {
      at = std::min(document.find('\n', at), document.size());
    } else if (document.substr(at).starts_with("\"\"\"")) {
      tokens.push_back({Kind::text, block_at(document, at)});
    } else if (c == '"') {
      tokens.push_back({Kind::text, text_at(document, at)});
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-') {
      tokens.push_back({Kind::number, while_it_is(document, at, [](char one) {
                          return is_name(one) || one == '-' || one == '.' || one == '+';
                        })});
    } else if (is_name(c)) {
      tokens.push_back({Kind::name, while_it_is(document, at, is_name)});
    } else if (document.substr(at).starts_with("...")) {
      tokens.push_back({Kind::sign, "..."});
      at += 3;
    } else if (std::string_view("{}()[]:!=$@|&").find(c) != std::string_view::npos) {
      tokens.push_back({Kind::sign, std::string(1, c)});
      ++at;
    } else {
      throw GraphqlError{std::string("Parse error on \"") + c + "\""};
    }
  }
  tokens.push_back({});
  return tokens;
}

}  // namespace greenroom::testing::fake
