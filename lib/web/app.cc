#include "lib/web/app.h"

#include "lib/hosts/local/smart_http.h"
#include "lib/pg/query.h"

namespace greenroom::web {

struct App::Impl {
  pg::Pool& pool;
  Settings settings;
  const Clock& clock;
  hosts::local::SmartHttp smart_http;
  std::atomic<bool> winding_down{false};

  http::Response ready();
  http::Response answer(const http::Request& request);
};

Result<std::unique_ptr<App>> App::make(pg::Pool& pool, Settings settings, const Clock& clock) {
  const hosts::local::SmartHttpOptions git{settings.git_root, settings.config_file};
  auto impl = std::unique_ptr<Impl>(new Impl{pool, std::move(settings), clock, {pool, git}});
  return std::unique_ptr<App>(new App(std::move(impl)));
}

App::App(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
App::~App() = default;

void App::wind_down() { impl_->winding_down = true; }

void App::handle(http::Request request, std::shared_ptr<http::Responder> responder) {
  responder->send(impl_->answer(request));
}

http::Response App::Impl::ready() {
  if (winding_down) return http::Response::text(503, "stopping");
  const auto up = pool.run(pg::query("web/ping"));
  return up ? http::Response::text(200, "ready") : http::Response::text(503, "the database does not answer");
}

http::Response App::Impl::answer(const http::Request& request) {
  if (request.path == "/livez") return http::Response::text(200, "alive");
  if (request.path == "/readyz") return ready();
  if (request.path.starts_with("/git/") && !settings.git_root.empty()) return smart_http.handle(request);
  return http::Response::text(404, "there is nothing here");
}

}  // namespace greenroom::web
