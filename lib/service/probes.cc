#include "lib/service/probes.h"

#include <utility>

#include "lib/base/log.h"
#include "lib/pg/query.h"
#include "lib/service/service.h"

namespace greenroom::service {
namespace {

constexpr std::chrono::milliseconds kShort{2000};
// Requests at one time: while some wait for a database that hangs, /livez is still answered.
constexpr int kThreads = 4;

pg::Options impatient(pg::Options options) {
  options.connect_timeout = options.statement_timeout = kShort;
  return options;
}

http::Response readiness(const std::string& hindrance) {
  if (hindrance.empty()) return http::Response::text(200, "ready");
  auto response = http::Response::text(503, hindrance);
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

}  // namespace

std::optional<http::Response> answer_probe(const http::Request& request, const Probes& probes) {
  if (request.path != "/livez" && request.path != "/readyz" && request.path != "/metrics") return std::nullopt;
  if (request.method != "GET" && request.method != "HEAD") return http::Response::text(405, "use GET");
  if (request.path == "/livez") return http::Response::text(200, "alive");
  if (request.path == "/readyz") return readiness(probes.hindrance());
  return http::Response{200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, probes.metrics()};
}

DatabaseProbe::DatabaseProbe(pg::Options options) : pool_(impatient(std::move(options)), kThreads) {}

std::string DatabaseProbe::hindrance() {
  return pool_.run(pg::query("migration/applied")) ? "" : "the database does not answer";
}

Result<std::unique_ptr<http::Server>> open_probe_port(const config::Config& config, std::string_view key,
                                                      Probes probes) {
  if (config.text(key).empty()) return std::unique_ptr<http::Server>();
  GREENROOM_TRY(options, listen_at(config, key));
  options.blocking_threads = kThreads;
  options.body_limit = 1024;
  GREENROOM_TRY(server,
                http::Server::start(options, [probes = std::move(probes)](http::Request request,
                                                                          std::shared_ptr<http::Responder> responder) {
                  auto answer = answer_probe(request, probes);
                  responder->send(answer ? std::move(*answer)
                                         : http::Response::text(404, "here are /livez, /readyz and /metrics only"));
                }));
  log::info("probes are answered", {{"port", server->port()}});
  return server;
}

}  // namespace greenroom::service
