#include "tests/browser/seeded_dashboard.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "lib/base/fd.h"
#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/process/process.h"
#include "tests/support/wait.h"

extern char** environ;

namespace greenroom::testing {
namespace {

// A port that was free a moment ago; the dashboard's configuration takes no 0.
unsigned short free_port() {
  const Fd socket(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(socket.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

std::string decoded(std::string text) {
  for (const auto& [entity, sign] : {std::pair{"&quot;", "\""}, std::pair{"&#39;", "'"}, std::pair{"&lt;", "<"},
                                     std::pair{"&gt;", ">"}, std::pair{"&amp;", "&"}}) {
    for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity))
      text.replace(at, std::string(entity).size(), sign);
  }
  return text;
}

}  // namespace

SeededDashboard::SeededDashboard() {
  seed();
  start();
}

SeededDashboard::~SeededDashboard() { stop(); }

void SeededDashboard::start() {
  port_ = free_port();
  const std::string ready = folder / "run/dashboard.ready";
  folder.write("dashboard.yml", "state: {directory: \"" + folder.path() +
                                    "\"}\ntemplates: {directory: \"" GREENROOM_SOURCE_DIR "/templates\"}\n" +
                                    "database: {conninfo: \"" + database.conninfo() + "\"}\n" +
                                    "dashboard: {listen: \"127.0.0.1:" + std::to_string(port_) + "\", url: \"" + url() +
                                    "\"}\nwebhook: {url: \"http://127.0.0.1:1\"}\nredis: {socket: \"" +
                                    redis.options().unix_socket + "\"}\nlocal: {git_root: \"" + (folder / "git") +
                                    "\", webhook_secret: s}\n");
  std::string config = "GREENROOM_CONFIG=" + (folder / "dashboard.yml"), path = "PATH=/usr/bin:/bin";
  char* environment[] = {config.data(), path.data(), nullptr};
  std::string program = GREENROOM_BINARY_DIR "/bin/greenroom-dashboard";
  char* arguments[] = {program.data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 2, (folder / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  const int failed = posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0 || !wait_until([&] { return std::filesystem::exists(ready); }))
    throw std::runtime_error("the dashboard did not start:\n" + folder.read("log"));
}

int SeededDashboard::stop() {
  if (pid_ == 0) return 0;
  kill(pid_, SIGTERM);
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = 0;
  return status;
}

std::string SeededDashboard::fresh_token(const std::string& login) {
  const std::string token = random_hex(24);
  database.script("INSERT INTO sign_in_link (token_sha256, person_id, expires_at) SELECT '" + to_hex(sha256(token)) +
                  "', id, now() + interval '1 hour' FROM person WHERE login = '" + login + "'");
  return token;
}

std::string SeededDashboard::sign_in(const std::string& login) {
  const auto answer = post("/sign-in", "token=" + fresh_token(login));
  const std::string cookie = header_of(answer, "set-cookie");
  if (answer.status != 303 || cookie.empty())
    throw std::runtime_error("could not sign in: " + std::to_string(answer.status) + folder.read("log"));
  return cookie.substr(0, cookie.find(';'));
}

http::Response SeededDashboard::get(const std::string& path, const std::string& cookie) {
  http::Client client(url(), std::chrono::seconds(30));
  const auto answer = client.send({"GET", path, {{"cookie", cookie}}, ""});
  if (!answer) throw std::runtime_error(answer.error().describe() + "\n" + shorten(folder.read("log"), 4000));
  return *answer;
}

http::Response SeededDashboard::post(const std::string& path, const std::string& form, const std::string& cookie,
                                     const http::HeaderList& more) {
  http::Client client(url(), std::chrono::seconds(30));
  http::HeaderList headers{{"content-type", "application/x-www-form-urlencoded"}, {"cookie", cookie}};
  headers.insert(headers.end(), more.begin(), more.end());
  const auto answer = client.send({"POST", path, headers, form});
  if (!answer) throw std::runtime_error(answer.error().describe() + "\n" + shorten(folder.read("log"), 4000));
  return *answer;
}

std::string SeededDashboard::csrf(const std::string& cookie) {
  const std::string page = get("/", cookie).body, before = "name=\"csrf\" value=\"";
  const auto begin = page.find(before);
  if (begin == std::string::npos) throw std::runtime_error("the page has no form");
  const auto end = page.find('"', begin + before.size());
  return decoded(page.substr(begin + before.size(), end - begin - before.size()));
}

std::string header_of(const http::Response& response, std::string_view lower_case_name) {
  for (const auto& [name, value] : response.headers) {
    if (name == lower_case_name) return value;
  }
  return "";
}

}  // namespace greenroom::testing
