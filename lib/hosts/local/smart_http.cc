#include "lib/hosts/local/smart_http.h"

#include <optional>

#include "lib/base/hash.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/pg/query.h"
#include "lib/process/process.h"

namespace greenroom::hosts::local {
namespace {

constexpr std::string_view kPrefix = "/git/";
constexpr std::chrono::seconds kWall{120};

http::Response refuse(int status, std::string line) { return http::Response::text(status, std::move(line)); }

// git shows these lines to the person, each after "remote:".
http::Response ask_to_sign_in(TokenState token = TokenState::unknown) {
  auto response = refuse(
      401, token == TokenState::revoked
               ? "this push token was revoked; the page \"How to push\" of the dashboard makes a new one"
               : "sign in with your login and a push token; the page \"How to push\" of the dashboard makes one");
  response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"Greenroom practice host\", charset=\"UTF-8\"");
  return response;
}

struct Basic {
  std::string login;
  Secret token;
};

std::optional<Basic> basic_of(const http::Request& request) {
  const auto header = request.header("authorization");
  if (!starts_with_ignoring_case(header, "basic ") || header.size() > 1024) return std::nullopt;
  std::string text;
  if (!base64_decode(trim(header.substr(6)), text)) return std::nullopt;
  const auto colon = text.find(':');
  if (colon == std::string::npos || text.find('\0') != std::string::npos || !is_utf8(text)) return std::nullopt;
  return Basic{text.substr(0, colon), Secret(text.substr(colon + 1))};
}

// Only characters that git itself sends: "version=2", joined by colons.
std::string protocol_of(const http::Request& request) {
  const std::string value(request.header("git-protocol"));
  const bool fit =
      value.size() < 100 && value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789=:") == std::string::npos;
  return fit ? value : std::string();
}

}  // namespace

// One of the three requests of smart HTTP; the older, "dumb" protocol would hand out files and is not served.
struct SmartHttp::Call {
  std::string name;     // "practice/shotlist"
  std::string service;  // "git-upload-pack"
  bool advertises = false;
  std::string file() const { return advertises ? "info/refs" : service; }
  bool pushes() const { return service == "git-receive-pack"; }
};

namespace {

bool is_service(std::string_view name) { return name == "git-upload-pack" || name == "git-receive-pack"; }

}  // namespace

http::Response SmartHttp::handle(const http::Request& request) {
  const std::string_view path = std::string_view(request.path).substr(std::min(kPrefix.size(), request.path.size()));
  const auto end = path.find(".git/");
  if (!request.path.starts_with(kPrefix) || end == std::string_view::npos)
    return refuse(404, "there is no such repository");
  Call call{std::string(path.substr(0, end)), std::string(path.substr(end + 5)), false};
  if (call.service == "info/refs") {
    call.service = request.query_value("service");
    call.advertises = true;
  }
  if (!is_service(call.service))
    return refuse(call.advertises ? 403 : 404, "only git's smart HTTP protocol is served here");
  if (request.method != (call.advertises ? "GET" : "POST")) return refuse(405, "git asks for this with another method");
  if (request.body.size() > kPushLimit) return refuse(413, "a push is at most 64 MiB here");
  const auto coding = request.header("content-encoding");
  if (!coding.empty() && (coding != "gzip" || call.pushes()))
    return refuse(415, "that content encoding is not taken here");

  const auto basic = basic_of(request);
  if (!basic) return ask_to_sign_in();
  const auto who =
      pool_.with<Authenticated>([&](pg::Connection& db) { return authenticate(db, basic->login, basic->token); });
  if (!who) {
    log::error("smart HTTP cannot ask the database", {{"error", who.error()}});
    return refuse(503, "the practice host cannot reach its database; try again in a moment");
  }
  return who->account ? serve(request, call, *who->account) : ask_to_sign_in(who->token);
}

http::Response SmartHttp::serve(const http::Request& request, const Call& call, const model::Account& account) {
  const auto rows = pool_.run(pg::query("practice/repository_named"), {call.name});
  if (!rows) return refuse(503, "the practice host cannot reach its database; try again in a moment");
  if (rows->empty()) return refuse(404, "there is no such repository");
  const std::int64_t id = (*rows)[0].integer("id");

  std::string output;
  bool too_large = false;
  process::Command command;
  command.argv = {"git", "http-backend"};
  command.environment = {
      {"PATH", "/usr/local/bin:/usr/bin:/bin"},
      {"LANG", "C.UTF-8"},
      {"HOME", "/nonexistent"},
      {"GIT_CONFIG_NOSYSTEM", "1"},
      {"GIT_PROJECT_ROOT", options_.git_root},
      {"GIT_HTTP_EXPORT_ALL", "1"},
      {"PATH_INFO", "/" + std::to_string(id) + ".git/" + call.file()},
      {"QUERY_STRING", call.advertises ? "service=" + call.service : std::string()},
      {"REQUEST_METHOD", request.method},
      {"CONTENT_TYPE", call.advertises ? std::string() : "application/x-" + call.service + "-request"},
      {"CONTENT_LENGTH", std::to_string(request.body.size())},
      {"HTTP_CONTENT_ENCODING", std::string(request.header("content-encoding"))},
      {"GIT_PROTOCOL", protocol_of(request)},
      {"REMOTE_USER", account.login},
      {"REMOTE_ADDR", request.peer},
      {"GREENROOM_CONFIG", options_.config_file},
      {"GREENROOM_PUSHER", std::to_string(account.host_account_id)}};
  command.input = request.body;
  command.wall = kWall;
  command.capture_bytes = 64 * 1024;  // of what it says on standard error
  command.on_output = [&](process::Stream stream, std::string_view piece) {
    if (stream != process::Stream::out) return;
    too_large = too_large || output.size() + piece.size() > kAnswerLimit;
    if (!too_large) output += piece;
  };
  command.cancelled = [&] { return too_large; };
  const auto outcome = process::run(command);
  if (!outcome) {
    log::error("git http-backend did not start", {{"error", outcome.error()}});
    return refuse(500, "git did not start on this server");
  }
  if (too_large) return refuse(500, "that is more than 256 MiB; fetch less, for instance with --depth");
  if (outcome->timed_out) return refuse(504, "git took longer than two minutes");
  auto response = parse_cgi(output);
  if (!response || outcome->exit_code != 0) {
    log::warn("git http-backend failed", {{"exit", outcome->exit_code}, {"said", shorten(outcome->err.joined(), 500)}});
    if (!response) return refuse(500, "git failed on this server");
  }
  return std::move(*response);
}

}  // namespace greenroom::hosts::local
