#include "lib/web/app.h"

#include <array>
#include <optional>

#include "lib/base/hash.h"
#include "lib/base/log.h"
#include "lib/hosts/local/reading.h"
#include "lib/hosts/local/smart_http.h"
#include "lib/pg/query.h"
#include "lib/web/answers.h"
#include "lib/web/health.h"
#include "lib/web/live.h"
#include "lib/web/routes.h"
#include "lib/web/templates.h"

namespace greenroom::web {
namespace {

constexpr std::size_t kFormLimit = 256 * 1024;
constexpr std::string_view kTryWatch = "/practice/*/watch";

http::Response not_taken(std::string allowed) {
  auto response = http::Response::text(405, "this address takes " + allowed + " only");
  response.headers.emplace_back("Allow", std::move(allowed));
  return response;
}

bool reads(const http::Request& request) { return request.method == "GET" || request.method == "HEAD"; }

struct Trouble {
  int status;
  const char* title;
  std::string words, advice;
};

Trouble trouble_of(const Error& error) {
  switch (error.kind) {
    case ErrorKind::user_fault:
      return {400, "That did not work", error.message + ".",
              "Go back with your browser: what you wrote is still there."};
    case ErrorKind::not_found:
      return {404, "Nothing here", "This address leads nowhere: " + error.message + ".",
              "The start page lists everything that is open."};
    case ErrorKind::rejected:
      return {403, "Not yours to do", error.message + ".",
              "If you think you should be able to, ask a maintainer of the project."};
    case ErrorKind::transient:
    case ErrorKind::in_doubt:
    case ErrorKind::bug: break;
  }
  return {500, "Something broke on our side",
          "That is a fault of Greenroom, not yours. Nothing you wrote earlier is lost.",
          "Try again in a moment. The people who run this find the reason in the dashboard's log."};
}

}  // namespace

struct App::Impl {
  pg::Pool& pool;
  Settings settings;
  const Clock& clock;
  std::unique_ptr<Templates> templates;
  Assets assets;
  teaching::LessonBook book;
  hosts::local::SmartHttp smart_http;
  Live live;
  std::atomic<bool> winding_down{false};

  using Reply = std::shared_ptr<http::Responder>;
  void handle(const http::Request& request, const Reply& reply);
  void handle_signed_in(pg::Connection& db, const Viewer& viewer, const http::Request& request, const Reply& reply);
  bool handle_live(const http::Request& request, const Viewer& viewer, const Reply& reply);
  std::optional<http::Response> answer_machine(const http::Request& request);
  http::Response ready();
  http::Response metrics();
  http::Response answer_sign_in(pg::Connection& db, const http::Request& request);
  http::Response answer_sign_in_form(pg::Connection& db, const http::Request& request);
  http::Response answer_post(PageRequest& page, const Match& found);
  http::Response answer_first_issues(pg::Connection& db, const Viewer& viewer);
  std::optional<http::Response> refuse_post(const Viewer& viewer, const http::Request& request);

  Transport transport() const { return transport_of(settings.url); }
  http::Response page_response(int status, Page page, const Viewer* viewer) const;
  http::Response trouble_response(const Error& error, const Viewer* viewer) const;
  http::Response sign_in_page(int status, const std::string& section, const std::string& name = "",
                              const std::string& token = "") const;
};

Result<std::unique_ptr<App>> App::make(pg::Pool& pool, Settings settings, const Clock& clock) {
  GREENROOM_TRY(templates, Templates::load(settings.templates_directory + "/pages"));
  GREENROOM_TRY(assets, Assets::load(settings.templates_directory + "/static"));
  GREENROOM_TRY(book, teaching::LessonBook::load(settings.templates_directory + "/lessons"));
  const hosts::local::SmartHttpOptions git{settings.git_root, settings.config_file};
  const redis::Options redis = settings.redis;
  auto impl = std::unique_ptr<Impl>(new Impl{pool,
                                             std::move(settings),
                                             clock,
                                             std::move(templates),
                                             std::move(assets),
                                             std::move(book),
                                             {pool, git},
                                             {pool, redis}});
  return std::unique_ptr<App>(new App(std::move(impl)));
}

App::App(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
App::~App() = default;

void App::wind_down() {
  impl_->winding_down = true;
  impl_->live.stop();
}

void App::handle(http::Request request, std::shared_ptr<http::Responder> responder) {
  impl_->handle(request, responder);
}

std::optional<http::Response> App::answer_at_once(const http::Request& request) {
  if (request.path != "/livez") return std::nullopt;
  return reads(request) ? http::Response::text(200, "alive") : not_taken("GET");
}

http::Response App::Impl::ready() {
  if (winding_down) return http::Response::text(503, "stopping");
  const auto up = pool.run(pg::query("web/ping"));
  return up ? http::Response::text(200, "ready") : http::Response::text(503, "the database does not answer");
}

http::Response App::Impl::metrics() {
  const auto health = pool.with<Health>([&](pg::Connection& db) { return read_health(db, settings.redis); });
  if (!health) return http::Response::text(503, "the database does not answer");
  http::Response response;
  response.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}};
  response.body = prometheus_text(*health);
  return response;
}

