#include "tests/browser/browser.h"

#include <stdexcept>

#include "lib/base/text.h"
#include "lib/process/process.h"

namespace greenroom::testing {

Browser::Browser(SeededDashboard& dashboard, std::string cookie) : dashboard_(dashboard), cookie_(std::move(cookie)) {
  http::ServerOptions options;
  options.blocking_threads = 6;
  relay_ = std::move(*http::Server::start(
      options, [this](const http::Request& request, const std::shared_ptr<http::Responder>& responder) {
        auto answer = dashboard_.get(request.target, cookie_);
        std::erase_if(answer.headers,
                      [](const auto& header) { return header.first == "content-length" || header.first == "date"; });
        responder->send(std::move(answer));
      }));
}

Browser::~Browser() = default;

std::string Browser::run(const std::vector<std::string>& words, std::string& errors) {
  process::Command command;
  // The page is our own and the sandbox of the browser needs rights that a test has not.
  command.argv = {"/usr/bin/chromium",
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--hide-scrollbars",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--enable-logging=stderr",
                  "--user-data-dir=" + profile_.path(),
                  "--virtual-time-budget=3000"};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  command.environment = {
      {"PATH", "/usr/bin:/bin"}, {"HOME", profile_.path()}, {"LANG", "C.UTF-8"}, {"XDG_RUNTIME_DIR", profile_.path()}};
  command.wall = std::chrono::seconds(60);
  const auto outcome = process::run(command);
  if (!outcome) throw std::runtime_error(outcome.error().describe());
  if (!outcome->ok()) throw std::runtime_error("chromium failed:\n" + outcome->err.joined());
  errors = outcome->err.joined();
  return outcome->out.joined();
}

Seen Browser::look(const std::string& path) {
  std::string errors;
  Seen seen;
  seen.dom = run({"--dump-dom", "http://127.0.0.1:" + std::to_string(relay_->port()) + path}, errors);
  for (const auto line : split_lines(errors)) {
    if (line.find(":CONSOLE") != std::string_view::npos) seen.complaints.emplace_back(line);
  }
  return seen;
}

void Browser::picture(const std::string& path, Scheme scheme, const std::string& file, int width, int height) {
  std::string errors;
  run({"--blink-settings=preferredColorScheme=" + std::string(scheme == Scheme::dark ? "0" : "1"),
       "--screenshot=" + file, "--window-size=" + std::to_string(width) + "," + std::to_string(height),
       "http://127.0.0.1:" + std::to_string(relay_->port()) + path},
      errors);
}

}  // namespace greenroom::testing
