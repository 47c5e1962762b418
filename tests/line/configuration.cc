#include <filesystem>
#include <fstream>

#include "tests/line/line.h"

namespace greenroom::testing {
namespace {

constexpr const char* kWebhookSecret = "webhook-secret-of-this-test";
constexpr const char* kMarkerKey = "marker-key-of-this-test";

// A dotted key as one nested line of YAML.
std::string nested(const std::string& name, const std::string& value) {
  const auto dot = name.find('.');
  return name.substr(0, dot) + ": {" + name.substr(dot + 1) + ": \"" + value + "\"}\n";
}

}  // namespace

void Line::write_config(const std::string& service, const std::string& text) {
  std::ofstream(path("config/" + service + ".yml")) << text;
}

void Line::write_configuration() {
  const std::string webhook_url = "http://127.0.0.1:" + std::to_string(webhook_port_);
  const std::string dashboard_url = "http://127.0.0.1:" + std::to_string(dashboard_port_);
  const std::string git_root = "git_root: \"" + path("git") + "\"";
  const std::string common = "state: {directory: \"" + directory_.path() + "\"}\n" +
                             "templates: {directory: \"" GREENROOM_SOURCE_DIR "/templates\"}\n" +
                             "database: {conninfo: \"" + conninfo_ + "\"";
  const std::string redis = "redis: {socket: \"" + path("redis/redis.sock") + "\"}\n";
  const std::string secret = std::string("webhook_secret: ") + kWebhookSecret;
  write_config("webhook", common + "}\nwebhook: {listen: \"127.0.0.1:" + std::to_string(webhook_port_) +
                              "\"}\nlocal: {" + secret + "}\n");
  write_config("bot", common + "}\n" + redis + "dashboard: {url: \"" + dashboard_url + "\"}\nwebhook: {url: \"" +
                          webhook_url + "\"}\nbot: {marker_key: " + kMarkerKey +
                          ", poll_seconds: 2}\napproval: {required: " + options_.approval + "}\nlocal: {" + git_root +
                          "}\n");
  write_config("runner", common + "}\n" + redis + "local: {" + git_root + "}\nenvironments: {index: \"" +
                             options_.index + "\", index_hosts: \"\"}\n");
  write_config("dashboard", common + "}\n" + redis +
                                "dashboard: {listen: \"127.0.0.1:" + std::to_string(dashboard_port_) + "\", url: \"" +
                                dashboard_url + "\"}\nwebhook: {url: \"" + webhook_url + "\"}\nlocal: {" + git_root +
                                ", " + secret + "}\n");
  write_config("admin", common + ", user: greenroom}\n" + redis + "dashboard: {url: \"" + dashboard_url +
                            "\"}\nwebhook: {url: \"" + webhook_url + "\"}\nbot: {marker_key: " + kMarkerKey +
                            "}\nlocal: {" + git_root + ", " + secret + "}\n");
  for (const auto& [service, extra] : options_.configuration) {
    std::ofstream file(path("config/" + service + ".yml"), std::ios::app);
    for (const auto& [name, value] : extra) file << nested(name, value);
  }
}

}  // namespace greenroom::testing
