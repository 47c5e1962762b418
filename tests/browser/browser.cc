#include "tests/browser/browser.h"

#include <stdexcept>

#include "lib/base/text.h"
#include "lib/process/process.h"

namespace greenroom::testing {
namespace {

constexpr std::string_view kFramed = "/-framed";

// A page with the wanted one in a frame of some width, which writes what it measures into itself.
constexpr std::string_view kFrame =
    R"(<!doctype html><meta charset="utf-8"><style>body{margin:0}iframe{border:0}</style>
<pre id="faults" hidden></pre><script>
const asked = new URLSearchParams(location.search), frame = document.createElement("iframe");
frame.width = asked.get("width"), frame.height = asked.get("height"), frame.src = asked.get("path");
function lines_of(node, begin, end) {
  const range = document.createRange();
  range.setStart(node, begin), range.setEnd(node, end);
  return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
}
frame.onload = () => {
  const page = frame.contentDocument, faults = [], wide = page.scrollingElement.scrollWidth;
  if (wide > frame.width) faults.push("scrolls sideways: " + wide);
  let seen = 0;
  for (const element of page.querySelectorAll(asked.get("selector"))) {
    const walker = page.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (const word of node.data.matchAll(/\S+/g))
        if (++seen && lines_of(node, word.index, word.index + word[0].length) > 1) faults.push("breaks " + word[0]);
  }
  if (seen === 0) faults.push("finds no word of " + asked.get("selector"));
  document.getElementById("faults").textContent = "\n" + faults.join("\n") + "\nmeasured\n";
};
document.body.append(frame);
</script>)";

http::Response frame() {
  http::Response response;
  response.headers = {{"Content-Type", "text/html; charset=utf-8"}};
  response.body = kFrame;
  return response;
}

std::string framed(const std::string& path, int width, int height, const std::string& selector) {
  return std::string(kFramed) + "?width=" + std::to_string(width) + "&height=" + std::to_string(height) +
         "&path=" + http::percent_encode(path) + "&selector=" + http::percent_encode(selector);
}

}  // namespace

Browser::Browser(SeededDashboard& dashboard, std::string cookie) : dashboard_(dashboard), cookie_(std::move(cookie)) {
  http::ServerOptions options;
  options.blocking_threads = 6;
  relay_ = std::move(*http::Server::start(
      options, [this](const http::Request& request, const std::shared_ptr<http::Responder>& responder) {
        if (request.path == kFramed) return responder->send(frame());
        auto answer = dashboard_.get(request.target, cookie_);
        // The policy forbids frames, and this one is ours.
        if (request.header("sec-fetch-dest") == "iframe")
          std::erase_if(answer.headers, [](const auto& header) { return header.first == "content-security-policy"; });
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

std::vector<std::string> Browser::faults_at(const std::string& path, int width, const std::string& selector) {
  const std::string dom = look(framed(path, width, 2000, selector)).dom;
  const auto begin = dom.find("<pre id=\"faults\""), end = dom.find("\nmeasured\n", begin);
  if (begin == std::string::npos || end == std::string::npos) return {"was not measured:\n" + dom};
  std::vector<std::string> faults;
  for (const auto line :
       split_lines(std::string_view(dom).substr(dom.find('\n', begin), end - dom.find('\n', begin)))) {
    if (!line.empty()) faults.emplace_back(line);
  }
  return faults;
}

void Browser::phone_picture(const std::string& path, Scheme scheme, const std::string& file, int width, int height) {
  picture(framed(path, width, height, "body"), scheme, file, width, height);
}

void Browser::picture(const std::string& path, Scheme scheme, const std::string& file, int width, int height) {
  std::string errors;
  run({"--blink-settings=preferredColorScheme=" + std::string(scheme == Scheme::dark ? "0" : "1"),
       "--screenshot=" + file, "--window-size=" + std::to_string(width) + "," + std::to_string(height),
       "http://127.0.0.1:" + std::to_string(relay_->port()) + path},
      errors);
}

}  // namespace greenroom::testing
