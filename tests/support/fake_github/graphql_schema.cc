#include "tests/support/fake_github/graphql_schema.h"

#include <map>

#include "lib/base/text.h"

namespace greenroom::testing::fake {
namespace {

struct Type {
  std::string_view name, fields;  // "field" is a scalar, "field:Type" an object
  std::string_view interfaces = "";
};

constexpr Type kTypes[] = {
    {"Query", "repository:Repository node:Node viewer:User rateLimit:RateLimit"},
    {"Mutation",
     "resolveReviewThread:ResolveReviewThreadPayload unresolveReviewThread:UnresolveReviewThreadPayload "
     "minimizeComment:MinimizeCommentPayload unminimizeComment:UnminimizeCommentPayload "
     "addPullRequestReviewThreadReply:AddPullRequestReviewThreadReplyPayload"},
    {"RateLimit", "limit remaining used resetAt cost"},
    {"Repository", "id databaseId name nameWithOwner isPrivate pullRequest:PullRequest", "Node"},
    {"PullRequest",
     "id databaseId fullDatabaseId number title body state isDraft headRefOid headRefName baseRefName url "
     "author:Actor reviewThreads:PullRequestReviewThreadConnection",
     "Node"},
    {"PullRequestReviewThreadConnection", "totalCount pageInfo:PageInfo nodes:PullRequestReviewThread"},
    {"PullRequestReviewThread",
     "id isResolved isOutdated isCollapsed path line startLine originalLine originalStartLine diffSide startDiffSide "
     "subjectType viewerCanResolve viewerCanUnresolve viewerCanReply resolvedBy:User "
     "comments:PullRequestReviewCommentConnection pullRequest:PullRequest repository:Repository",
     "Node"},
    {"PullRequestReviewCommentConnection", "totalCount pageInfo:PageInfo nodes:PullRequestReviewComment"},
    {"PullRequestReviewComment",
     "id databaseId fullDatabaseId body createdAt updatedAt isMinimized minimizedReason path line originalLine "
     "outdated url viewerDidAuthor state author:Actor replyTo:PullRequestReviewComment",
     "Node Comment Minimizable"},
    {"IssueComment",
     "id databaseId fullDatabaseId body createdAt updatedAt isMinimized minimizedReason url viewerDidAuthor "
     "author:Actor",
     "Node Comment Minimizable"},
    {"PageInfo", "hasNextPage hasPreviousPage startCursor endCursor"},
    {"User", "id databaseId login name url", "Node Actor"},
    {"Bot", "id databaseId login url", "Node Actor"},
    {"Organization", "id databaseId login name url", "Node Actor"},
    {"Actor", "login url"},
    {"Node", "id"},
    {"Comment", "id body createdAt updatedAt author:Actor"},
    {"Minimizable", "isMinimized minimizedReason"},
    {"ResolveReviewThreadPayload", "clientMutationId thread:PullRequestReviewThread"},
    {"UnresolveReviewThreadPayload", "clientMutationId thread:PullRequestReviewThread"},
    {"MinimizeCommentPayload", "clientMutationId minimizedComment:Minimizable"},
    {"UnminimizeCommentPayload", "clientMutationId unminimizedComment:Minimizable"},
    {"AddPullRequestReviewThreadReplyPayload", "clientMutationId comment:PullRequestReviewComment"}};

const Type* find(std::string_view name) {
  for (const auto& type : kTypes)
    if (type.name == name) return &type;
  return nullptr;
}

// nullptr: there is none. The view is the field's own word: "author:Actor".
std::string_view field_of(const Type& type, std::string_view name) {
  for (const auto field : split(type.fields, ' '))
    if (field.substr(0, field.find(':')) == name) return field;
  return {};
}

std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

void validate(std::string_view type_name, const std::vector<Selection>& fields);

void validate_field(const Type& type, const Selection& one) {
  if (one.name == "__typename") return;
  const auto field = field_of(type, one.name);
  if (field.empty())
    throw GraphqlError{"Field " + in_quotes(one.name) + " doesn't exist on type " + in_quotes(type.name)};
  const auto colon = field.find(':');
  const bool is_object = colon != std::string_view::npos;
  if (is_object != one.has_fields)
    throw GraphqlError{"Field " + in_quotes(one.name) +
                       (is_object ? " must have selections" : " is a scalar and can't have selections")};
  if (!is_object) return;
  const auto inner = field.substr(colon + 1);
  if (is_connection(inner) && !one.arguments.contains("first") && !one.arguments.contains("last"))
    throw GraphqlError{"You must provide a `first` or `last` value to properly paginate the `" + one.name +
                       "` connection."};
  validate(inner, one.fields);
}

void validate(std::string_view type_name, const std::vector<Selection>& fields) {
  const auto* type = find(type_name);
  for (const auto& one : fields) {
    if (!one.is_fragment) {
      validate_field(*type, one);
      continue;
    }
    if (find(one.on) == nullptr) throw GraphqlError{"No such type " + one.on + ", so it can't be a fragment condition"};
    if (!is_a(one.on, type_name) && !is_a(type_name, one.on))
      throw GraphqlError{"Fragment on " + one.on + " can't be spread inside " + std::string(type_name)};
    validate(one.on, one.fields);
  }
}

}  // namespace

bool is_a(std::string_view type, std::string_view other) {
  if (type == other) return true;
  const auto* found = find(type);
  if (found == nullptr) return false;
  for (const auto interface : split(found->interfaces, ' '))
    if (interface == other) return true;
  return false;
}

bool is_connection(std::string_view type) { return type.ends_with("Connection"); }

std::string type_of_field(std::string_view type, std::string_view field) {
  const auto* found = find(type);
  const auto word = found == nullptr ? std::string_view() : field_of(*found, field);
  const auto colon = word.find(':');
  return colon == std::string_view::npos ? "" : std::string(word.substr(colon + 1));
}

void validate(const Operation& operation) { validate(operation.is_mutation ? "Mutation" : "Query", operation.fields); }

}  // namespace greenroom::testing::fake
