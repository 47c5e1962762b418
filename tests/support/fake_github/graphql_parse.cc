#include "tests/support/fake_github/graphql_parse.h"

#include "tests/support/fake_github/graphql_tokens.h"

namespace greenroom::testing::fake {
namespace {

using Json = nlohmann::json;
using Kind = GraphqlToken::Kind;

class Parser {
 public:
  Parser(std::string_view document, const Json& given) : tokens_(graphql_tokens(document)), given_(given) {}

  Operation document() {
    Operation operation;
    bool found = false;
    std::map<std::string, Selection> fragments;
    while (peek().kind != Kind::end) {
      if (is("fragment")) {
        const std::string name = (take(), take_name());
        take_word("on");
        Selection fragment;
        fragment.is_fragment = true;
        fragment.on = take_name();
        fragment.fields = selections();
        fragments[name] = fragment;
        continue;
      }
      if (found) throw GraphqlError{"An operation name is required"};
      found = true;
      operation = this->operation();
    }
    if (!found) throw GraphqlError{"A query attribute must be specified and must be a string."};
    spread(operation.fields, fragments, 0);
    return operation;
  }

 private:
  const GraphqlToken& peek() const { return tokens_[at_]; }
  bool is(std::string_view word) const { return peek().kind != Kind::text && peek().value == word; }
  GraphqlToken take() {
    if (peek().kind == Kind::end) throw GraphqlError{"Unexpected end of document"};
    return tokens_[at_++];
  }
  bool took(std::string_view sign) { return is(sign) && (take(), true); }
  void take_word(std::string_view word) {
    const auto token = take();
    if (token.value != word)
      throw GraphqlError{"Parse error on \"" + token.value + "\", expected \"" + std::string(word) + "\""};
  }
  std::string take_name() {
    const auto token = take();
    if (token.kind != Kind::name) throw GraphqlError{"Parse error on \"" + token.value + "\", expected a name"};
    return token.value;
  }

  Operation operation() {
    Operation operation;
    if (!is("{")) {
      const std::string kind = take_name();
      if (kind != "query" && kind != "mutation") throw GraphqlError{"Parse error on \"" + kind + "\""};
      operation.is_mutation = kind == "mutation";
      if (peek().kind == Kind::name) take();
      if (took("(")) declarations();
    }
    operation.fields = selections();
    return operation;
  }

  std::string type() {
    if (took("[")) {
      std::string inner = "[" + type();
      take_word("]");
      return inner + (took("!") ? "]!" : "]");
    }
    const std::string name = take_name();
    return name + (took("!") ? "!" : "");
  }

  void declarations() {
    while (!took(")")) {
      take_word("$");
      const std::string name = take_name();
      take_word(":");
      const std::string declared = type();
      Json value = took("=") ? this->value() : Json();
      if (given_.is_object() && given_.contains(name)) value = given_[name];
      check(name, declared, value);
      variables_[name] = value;
    }
  }

  static void check(const std::string& name, const std::string& type, const Json& value) {
    const std::string plain = type.substr(0, type.find('!'));
    const bool fits = value.is_null()      ? !type.ends_with('!')
                      : plain == "Int"     ? value.is_number_integer()
                      : plain == "Boolean" ? value.is_boolean()
                      : plain == "String"  ? value.is_string()
                      : plain == "ID"      ? value.is_string() || value.is_number_integer()
                                           : true;
    if (!fits) throw GraphqlError{"Variable $" + name + " of type " + type + " was provided invalid value"};
  }

  Json value() {
    if (took("$")) {
      const std::string name = take_name();
      const auto found = variables_.find(name);
      if (found == variables_.end()) throw GraphqlError{"Variable $" + name + " is used but not declared"};
      return found->second;
    }
    if (took("{")) {
      Json object = Json::object();
      while (!took("}")) {
        const std::string name = take_name();
        take_word(":");
        object[name] = value();
      }
      return object;
    }
    if (took("[")) {
      Json list = Json::array();
      while (!took("]")) list.push_back(value());
      return list;
    }
    const auto token = take();
    if (token.kind == Kind::number) return Json::parse(token.value);
    if (token.kind == Kind::name && token.value == "null") return nullptr;
    if (token.kind == Kind::name && (token.value == "true" || token.value == "false")) return token.value == "true";
    if (token.kind == Kind::sign) throw GraphqlError{"Parse error on \"" + token.value + "\", expected a value"};
    return token.value;  // a string, or a word of an enumeration
  }

  std::vector<Selection> selections() {
    std::vector<Selection> all;
    take_word("{");
    while (!took("}")) all.push_back(is("...") ? fragment() : field());
    if (all.empty()) throw GraphqlError{"Parse error: a selection of nothing"};
    return all;
  }

  Selection fragment() {
    take();
    Selection one;
    one.is_fragment = true;
    if (!is("on")) {
      one.name = take_name();  // its fields come once all fragments are known
      return one;
    }
    take();
    one.on = take_name();
    one.fields = selections();
    return one;
  }

  Selection field() {
    Selection one;
    one.alias = one.name = take_name();
    if (took(":")) one.name = take_name();
    if (took("(")) {
      while (!took(")")) {
        const std::string name = take_name();
        take_word(":");
        one.arguments[name] = value();
      }
    }
    one.has_fields = is("{");
    if (one.has_fields) one.fields = selections();
    return one;
  }

  static void spread(std::vector<Selection>& fields, const std::map<std::string, Selection>& fragments, int depth) {
    if (depth > 20) throw GraphqlError{"Fragments contain one another"};
    for (auto& field : fields) {
      if (field.is_fragment && !field.name.empty()) {
        const auto found = fragments.find(field.name);
        if (found == fragments.end()) throw GraphqlError{"Fragment " + field.name + " was used, but not defined"};
        field = found->second;
      }
      spread(field.fields, fragments, depth + 1);
    }
  }

  const std::vector<GraphqlToken> tokens_;
  const Json& given_;
  std::size_t at_ = 0;
  std::map<std::string, Json> variables_;
};

}  // namespace

Operation parse_graphql(std::string_view document, const Json& variables) {
  return Parser(document, variables).document();
}

}  // namespace greenroom::testing::fake
