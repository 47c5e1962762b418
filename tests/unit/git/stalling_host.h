#pragma once
// A git host over HTTP, protocol 2, on the real upload-pack, that sends half of a pack and then nothing more.

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "lib/base/synchronized.h"
#include "lib/http/server.h"
#include "lib/process/process.h"

namespace greenroom::git {

class StallingHost {
 public:
  explicit StallingHost(std::string repository) : repository_(std::move(repository)) {
    http::ServerOptions options;
    options.blocking_threads = 2;
    auto server = http::Server::start(
        options, [this](http::Request request, std::shared_ptr<http::Responder> to) { answer(request, *to); });
    EXPECT_TRUE(server);
    server_ = std::move(*server);
  }
  ~StallingHost() { relent(); }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()) + "/repository"; }
  bool stalls() const {
    return stalled_.with([](const auto& writer) { return writer != nullptr; });
  }
  // From now on whole packs are sent.
  void relent() {
    patient_.with([](bool& patient) { patient = true; });
    stalled_.with([](auto& writer) { writer.reset(); });
  }

 private:
  std::string upload_pack(std::vector<std::string> words, const std::string& input) {
    process::Command command;
    command.argv = {"git", "upload-pack", "--stateless-rpc"};
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    command.argv.push_back(repository_);
    command.environment = {
        {"PATH", "/usr/bin:/bin"}, {"GIT_PROTOCOL", "version=2"},          {"GIT_CONFIG_NOSYSTEM", "1"},
        {"GIT_CONFIG_COUNT", "1"}, {"GIT_CONFIG_KEY_0", "safe.directory"}, {"GIT_CONFIG_VALUE_0", "*"}};
    command.input = input;
    const auto outcome = process::run(command);
    EXPECT_TRUE(outcome && outcome->ok()) << (outcome ? outcome->err.joined() : outcome.error().describe());
    return outcome ? outcome->out.joined() : "";
  }
  void answer(const http::Request& request, http::Responder& to) {
    const bool asks = request.method == "GET";
    http::Response response{200,
                            {{"Content-Type", asks ? "application/x-git-upload-pack-advertisement"
                                                   : "application/x-git-upload-pack-result"}},
                            asks ? upload_pack({"--http-backend-info-refs"}, "") : upload_pack({}, request.body)};
    const bool is_pack = request.body.find("command=fetch") != std::string::npos;
    if (!is_pack || patient_.with([](const bool& patient) { return patient; })) return to.send(std::move(response));
    auto writer = to.stream(response);
    writer->write(std::string_view(response.body).substr(0, response.body.size() / 2));
    stalled_.with([&](auto& stalled) { stalled = std::move(writer); });
  }

  const std::string repository_;
  Synchronized<bool> patient_;
  Synchronized<std::shared_ptr<http::StreamWriter>> stalled_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace greenroom::git