std::optional<http::Response> App::Impl::answer_machine(const http::Request& request) {
  constexpr std::string_view kStatic = "/static/";
  if (request.path.starts_with("/git/") && !settings.git_root.empty()) return smart_http.handle(request);
  const bool known = request.path == "/livez" || request.path == "/readyz" || request.path == "/metrics" ||
                     request.path.starts_with(kStatic);
  if (!known) return std::nullopt;
  if (auto answer = answer_at_once(request)) return answer;
  if (!reads(request)) return not_taken("GET");
  if (request.path == "/readyz") return ready();
  return request.path == "/metrics" ? metrics() : assets.serve(request.path.substr(kStatic.size()), request);
}

http::Response App::Impl::page_response(int status, Page page, const Viewer* viewer) const {
  View layout;
  layout.set("TITLE", page.title);
  const std::string csrf = viewer != nullptr ? viewer->csrf : "";
  layout.everywhere("CSRF", csrf);
  page.view.everywhere("CSRF", csrf);
  if (viewer != nullptr) {
    View& header = layout.add("SIGNED_IN");
    header.set("NAME", viewer->name);
    for (const auto& [here, path, words] :
         {std::array{"home", "/", "Changes"}, std::array{"issues", "/issues", "Issues"},
          std::array{"people", "/people", "People"}, std::array{"practice", "/practice", "Practice"},
          std::array{"health", "/health", "Health"}, std::array{"setup", "/setup", "Setup"}}) {
      if (std::string_view(here) == "setup" && !viewer->is_operator) continue;
      if (std::string_view(here) == "practice" && settings.tries_per_hour <= 0) continue;
      header.add("ENTRY").set("PATH", path).set("WORDS", words).show("HERE", page.here == here);
    }
  }
  layout.set("CONTENT_HTML", Html{templates->render(page.content, page.view)});
  http::Response response;
  response.status = status;
  response.headers = page_headers(transport(), page.form_target);
  response.body = templates->render("layout.html", layout);
  return response;
}

http::Response App::Impl::trouble_response(const Error& error, const Viewer* viewer) const {
  const Trouble trouble = trouble_of(error);
  if (trouble.status == 500) log::error("a page failed", {{"error", error}});
  Page page{trouble.title, "trouble.html", "", {}};
  page.view.set("TITLE", trouble.title).set("WORDS", trouble.words).set("ADVICE", trouble.advice);
  return page_response(trouble.status, std::move(page), viewer);
}

http::Response App::Impl::sign_in_page(int status, const std::string& section, const std::string& name,
                                       const std::string& token) const {
  Page page{"Sign in", "sign_in.html", "", {}};
  page.view.add(section).set("NAME", name).set("TOKEN", token);
  return page_response(status, std::move(page), nullptr);
}

http::Response App::Impl::answer_sign_in_form(pg::Connection& db, const http::Request& request) {
  if (request.body.size() > kFormLimit) return http::Response::text(413, "that form is too large");
  if (comes_from_elsewhere(request))
    return trouble_response(Error{ErrorKind::rejected, "that form came from another site", {}}, nullptr);
  const auto session = sign_in(db, field(request, "token"));
  if (!session) return trouble_response(session.error(), nullptr);
  if (!*session) return sign_in_page(403, "SPENT");
  auto response = see_other("/");
  response.headers.emplace_back("Set-Cookie", session_cookie(**session, transport()));
  return response;
}

http::Response App::Impl::answer_sign_in(pg::Connection& db, const http::Request& request) {
  constexpr std::string_view kLink = "/sign-in/";
  if (request.path == "/sign-in" && request.method == "POST") return answer_sign_in_form(db, request);
  if (!reads(request)) return not_taken("GET");
  if (!request.path.starts_with(kLink)) return sign_in_page(200, "HOW");
  const std::string token = request.path.substr(kLink.size());
  const auto name = name_on_link(db, token);
  if (!name) return trouble_response(name.error(), nullptr);
  return *name ? sign_in_page(200, "LINK", **name, token) : sign_in_page(403, "SPENT");
}

