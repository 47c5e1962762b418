#include "tests/support/fake_github/answer.h"

#include "lib/base/text.h"
#include "lib/json/json.h"
#include "tests/support/fake_github/auth.h"
#include "tests/support/fake_github/faults.h"
#include "tests/support/fake_github/graphql.h"
#include "tests/support/fake_github/limits.h"
#include "tests/support/fake_github/routes.h"

namespace greenroom::testing::fake {
namespace {

using Segments = std::vector<std::string>;

const Routes& table() {
  static const Routes all = [] {
    Routes routes;
    // The first that fits: "/issues/comments" before "/issues/{}".
    for (const auto& part :
         {account_routes(), delivery_routes(), setup_routes(), repository_routes(), comment_routes(), pull_routes(),
          issue_routes(), review_routes(), check_routes(), status_routes(), people_routes(), reaction_routes()})
      routes.insert(routes.end(), part.begin(), part.end());
    return routes;
  }();
  return all;
}

// Each segment by itself: an encoded '/' belongs to its segment.
Segments segments_of(const http::Request& request) {
  Segments segments;
  const std::string path = request.target.substr(1, request.target.find('?') - 1);
  for (const auto raw : split(path, '/')) {
    std::string segment;
    http::percent_decode(raw, segment);
    segments.push_back(segment);
  }
  return segments;
}

// The repository that the path names, which then reads as /repos/{}/{}. A former name is answered with the id.
Repository* resolve(State& state, const http::Request& request, Segments& segments) {
  if (segments.size() >= 2 && segments[0] == "repositories") {
    const auto found = state.repositories.find(std::atoll(segments[1].c_str()));
    if (found == state.repositories.end()) return nullptr;
    segments.erase(segments.begin(), segments.begin() + 2);
    segments.insert(segments.begin(), {"repos", found->second.owner_login, found->second.name});
    return &found->second;
  }
  if (segments.size() < 3 || segments[0] != "repos") return nullptr;
  const std::string name = segments[1] + "/" + segments[2];
  if (auto* found = state.find_repository(name)) return found;
  const auto former = state.former_names.find(lower(name));
  if (former == state.former_names.end()) return nullptr;
  std::string rest = request.target;
  for (int n = 0; n < 3; ++n) rest = rest.find('/', 1) == std::string::npos ? "" : rest.substr(rest.find('/', 1));
  if (rest.empty() && request.target.find('?') != std::string::npos)
    rest = request.target.substr(request.target.find('?'));
  const std::string there = state.url + "/repositories/" + std::to_string(former->second) + rest;
  const bool reads = request.method == "GET" || request.method == "HEAD";
  throw Refusal{reads ? 301 : 307, reads ? "Moved Permanently" : "Temporary Redirect", nullptr, {{"Location", there}}};
}

bool fits(const Segments& pattern, const Segments& path, Segments& params) {
  params.clear();
  for (std::size_t n = 0; n < pattern.size(); ++n) {
    if (pattern[n] == "{*}") {
      params.push_back(n < path.size() ? join(Segments(path.begin() + static_cast<std::ptrdiff_t>(n), path.end()), "/")
                                       : "");
      return true;
    }
    if (n >= path.size() || path[n].empty()) return false;
    if (pattern[n] == "{}")
      params.push_back(path[n]);
    else if (pattern[n] != path[n])
      return false;
  }
  return pattern.size() == path.size();
}

const Route* find_route(const std::string& method, const Segments& path, Segments& params) {
  for (const auto& route : table()) {
    Segments pattern;
    for (const auto part : split(route.pattern.substr(1), '/')) pattern.emplace_back(part);
    if (route.method != method || !fits(pattern, path, params)) continue;
    if (path[0] == "repos") params.erase(params.begin(), params.begin() + 2);
    return &route;
  }
  return nullptr;
}

Json body_of(const http::Request& request) {
  if (request.body.empty()) return Json::object();
  auto body = json::parse(request.body);
  if (!body || !body->is_object()) refuse(400, "Problems parsing JSON");
  return *body;
}

// What people get to see as words. The real host does not say which requests it counts: check runs and statuses are
// written by the thousand, and are taken not to be.
bool is_content(const Route& route) {
  return route.pattern.find("/check-runs") == std::string::npos && route.pattern.find("/statuses") == std::string::npos;
}

Reply answer_rest(Call& call, const Segments& path) {
  const std::string& method = call.request.method;
  const auto* route = find_route(method, path, call.params);
  if (route == nullptr) {
    call.state.unknown_routes.push_back(method + " " + call.request.target.substr(0, call.request.target.find('?')));
    refuse(404, "Not Found");
  }
  const bool of_repository = route->pattern.starts_with("/repos/");
  if (of_repository && call.there == nullptr) refuse(404, "Not Found");
  if (of_repository && route->needs.who == Needs::Who::token) see(call, call.repository());
  authorise(call, route->needs);
  if (of_repository && method != "GET" && is_content(*route)) count_write(call.state);
  call.body = body_of(call.request);
  return route->answer(call);
}

Reply answer_checked(Call& call, const Segments& path, const std::optional<Injected>& fault) {
  if (call.request.header("user-agent").empty())
    refuse(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header");
  if (fault && fault->fault.what == Fault::What::hide_recent) call.hide_from = fault->since;
  call.actor = authenticate(call.state, call.request);
  count_request(call.state, call.actor);
  if (path == Segments{"graphql"}) return answer_graphql(call);
  return answer_rest(call, path);
}

Reply refusal(const Refusal& refused) {
  Json body{{"message", refused.message},
            {"documentation_url", "https://docs.github.com/rest"},
            {"status", std::to_string(refused.status)}};
  if (!refused.errors.is_null()) body["errors"] = refused.errors;
  return {refused.status, body, refused.headers, false};
}

http::Response response_of(const State& state, const Reply& reply) {
  http::Response response;
  response.status = reply.status;
  response.headers = limit_headers(state);
  response.headers.insert(response.headers.end(), reply.headers.begin(), reply.headers.end());
  if (reply.empty) return response;
  response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  response.body = json::dump(reply.body);
  return response;
}

http::Response told(const Fault& fault) {
  http::Response response{fault.status, fault.headers, fault.body};
  response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  return response;
}

std::string canonical(const Segments& path) { return "/" + join(path, "/"); }

Answer act(State& state, const http::Request& request, std::string& who) {
  Call call{state, request, {}, nullptr, {}, Json::object()};
  Segments path = segments_of(request);
  std::optional<Injected> fault;
  Reply reply;
  try {
    call.there = resolve(state, request, path);
    const std::string sent = request.target.substr(0, request.target.find('?'));
    const bool graphql = path == Segments{"graphql"};
    fault = take_fault(state, request.method, {sent, canonical(path)},
                       graphql ? operations_in(request.body) : std::vector<std::string>());
    if (fault && fault->fault.what == Fault::What::refuse) return {told(fault->fault)};
    reply = answer_checked(call, path, fault);
  } catch (const Refusal& refused) {
    reply = refusal(refused);
  }
  who = call.actor.words();
  if (!fault) return {response_of(state, reply)};
  if (fault->fault.what == Fault::What::act_then_answer) return {told(fault->fault)};
  const auto what = fault->fault.what;
  return {response_of(state, reply), what == Fault::What::act_then_hang_up ? Answer::Way::hang_up
                                     : what == Fault::What::act_then_hold  ? Answer::Way::hold
                                                                           : Answer::Way::send};
}

}  // namespace

Answer answer(State& state, const http::Request& request) {
  std::string who;
  Answer answered = act(state, request, who);
  state.requests.push_back({request.method, request.target, who, answered.response.status});
  return answered;
}

}  // namespace greenroom::testing::fake
