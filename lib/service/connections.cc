#include <charconv>

#include "lib/service/service.h"

namespace greenroom::service {

pg::Options database_of(const config::Config& config, std::string_view service) {
  const std::string role = "greenroom_" + std::string(service), named = config.text("database.user");
  pg::Options options;
  options.conninfo = config.text("database.conninfo") + " user=" + (named.empty() ? role : named);
  options.password = config.secret("database.password");
  options.application_name = "greenroom-" + std::string(service);
  return options;
}

redis::Options redis_of(const config::Config& config) {
  redis::Options options;
  options.host = config.text("redis.host");
  options.port = static_cast<int>(config.integer("redis.port"));
  options.unix_socket = config.text("redis.socket");
  options.username = config.text("redis.username");
  options.password = config.secret("redis.password");
  return options;
}

Result<http::ServerOptions> listen_at(const config::Config& config, std::string_view key) {
  const std::string listen = config.text(key);
  const auto colon = listen.rfind(':');
  const char* const end = listen.data() + listen.size();
  http::ServerOptions options;
  const auto read = std::from_chars(listen.data() + (colon == std::string::npos ? 0 : colon + 1), end, options.port);
  if (colon == std::string::npos || read.ec != std::errc() || read.ptr != end)
    return user_fault(std::string(key) + " is '" + listen + "'; it is an address and a port, as in 127.0.0.1:8080");
  options.address = listen.substr(0, colon);
  return options;
}

}  // namespace greenroom::service
