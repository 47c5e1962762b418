#include "tests/support/fake_gitea/answer.h"

#include <algorithm>
#include <optional>

#include "lib/base/text.h"
#include "lib/json/json.h"

namespace greenroom::testing::gitea {
namespace {

constexpr std::string_view kPrefix = "/api/v1";
using Segments = std::vector<std::string>;

Segments segments_of(std::string_view path) {
  Segments segments;
  for (const auto part : split(path.substr(1), '/')) {
    std::string segment;
    http::percent_decode(part, segment);
    segments.push_back(segment);
  }
  return segments;
}

bool fits(const Segments& pattern, const Segments& path, Segments& params) {
  params.clear();
  if (pattern.size() != path.size()) return false;
  for (std::size_t n = 0; n < pattern.size(); ++n) {
    if (pattern[n] == "{}")
      params.push_back(path[n]);
    else if (pattern[n] != path[n])
      return false;
  }
  return true;
}

bool matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() != '*')
    return !text.empty() && pattern.front() == text.front() && matches(pattern.substr(1), text.substr(1));
  for (std::size_t skipped = 0; skipped <= text.size(); ++skipped)
    if (matches(pattern.substr(1), text.substr(skipped))) return true;
  return false;
}

std::optional<Injected> take_fault(State& state, const std::string& method, std::string_view path) {
  for (auto& injected : state.faults) {
    Fault& fault = injected.fault;
    if (fault.count <= 0 || (!fault.method.empty() && fault.method != method)) continue;
    if (!fault.path.empty() && !matches(fault.path, path)) continue;
    --fault.count;
    return injected;
  }
  return std::nullopt;
}

Id user_of(const State& state, const http::Request& request) {
  const auto said = request.header("authorization");
  const auto token =
      state.tokens.find(std::string(said.substr(std::min<std::size_t>(said.find(' ') + 1, said.size()))));
  if (token == state.tokens.end()) refuse(401, "token is required");
  return token->second;
}

// A former name is answered with the way to the new one.
void find_repository(Call& call, const Segments& path) {
  if (path.size() < 3 || path[0] != "repos") return;
  call.there = call.state.find_repository(path[1], path[2]);
  if (call.there == nullptr)
    for (auto& [id, one] : call.state.repositories)
      if (one.former_names.contains(path[1] + "/" + path[2])) refuse(307, "");
  if (call.there == nullptr || role_of(*call.there, call.user) == Role::none)
    refuse(404, "The target couldn't be found.");
}

std::optional<Route> find_route(const Call& call, const Segments& path, Segments& params) {
  for (const auto& routes : {account_routes(), issue_routes(), people_routes(), review_routes(call.state)})
    for (const auto& route : routes) {
      if (route.method != call.request.method || !fits(segments_of(route.pattern), path, params)) continue;
      if (path[0] == "repos") params.erase(params.begin(), params.begin() + 2);
      return route;
    }
  return std::nullopt;
}

// What the other flavour has, and this one has not, may be tried.
bool is_of_the_other(const Segments& path) {
  return path.size() >= 5 && path[3] == "pulls" && std::ranges::count(path, "comments") != 0;
}

Reply route(Call& call) {
  if (!call.request.path.starts_with(kPrefix)) refuse(404, "Not found.");
  const auto path = segments_of(call.request.path.substr(kPrefix.size()));
  call.user = user_of(call.state, call.request);
  find_repository(call, path);
  const auto found = find_route(call, path, call.params);
  if (!found) {
    if (!is_of_the_other(path)) call.state.unknown_routes.push_back(call.request.method + " " + call.request.path);
    refuse(404, "404 page not found");
  }
  if (!call.request.body.empty()) {
    const auto body = json::parse(call.request.body);
    if (!body || !body->is_object()) refuse(422, "invalid JSON");
    call.body = *body;
  }
  return found->answer(call);
}

http::Response response_of(const Reply& reply) {
  http::Response response{reply.status, reply.headers, ""};
  if (reply.empty) return response;
  response.headers.emplace_back("Content-Type", "application/json;charset=utf-8");
  response.body = json::dump(reply.body);
  return response;
}

Reply refusal(int status, const std::string& message, const Headers& headers) {
  return {status, {{"message", message}, {"url", "/api/swagger"}}, headers, false};
}

Answer act(Call& call) {
  using What = Fault::What;
  const auto what = call.fault ? std::optional(call.fault->fault.what) : std::nullopt;
  const auto bad = [&] { return response_of(refusal(call.fault->fault.status, "", call.fault->fault.headers)); };
  if (what == What::refuse) return {bad(), Answer::Way::send};
  if (what == What::hold_midway) call.half = Call::Half::first;
  Reply reply;
  try {
    reply = route(call);
  } catch (const Refusal& refused) {
    reply = refusal(refused.status, refused.message, refused.headers);
  }
  if (call.held) return {{}, Answer::Way::hold};
  if (what == What::act_then_answer) return {bad(), Answer::Way::send};
  return {response_of(reply), what == What::act_then_hang_up ? Answer::Way::hang_up : Answer::Way::send};
}

}  // namespace

Answer answer(State& state, const http::Request& request, Call::Half half) {
  Call call{state, request, 0, nullptr, {}, Json::object(), std::nullopt, half, false};
  const auto path = std::string_view(request.path).substr(std::min(kPrefix.size(), request.path.size()));
  if (half == Call::Half::whole) call.fault = take_fault(state, request.method, path);
  Answer answered = act(call);
  if (answered.way != Answer::Way::hold)
    state.requests.push_back({request.method, request.path, answered.response.status});
  return answered;
}

}  // namespace greenroom::testing::gitea