std::optional<http::Response> App::Impl::refuse_post(const Viewer& viewer, const http::Request& request) {
  if (request.body.size() > kFormLimit) return http::Response::text(413, "that form is too large");
  const bool ours = !comes_from_elsewhere(request) && equal_in_constant_time(field(request, "csrf"), viewer.csrf);
  if (ours) return std::nullopt;
  return trouble_response(Error{ErrorKind::rejected,
                                "that form did not come from this page, or the page was open since an earlier sign-in",
                                {}},
                          &viewer);
}

http::Response App::Impl::answer_post(PageRequest& page, const Match& found) {
  if (found.route->post_for_page != nullptr) {
    auto made = found.route->post_for_page(page);
    return made ? page_response(200, std::move(*made), &page.viewer) : trouble_response(made.error(), &page.viewer);
  }
  if (found.route->post == nullptr) return not_taken("GET");
  const auto path = found.route->post(page);
  return path ? see_other(*path) : trouble_response(path.error(), &page.viewer);
}

http::Response App::Impl::answer_first_issues(pg::Connection& db, const Viewer& viewer) {
  const auto repositories = hosts::local::all_repositories(db);
  if (!repositories) return trouble_response(repositories.error(), &viewer);
  if (repositories->empty())
    return trouble_response(Error{ErrorKind::not_found, "there is no project yet", {}}, &viewer);
  return see_other(issues_path(repositories->front().full_name));
}

bool App::Impl::handle_live(const http::Request& request, const Viewer& viewer, const Reply& reply) {
  if (!reads(request)) return false;
  if (const auto tried = match(kTryWatch, request.path)) {
    const auto number = number_in(tried->front());
    if (number) live.watch(model::TryId{*number}, viewer.person, reply);
    return number.has_value();
  }
  const auto watched = match("/jobs/*/watch", request.path), logged = match("/jobs/*/log/*", request.path);
  if (!watched && !logged) return false;
  const auto number = number_in(watched ? watched->at(0) : logged->at(0));
  if (!number) return false;
  if (watched)
    live.watch(model::JobId{*number}, reply);
  else
    live.log(model::JobId{*number}, logged->at(1), reply);
  return true;
}

void App::Impl::handle_signed_in(pg::Connection& db, const Viewer& viewer, const http::Request& request,
                                 const Reply& reply) {
  const bool posts = request.method == "POST";
  if (!posts && !reads(request)) return reply->send(not_taken("GET, HEAD, POST"));
  if (posts) {
    if (auto refused = refuse_post(viewer, request)) return reply->send(std::move(*refused));
    if (request.path == "/sign-out") {
      const auto done = sign_out(db, session_token(request, transport()));
      if (!done) return reply->send(trouble_response(done.error(), &viewer));
      auto response = see_other("/sign-in");
      response.headers.emplace_back("Set-Cookie", session_cookie("", transport()));
      return reply->send(std::move(response));
    }
  }
  if (request.path == "/issues") return reply->send(answer_first_issues(db, viewer));
  const auto found = find_route(request.path);
  if (!found) return reply->send(trouble_response(Error{ErrorKind::not_found, "there is no such page", {}}, &viewer));
  PageRequest page{db, settings, viewer, request, clock.now(), book, found->words};
  if (posts) return reply->send(answer_post(page, *found));
  if (found->route->get_and_go != nullptr) {
    const auto path = found->route->get_and_go(page);
    return reply->send(path ? see_other(*path) : trouble_response(path.error(), &viewer));
  }
  if (found->route->get == nullptr) return reply->send(not_taken("POST"));
  auto made = found->route->get(page);
  reply->send(made ? page_response(200, std::move(*made), &viewer) : trouble_response(made.error(), &viewer));
}

void App::Impl::handle(const http::Request& request, const Reply& reply) {
  if (auto response = answer_machine(request)) return reply->send(std::move(*response));
  std::optional<Viewer> viewer;
  {
    auto db = pool.borrow();
    if (!db) return reply->send(trouble_response(db.error(), nullptr));
    if (request.path == "/sign-in" || request.path.starts_with("/sign-in/"))
      return reply->send(answer_sign_in(**db, request));
    auto found = viewer_of(**db, session_token(request, transport()));
    if (!found) return reply->send(trouble_response(found.error(), nullptr));
    viewer = std::move(*found);
    if (!viewer) return reply->send(reads(request) ? see_other("/sign-in") : sign_in_page(401, "HOW"));
    if (!match("/jobs/*/watch", request.path) && !match("/jobs/*/log/*", request.path) &&
        !match(kTryWatch, request.path))
      return handle_signed_in(**db, *viewer, request, reply);
  }
  // Live pages hold no connection while they wait.
  if (!handle_live(request, *viewer, reply))
    reply->send(trouble_response(Error{ErrorKind::not_found, "there is no such page", {}}, &*viewer));
}

}  // namespace greenroom::web
