#include "lib/base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "lib/base/text.h"

namespace greenroom::log {
namespace {

std::string line(std::string_view event, Fields fields) {
  std::string out(event);
  for (const auto& field : fields) {
    std::string value = shorten(scrub_utf8(field.value), 2000);
    for (char& c : value) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '"') c = ' ';
    }
    out += " " + field.key + "=";
    out += value.find(' ') == std::string::npos && !value.empty() ? value : "\"" + value + "\"";
  }
  return out;
}

void write(spdlog::level::level_enum level, std::string_view event, Fields fields) {
  auto* logger = spdlog::default_logger_raw();
  if (logger->should_log(level)) logger->log(level, line(event, fields));
}

}  // namespace

void start(std::string_view service, std::string_view level) {
  auto logger =
      std::make_shared<spdlog::logger>(std::string(service), std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l service=%n %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(std::string(level)));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

void debug(std::string_view event, Fields fields) { write(spdlog::level::debug, event, fields); }
void info(std::string_view event, Fields fields) { write(spdlog::level::info, event, fields); }
void warn(std::string_view event, Fields fields) { write(spdlog::level::warn, event, fields); }
void error(std::string_view event, Fields fields) { write(spdlog::level::err, event, fields); }

}  // namespace greenroom::log
