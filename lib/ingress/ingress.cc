#include "lib/ingress/ingress.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "lib/base/hash.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/hosts/hosts.h"
#include "lib/json/json.h"

namespace greenroom::ingress {
namespace {

constexpr std::string_view kHooks = "/hooks/";

// Headers worth keeping for the reader of a delivery. Never a signature, a token or a cookie.
constexpr std::array<std::string_view, 12> kKeptHeaders{
    "content-type",   "user-agent",        "x-greenroom-event", "x-greenroom-delivery",
    "x-github-event", "x-github-delivery", "x-gitlab-event",    "x-gitlab-event-uuid",
    "x-gitea-event",  "x-gitea-delivery",  "x-forgejo-event",   "x-forgejo-delivery"};

model::Headers kept(const http::HeaderList& headers) {
  model::Headers result;
  for (const auto& [name, value] : headers)
    if (std::find(kKeptHeaders.begin(), kKeptHeaders.end(), name) != kKeptHeaders.end())
      result.emplace_back(name, scrub_utf8(value));
  return result;
}

bool is_json(std::string_view content_type) {
  return to_lower_ascii(trim(content_type.substr(0, content_type.find(';')))) == "application/json";
}

http::Response unavailable(std::string line) {
  auto response = http::Response::text(503, std::move(line));
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

// Signed, and not what this host sends. Whether it is JSON at all is the clearer complaint.
http::Response unreadable(const Error& fault, std::string_view body) {
  const auto shape = json::parse(body);
  return http::Response::text(
      400, (shape ? fault : shape.error()).message + "; a delivery is what the host sends, body and headers unchanged");
}

}  // namespace

Ingress::Ingress(IngressOptions options, store::DeliveryLog& log, metrics::Registry& metrics)
    : hindrance_(std::move(options.hindrance)),
      secrets_(std::move(options.secrets)),
      probes_({[this] { return draining_ ? "this process is shutting down" : hindrance_(); },
               [this] { return metrics_text(); }}),
      log_(log),
      metrics_(metrics) {}

void Ingress::answer(const std::shared_ptr<http::Responder>& responder, http::Response response) const {
  metrics_.count("greenroom_webhook_answers_total", "Answers to deliveries, by status.",
                 {{"status", std::to_string(response.status)}});
  responder->send(std::move(response));
}

void Ingress::accept(const std::string& host, Secret secret) {
  secrets_.with([&](auto& secrets) { secrets[host].push_back(std::move(secret)); });
}

std::vector<Secret> Ingress::secrets_of(const std::string& host) const {
  return secrets_.with([&](const auto& secrets) {
    const auto found = secrets.find(host);
    return found == secrets.end() ? std::vector<Secret>() : found->second;
  });
}

std::string Ingress::metrics_text() const {
  metrics_.set("greenroom_webhook_waiting", "Deliveries that wait for their commit.",
               static_cast<double>(log_.waiting()));
  return metrics_.text();
}

void Ingress::handle(http::Request request, std::shared_ptr<http::Responder> responder) const {
  if (auto probed = service::answer_probe(request, probes_)) return responder->send(std::move(*probed));
  const std::string host = request.path.starts_with(kHooks) ? request.path.substr(kHooks.size()) : "";
  if (hosts::ingress_named(host) == nullptr || secrets_of(host).empty())
    return answer(responder, http::Response::text(
                                 404, "there is no such hook here: deliveries go to /hooks/ and the host's name"));
  if (request.method != "POST") return answer(responder, http::Response::text(405, "use POST"));
  if (!is_json(request.header("content-type")))
    return answer(responder,
                  http::Response::text(415, "send the payload as application/json; most hosts let you choose"));
  take_in(host, std::move(request), std::move(responder));
}

void Ingress::take_in(const std::string& host, http::Request request,
                      std::shared_ptr<http::Responder> responder) const {
  const auto verified = hosts::ingress_named(host)->verify(request.headers, request.body, secrets_of(host));
  if (!verified && verified.error().kind == ErrorKind::rejected)
    return answer(responder,
                  http::Response::text(401, verified.error().message +
                                                ": compare the secret of this webhook with Greenroom's configuration"));
  if (!verified) return answer(responder, unreadable(verified.error(), request.body));

  model::Delivery delivery;
  delivery.trace = {random_hex(16)};
  delivery.host = host;
  delivery.host_delivery = verified->host_delivery;
  delivery.event_name = verified->event_name;
  delivery.semantic_key = verified->semantic_key;
  delivery.headers = kept(request.headers);
  delivery.body = std::move(request.body);
  delivery.received_at = system_clock().now();
  const std::string trace = delivery.trace.hex;
  const bool taken = log_.store(std::move(delivery), [this, responder, trace](const Result<store::Stored>& stored) {
    if (!stored) {
      log::warn("delivery not stored", {{"trace", trace}, {"error", stored.error()}});
      return answer(responder, unavailable("the delivery could not be stored; send it again"));
    }
    answer(responder, *stored == store::Stored::fresh ? http::Response::text(202, "stored")
                                                      : http::Response::text(200, "stored before"));
  });
  if (!taken) answer(responder, unavailable("too much is arriving at once; send it again in a few seconds"));
}

}  // namespace greenroom::ingress
