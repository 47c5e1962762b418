#pragma once
// Inside of fake_github only: a GraphQL document as a tree. The October 2021 specification, without directives, type
// conditions beyond inline and named fragments, and subscriptions. Pure.

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace greenroom::testing::fake {

struct GraphqlError {  // thrown
  std::string message;
};

struct Selection {
  std::string alias, name;  // of a field
  std::string on;           // of a fragment: the type that it is for
  bool is_fragment = false, has_fields = false;
  std::map<std::string, nlohmann::json> arguments;  // with the variables' values
  std::vector<Selection> fields;
};

struct Operation {
  bool is_mutation = false;
  std::vector<Selection> fields;
};

// The document's only operation. Throws GraphqlError.
Operation parse_graphql(std::string_view document, const nlohmann::json& variables);

}  // namespace greenroom::testing::fake
