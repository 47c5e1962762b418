#include "lib/http/client.h"

#include <cpprest/http_client.h>

#include "lib/base/text.h"

// cpprestsdk closes a lost connection's streams in tasks of its own pool. A process that ends meanwhile drops them, and
// with them what they hold: a leak of memory that nobody could use any more. Clang and GCC ask this function by name.
// NOLINTBEGIN(bugprone-reserved-identifier): the sanitizer's name, not ours.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:Concurrency::streams::\nleak:pplx::details::"; }
// NOLINTEND(bugprone-reserved-identifier)

namespace greenroom::http {

namespace rest = web::http;

struct Client::Impl {
  std::string url;
  rest::client::http_client_config config;
  rest::client::http_client reading;  // its pool keeps connections
  Impl(const std::string& base, const rest::client::http_client_config& how)
      : url(base), config(how), reading(base, how) {}

  pplx::task<rest::http_response> send(const rest::http_request& request) {
    const bool reads = request.method() == "GET" || request.method() == "HEAD";
    return reads ? reading.request(request) : rest::client::http_client(url, config).request(request);
  }
};

Client::Client(std::string base_url, std::chrono::milliseconds timeout) {
  rest::client::http_client_config config;
  config.set_timeout(timeout);
  config.set_chunksize(64 * 1024);
  config.set_max_redirects(0);  // a 3xx is an answer: nobody sends our headers somewhere else
  try {
    impl_ = std::make_unique<Impl>(base_url, config);
  } catch (const std::exception&) {
    impl_ = nullptr;  // send() says so
  }
}
Client::~Client() = default;

namespace {

constexpr std::size_t kMaxBody = 32u << 20;

rest::http_request request_of(const ClientRequest& wanted) {
  rest::http_request request(wanted.method);
  request.set_request_uri(web::uri(wanted.path));
  if (!wanted.body.empty()) request.set_body(wanted.body, "application/octet-stream");
  for (const auto& [name, value] : wanted.headers) {
    request.headers().remove(name);
    request.headers().add(name, value);
  }
  return request;
}

// Before a connection stood nothing can have happened at the other side.
bool could_not_connect(const std::string& message) {
  return message.find("onnection refused") != std::string::npos || message.find("esolv") != std::string::npos ||
         message.find("ailed to connect") != std::string::npos || message.find("not found") != std::string::npos;
}

}  // namespace

Result<Response> Client::send(const ClientRequest& wanted) {
  if (!impl_) return user_fault("the base URL is not one: it looks like http://host:port");
  try {
    const rest::http_response answer = impl_->send(request_of(wanted)).get();
    if (answer.headers().content_length() > kMaxBody) return rejected("the answer is larger than 32 MiB");
    Response response;
    response.status = answer.status_code();
    for (const auto& [name, value] : answer.headers()) response.headers.emplace_back(to_lower_ascii(name), value);
    const auto bytes = answer.extract_vector().get();
    if (bytes.size() > kMaxBody) return rejected("the answer is larger than 32 MiB");
    response.body.assign(bytes.begin(), bytes.end());
    return response;
  } catch (const web::uri_exception& error) {
    return user_fault(std::string("not a URL: ") + error.what());
  } catch (const std::exception& error) {
    const std::string message = error.what();
    if (could_not_connect(message)) return transient("cannot connect: " + message);
    return in_doubt("the connection was lost: " + message);
  }
}

}  // namespace greenroom::http
