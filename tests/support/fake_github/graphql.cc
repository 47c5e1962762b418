#include "tests/support/fake_github/graphql.h"

#include <algorithm>

#include "lib/json/json.h"
#include "tests/support/fake_github/graphql_mutations.h"
#include "tests/support/fake_github/graphql_objects.h"
#include "tests/support/fake_github/graphql_schema.h"
#include "tests/support/fake_github/limits.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::int64_t kMostNodes = 100;

Json select(const Json& object, const std::vector<Selection>& fields);

// Cursors are the node's place, which nobody but this fake may know.
Json page_of(const Json& nodes, const Selection& asked) {
  const auto number = [&](const char* name) {
    const auto found = asked.arguments.find(name);
    return found == asked.arguments.end() || found->second.is_null() ? -1 : found->second.get<std::int64_t>();
  };
  const auto total = static_cast<std::int64_t>(nodes.size()), first = number("first"), last = number("last");
  if (first < 0 && last < 0)
    throw GraphqlError{"You must provide a `first` or `last` value to properly paginate the `" + asked.name +
                       "` connection."};
  if (std::max(first, last) > kMostNodes)
    throw GraphqlError{"Requesting " + std::to_string(std::max(first, last)) + " records on the `" + asked.name +
                       "` connection exceeds the `" + (first > last ? "first" : "last") + "` limit of 100 records."};
  std::int64_t begin = 0;
  const auto after = asked.arguments.find("after");
  if (after != asked.arguments.end() && !after->second.is_null()) {
    const std::string cursor = after->second.is_string() ? after->second.get<std::string>() : "";
    if (!cursor.starts_with("Y3Vyc29y") || cursor.find_first_not_of("0123456789", 8) != std::string::npos ||
        cursor.size() < 9)
      throw GraphqlError{"`" + cursor + "` does not appear to be a valid cursor."};
    begin = std::min(total, std::int64_t{std::stoll(cursor.substr(8))});
  }
  std::int64_t end = first < 0 ? total : std::min(total, begin + first);
  if (last >= 0) begin = std::max(begin, end - last);
  const auto cursor = [](std::int64_t place) { return "Y3Vyc29y" + std::to_string(place); };
  Json page = Json::array();
  for (std::int64_t n = begin; n < end; ++n) page.push_back(nodes[static_cast<std::size_t>(n)]);
  return {{"__typename", "Connection"},
          {"totalCount", total},
          {"nodes", page},
          {"pageInfo",
           {{"__typename", "PageInfo"},
            {"hasNextPage", end < total},
            {"hasPreviousPage", begin > 0},
            {"startCursor", page.empty() ? Json() : Json(cursor(begin + 1))},
            {"endCursor", page.empty() ? Json() : Json(cursor(end))}}}};
}

Json value_of(const Json& value, const std::string& type, const Selection& asked) {
  if (value.is_null() || !asked.has_fields) return value;
  if (is_connection(type)) return select(page_of(value, asked), asked.fields);
  if (!value.is_array()) return select(value, asked.fields);
  Json all = Json::array();
  for (const auto& one : value) all.push_back(select(one, asked.fields));
  return all;
}

void take(const Json& object, const std::vector<Selection>& fields, Json& into) {
  const std::string type = object.value("__typename", "");
  for (const auto& one : fields) {
    if (one.is_fragment) {
      if (is_a(type, one.on)) take(object, one.fields, into);
      continue;
    }
    into[one.alias] = value_of(object.value(one.name, Json()), type_of_field(type, one.name), one);
  }
}

Json select(const Json& object, const std::vector<Selection>& fields) {
  Json taken = Json::object();
  take(object, fields, taken);
  return taken;
}

struct Root {
  Json data = Json::object(), errors = Json::array();
  void fail(const Json& path, const std::string& type, const std::string& message) {
    errors.push_back({{"type", type}, {"path", path}, {"message", message}});
  }
};

std::string words(const Selection& asked, const char* name) {
  const auto found = asked.arguments.find(name);
  return found == asked.arguments.end() || !found->second.is_string() ? "" : found->second.get<std::string>();
}

