#include <algorithm>
#include <charconv>

#include "lib/base/text.h"
#include "lib/json/json.h"
#include "tests/support/fake_github/faults.h"
#include "tests/support/fake_gitlab/call.h"

namespace greenroom::testing::gitlab {
namespace {

constexpr std::string_view kApi = "/api/v4";
using Segments = std::vector<std::string>;

const Routes& table() {
  static const Routes routes = [] {
    Routes all;
    for (const auto& some : {place_routes(), item_routes(), note_routes(), status_routes()})
      all.insert(all.end(), some.begin(), some.end());
    return all;
  }();
  return routes;
}

Segments segments_of(std::string_view path) {
  Segments segments;
  for (const auto part : split(path.substr(1), '/')) {
    std::string decoded;
    if (!http::percent_decode(part, decoded)) refuse(400, "400 Bad Request");
    segments.push_back(decoded);
  }
  return segments;
}

bool fits(const std::string& pattern, const Segments& path, Segments& params) {
  params.clear();
  const auto parts = split(std::string_view(pattern).substr(1), '/');
  if (parts.size() != path.size()) return false;
  for (std::size_t n = 0; n < parts.size(); ++n) {
    if (parts[n] == "{}")
      params.push_back(path[n]);
    else if (parts[n] != path[n])
      return false;
  }
  return true;
}

const Token& token_of(const State& state, const http::Request& request) {
  std::string given(request.header("private-token"));
  constexpr std::string_view kBearer = "Bearer ";
  if (const auto bearer = request.header("authorization"); bearer.starts_with(kBearer))
    given = bearer.substr(kBearer.size());
  const auto found = state.tokens.find(given);
  if (found == state.tokens.end()) refuse(401, "401 Unauthorized");
  if (found->second.scope != "api") refuse(403, "insufficient_scope");
  return found->second;
}

void count(State& state) {
  if (state.remaining && state.now() >= state.reset) state.remaining.reset();
  if (!state.remaining) return;
  const auto reset = std::chrono::ceil<std::chrono::seconds>(state.reset.time_since_epoch()).count();
  const auto wait = std::chrono::ceil<std::chrono::seconds>(state.reset - state.now()).count();
  if (*state.remaining <= 0)
    throw Refusal{429,
                  "Retry later",
                  {{"Retry-After", std::to_string(wait)},
                   {"RateLimit-Remaining", "0"},
                   {"RateLimit-Reset", std::to_string(reset)}}};
  --*state.remaining;
}

Project* visible(State& state, Id user, const std::string& id) {
  Id number = 0;
  const bool whole = std::from_chars(id.data(), id.data() + id.size(), number).ptr == id.data() + id.size();
  const auto found = whole ? state.projects.find(number) : state.projects.end();
  if (found == state.projects.end()) refuse(404, "404 Project Not Found");
  auto& project = found->second;
  const bool member = project.levels.contains(user) && project.levels.at(user) > Level::none;
  if (!member && project.visibility == "private") refuse(404, "404 Project Not Found");
  return &project;
}

Reply route(Call& call, const std::string& path) {
  const auto segments = segments_of(path);
  for (const auto& one : table()) {
    if (one.method != call.request.method || !fits(one.pattern, segments, call.params)) continue;
    if (one.pattern.starts_with("/projects/{}")) {
      call.there = visible(call.state, call.user, call.params.front());
      call.params.erase(call.params.begin());
    }
    if (!call.request.body.empty()) {
      auto body = json::parse(call.request.body);
      if (!body || !body->is_object()) refuse(400, "400 Bad Request");
      call.body = *body;
    }
    return one.answer(call);
  }
  call.state.unknown_routes.push_back(call.request.method + " " + path);
  refuse(404, "404 Not Found");
}

std::optional<Injected> take_fault(State& state, const std::string& method, const std::string& path) {
  for (auto& injected : state.faults) {
    auto& fault = injected.fault;
    if (fault.count <= 0 || (!fault.method.empty() && fault.method != method)) continue;
    if (!fault.path.empty() && !fake::fits(fault.path, path)) continue;
    --fault.count;
    return injected;
  }
  return std::nullopt;
}

http::Response response_of(const Reply& reply) {
  http::Response response{reply.status, reply.headers, ""};
  if (reply.status == 204) return response;
  response.headers.emplace_back("Content-Type", "application/json");
  response.body = json::dump(reply.body);
  return response;
}

Answer act(State& state, const http::Request& request) {
  const auto target = request.target.substr(0, request.target.find('?'));
  const auto path = target.starts_with(kApi) ? target.substr(kApi.size()) : std::string("/elsewhere") + target;
  const auto fault = take_fault(state, request.method, path);
  const auto as_told = [&] { return http::Response{fault->fault.status, fault->fault.headers, fault->fault.body}; };
  if (fault && fault->fault.what == Fault::What::refuse) return {as_told()};
  Reply reply;
  try {
    Call call{state, request};
    if (fault && fault->fault.what == Fault::What::hide_recent) call.hide_from = fault->since;
    count(state);
    call.user = token_of(state, request).user;
    reply = route(call, path);
  } catch (const Refusal& refused) {
    reply = {refused.status, {{"message", refused.message}}, refused.headers};
  }
  if (fault && fault->fault.what == Fault::What::act_then_answer) return {as_told()};
  return {response_of(reply), fault && fault->fault.what == Fault::What::act_then_hang_up};
}

std::size_t asked(const Call& call, const char* name, std::size_t otherwise) {
  const auto given = call.request.query_value(name);
  std::size_t value = 0;
  const bool whole =
      std::from_chars(given.data(), given.data() + given.size(), value).ptr == given.data() + given.size();
  return whole && value > 0 ? value : otherwise;
}

}  // namespace

void refuse(int status, const std::string& message) { throw Refusal{status, message, {}}; }

Level Call::level() const {
  const auto found = there->levels.find(user);
  return found == there->levels.end() ? Level::none : found->second;
}

void Call::needs(Level least) const {
  if (level() < least) refuse(403, "403 Forbidden");
}

Id Call::number(std::size_t param) const {
  const auto& given = params.at(param);
  Id value = 0;
  if (std::from_chars(given.data(), given.data() + given.size(), value).ptr != given.data() + given.size())
    refuse(400, "id is invalid");
  return value;
}

std::string Call::word(const std::string& member) const {
  const auto found = body.find(member);
  if (found == body.end() || found->is_null()) return {};
  if (!found->is_string()) refuse(400, member + " is invalid");
  return found->get<std::string>();
}

void Call::wrote(const std::string& kind) const {
  state.ledger.push_back({request.method, request.target, request.body, state.users.at(user).username, kind});
}

Reply paged(const Call& call, const Json& all) {
  const auto size = std::min<std::size_t>(asked(call, "per_page", 20), 100), number = asked(call, "page", 1);
  Json seen = Json::array();
  for (const auto& one : all) {
    const auto& dated = one.contains("notes") ? one["notes"].front() : one;
    if (!dated.contains("id") || !dated["id"].is_number_integer() || dated["id"] < call.hide_from) seen.push_back(one);
  }
  Reply reply{200, Json::array(), {}};
  for (std::size_t n = (number - 1) * size; n < std::min(seen.size(), number * size); ++n)
    reply.body.push_back(seen[n]);
  const bool more = number * size < seen.size();
  reply.headers = {{"X-Next-Page", more ? std::to_string(number + 1) : ""}, {"X-Page", std::to_string(number)}};
  return reply;
}

Answer answer(State& state, const http::Request& request) {
  auto answered = act(state, request);
  state.requests.push_back({request.method, request.target, answered.response.status});
  return answered;
}

}  // namespace greenroom::testing::gitlab
