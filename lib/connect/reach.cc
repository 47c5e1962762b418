#include "lib/connect/reach.h"

#include <algorithm>
#include <array>

#include "lib/base/text.h"
#include "lib/http/client.h"

namespace greenroom::connect {
namespace {

constexpr std::chrono::seconds kPatience{5};

struct Address {
  std::string origin, path;  // "https://ci.example", "/hooks/github"
};

Address address_of(const std::string& url) {
  const auto scheme = url.find("://");
  const auto slash = scheme == std::string::npos ? scheme : url.find('/', scheme + 3);
  if (slash == std::string::npos) return {url, "/"};
  return {url.substr(0, slash), url.substr(slash)};
}

std::string name_in(const std::string& hook) { return hook.substr(hook.rfind('/') + 1); }

// Only this machine itself gets there.
bool is_loopback(const std::string& origin) {
  constexpr std::array<std::string_view, 4> kNames{"://127.", "://localhost", "://[::1]", "://0.0.0.0"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view name) { return origin.find(name) != std::string::npos; });
}

}  // namespace

hosts::Remark examine_reach(const std::string& hook) {
  const auto [origin, path] = address_of(hook);
  const auto answer = http::Client(origin, kPatience).send({"GET", path, {{"User-Agent", "greenroom"}}, ""});
  if (!answer)
    return hosts::missing("Nothing answers at " + hook +
                          " from here: start the webhook service, or set webhook.url to where "
                          "git hosts reach it.");
  if (answer->status == 404)
    return hosts::missing("There is no hook at " + hook + ": set " + name_in(hook) +
                          ".webhook_secret for the webhook service, or mend webhook.url.");
  if (answer->status != 405)
    return hosts::missing("What answers at " + hook + " with " + std::to_string(answer->status) +
                          " is not the webhook service: mend webhook.url, or the proxy before it.");
  const auto ready = http::Client(origin, kPatience).send({"GET", "/readyz", {{"User-Agent", "greenroom"}}, ""});
  if (ready && ready->status == 503)
    return hosts::missing(
        "The webhook service cannot store deliveries now: " + scrub_utf8(trim(ready->body.substr(0, 200))) + ".");
  if (is_loopback(origin) && name_in(hook) != "local")
    return hosts::note("The webhook service answers at " + hook + ", which no git host on another machine reaches.");
  return hosts::fine("The webhook service answers at " + hook + ".");
}

}  // namespace greenroom::connect