// A former name leads on. One that the caller may not see is not there.
Repository* find_repository(const Call& call, const std::string& name) {
  auto* found = call.state.find_repository(name);
  const auto former = call.state.former_names.find(lower(name));
  if (found == nullptr && former != call.state.former_names.end()) found = &call.state.repository(former->second);
  return found != nullptr && may_see(call, *found) ? found : nullptr;
}

void repository_field(Call& call, const Selection& asked, Root& root) {
  root.data[asked.alias] = nullptr;
  const std::string name = words(asked, "owner") + "/" + words(asked, "name");
  auto* repository = find_repository(call, name);
  if (repository == nullptr)
    return root.fail({asked.alias}, "NOT_FOUND", "Could not resolve to a Repository with the name '" + name + "'.");
  Json object = repository_object(*repository);
  for (const auto& inner : asked.fields) {
    if (inner.name != "pullRequest") continue;
    const auto number = inner.arguments.contains("number") ? inner.arguments.at("number") : Json(0);
    const auto issue = repository->issues.find(number.is_number_integer() ? number.get<std::int64_t>() : 0);
    if (!may_in(call, *repository, "pull_requests", Access::read))
      root.fail({asked.alias, inner.alias}, "FORBIDDEN", "Resource not accessible by integration");
    else if (issue == repository->issues.end() || !issue->second.pull)
      root.fail({asked.alias, inner.alias}, "NOT_FOUND",
                "Could not resolve to a PullRequest with the number of " + number.dump() + ".");
    else
      object["pullRequest"] = pull_object(call, *repository, issue->second);
  }
  root.data[asked.alias] = select(object, asked.fields);
}

void root_field(Call& call, const Operation& operation, const Selection& asked, Root& root) {
  root.data[asked.alias] = nullptr;
  if (operation.is_mutation || asked.name == "node") {
    try {
      const Json object = operation.is_mutation ? mutate(call, asked) : node(call, words(asked, "id"));
      root.data[asked.alias] = select(object, asked.fields);
    } catch (const Denied& denied) {
      root.fail({asked.alias}, denied.type, denied.message);
    }
  } else if (asked.name == "repository") {
    repository_field(call, asked, root);
  } else if (asked.name == "viewer") {
    root.data[asked.alias] = select(user_object(call.state, call.actor.user), asked.fields);
  } else if (asked.name == "rateLimit") {
    const Json limits = limits_json(call.state)["rate"];
    root.data[asked.alias] = select({{"__typename", "RateLimit"},
                                     {"limit", limits["limit"]},
                                     {"remaining", limits["remaining"]},
                                     {"used", limits["used"]},
                                     {"cost", 1}},
                                    asked.fields);
  }
}

}  // namespace

Reply answer_graphql(Call& call) {
  if (call.request.method != "POST") refuse(404, "Not Found");
  if (call.actor.kind == Actor::Kind::anonymous || call.actor.kind == Actor::Kind::app)
    refuse(401, "This endpoint requires you to be authenticated.");
  const auto body = json::parse(call.request.body);
  if (!body || !body->is_object()) refuse(400, "Problems parsing JSON");
  Root root;
  try {
    const auto operation = parse_graphql(json::text(*body, "query"), json::member(*body, "variables"));
    validate(operation);
    if (operation.is_mutation) count_write(call.state);
    for (const auto& field : operation.fields) root_field(call, operation, field, root);
  } catch (const GraphqlError& error) {
    return ok({{"errors", Json::array({{{"message", error.message}}})}});
  }
  Json answer{{"data", root.data}};
  if (!root.errors.empty()) answer["errors"] = root.errors;
  return ok(answer);
}

std::vector<std::string> operations_in(const std::string& body) {
  const auto request = json::parse(body);
  if (!request || !request->is_object()) return {};
  std::vector<std::string> names;
  try {
    for (const auto& field : parse_graphql(json::text(*request, "query"), json::member(*request, "variables")).fields)
      names.push_back(field.name);
  } catch (const GraphqlError&) {
    return {};
  }
  return names;
}

}  // namespace greenroom::testing::fake
