#include "tests/support/fake_github/graphql_mutations.h"

#include <algorithm>

#include "tests/support/fake_github/auth.h"
#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/graphql_objects.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::string_view kClassifiers[] = {"ABUSE", "DUPLICATE", "OFF_TOPIC", "OUTDATED", "RESOLVED", "SPAM"};

[[noreturn]] void unknown(const std::string& id) {
  throw Denied{"NOT_FOUND", "Could not resolve to a node with the global id of '" + id + "'"};
}

std::string word(const Json& input, const char* name) {
  const auto found = input.find(name);
  return found == input.end() || !found->is_string() ? "" : found->get<std::string>();
}

struct FoundThread {
  Repository* repository;
  Thread* thread;
};

FoundThread find_thread(const Call& call, const std::string& id) {
  for (auto& [repository_id, repository] : call.state.repositories)
    for (auto& [first, thread] : repository.threads)
      if (thread.id == id && may_see(call, repository)) return {&repository, &thread};
  unknown(id);
}

struct FoundComment {
  Repository* repository;
  Comment* comment;
};

FoundComment find_comment(const Call& call, const std::string& id) {
  for (auto& [repository_id, repository] : call.state.repositories)
    for (auto& [comment_id, comment] : repository.comments)
      if (node_id(comment.kind == Comment::Kind::review ? "PRRC" : "IC", comment_id) == id && may_see(call, repository))
        return {&repository, &comment};
  unknown(id);
}

// Of people: those who may write, and the change's author.
void check_resolving(const Call& call, Repository& repository, const Thread& thread) {
  const bool is_person = call.actor.kind == Actor::Kind::personal;
  const bool allowed = is_person ? issue_of(repository, thread.number).author == call.actor.user ||
                                       role_of(repository, call.actor.user) >= Role::write
                                 : may_in(call, repository, call.state.options.resolving_needs, Access::write);
  if (!allowed)
    throw Denied{"FORBIDDEN", is_person ? call.actor.login + " does not have the correct permissions to execute this"
                                        : std::string("Resource not accessible by integration")};
}

Json resolve(Call& call, const Json& input, bool resolved) {
  const auto [repository, thread] = find_thread(call, word(input, "threadId"));
  check_resolving(call, *repository, *thread);
  call.there = repository;
  if (set_resolved(call.state, *repository, *thread, call.actor.user, resolved))
    call.wrote(resolved ? "thread.resolve" : "thread.unresolve", thread->number);
  return {{"thread", thread_object(call, *repository, *thread)}};
}

Json minimize(Call& call, const Json& input, const std::string& classifier, const char* member) {
  const auto [repository, comment] = find_comment(call, word(input, "subjectId"));
  if (!may_in(call, *repository, "issues|pull_requests", Access::write))
    throw Denied{"FORBIDDEN", "Resource not accessible by integration"};
  call.there = repository;
  if (comment->minimized != classifier)
    call.wrote(classifier.empty() ? "comment.show" : "comment.hide", comment->number);
  comment->minimized = classifier;
  return {{member, comment_object(call, *repository, *comment)}};
}

std::string classifier_in(const Json& input) {
  const std::string given = word(input, "classifier");
  if (std::find(std::begin(kClassifiers), std::end(kClassifiers), given) == std::end(kClassifiers))
    throw GraphqlError{"Argument 'classifier' on InputObject 'MinimizeCommentInput' has an invalid value"};
  return given;
}

Json reply_to(Call& call, const Json& input) {
  const auto [repository, thread] = find_thread(call, word(input, "pullRequestReviewThreadId"));
  if (!may_in(call, *repository, "pull_requests", Access::write))
    throw Denied{"FORBIDDEN", "Resource not accessible by integration"};
  const std::string body = word(input, "body");
  if (body.empty() || characters(body) > 65'536) throw Denied{"UNPROCESSABLE", "Body is blank or too long"};
  call.there = repository;
  const auto& comment = reply(call.state, *repository, *thread, call.actor.user, body);
  call.wrote("comment.reply", thread->number);
  return {{"comment", comment_object(call, *repository, comment)}};
}

}  // namespace

bool may_see(const Call& call, const Repository& repository) {
  try {
    see(call, repository);
    return true;
  } catch (const Refusal&) {
    return false;
  }
}

bool may_in(const Call& call, Repository& repository, std::string_view section, Access access) {
  Call there = call;
  there.there = &repository;
  return may(there, section, access, access == Access::read ? Role::read : Role::write);
}

Json mutate(Call& call, const Selection& asked) {
  const auto found = asked.arguments.find("input");
  if (found == asked.arguments.end() || !found->second.is_object())
    throw GraphqlError{"Field '" + asked.name + "' is missing required arguments: input"};
  const Json& input = found->second;
  Json payload;
  if (asked.name == "resolveReviewThread")
    payload = resolve(call, input, true);
  else if (asked.name == "unresolveReviewThread")
    payload = resolve(call, input, false);
  else if (asked.name == "minimizeComment")
    payload = minimize(call, input, classifier_in(input), "minimizedComment");
  else if (asked.name == "unminimizeComment")
    payload = minimize(call, input, "", "unminimizedComment");
  else
    payload = reply_to(call, input);
  std::string type = asked.name + "Payload";
  type[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(type[0])));
  payload["__typename"] = type;
  payload["clientMutationId"] = word(input, "clientMutationId");
  return payload;
}

Json node(Call& call, const std::string& id) {
  if (id.starts_with("PRRT_")) {
    const auto [repository, thread] = find_thread(call, id);
    return thread_object(call, *repository, *thread);
  }
  if (id.starts_with("PRRC_") || id.starts_with("IC_")) {
    const auto [repository, comment] = find_comment(call, id);
    return comment_object(call, *repository, *comment);
  }
  for (auto& [repository_id, repository] : call.state.repositories)
    for (const auto& [number, issue] : repository.issues)
      if (issue.pull && node_id("PR", issue.id) == id && may_see(call, repository))
        return pull_object(call, repository, issue);
  unknown(id);
}

}  // namespace greenroom::testing::fake
