#include "lib/bot/measures.h"

#include <array>

#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

constexpr const char* kFound = "greenroom_bot_poll_found_total";
constexpr const char* kFoundHelp = "Events that no webhook brought and polling found.";

struct Gauge {
  std::string_view column;
  const char* name;
  const char* help;
  metrics::Labels labels;
};

std::string backlog(const pg::Row& row) {
  constexpr const char* kDead = "greenroom_bot_dead_letters";
  constexpr const char* kDeadHelp = "What was given up in the last 7 days.";
  const std::array gauges{
      Gauge{
          "deliveries_waiting", "greenroom_bot_deliveries_waiting", "Stored deliveries that no bot has read yet.", {}},
      Gauge{"effects_waiting", "greenroom_bot_effects_waiting", "Effects on their way to a git host.", {}},
      Gauge{
          "effects_failed", "greenroom_bot_effects_failed", "Effects that a git host refused in the last 7 days.", {}},
      Gauge{"deliveries_dead", kDead, kDeadHelp, {{"kind", "delivery"}}},
      Gauge{"jobs_dead", kDead, kDeadHelp, {{"kind", "job"}}}};
  metrics::Registry now;
  for (const Gauge& gauge : gauges)
    now.set(gauge.name, gauge.help, static_cast<double>(row.integer(gauge.column)), gauge.labels);
  return now.text();
}

}  // namespace

Measures::Measures() { poll_found(0); }

void Measures::poll_found(int missing) { registry_.count(kFound, kFoundHelp, {}, missing); }

void Measures::step_failed(std::string_view step) {
  registry_.count("greenroom_bot_step_failures_total", "Steps that failed and are tried again.",
                  {{"step", std::string(step)}});
}

std::string Measures::text(pg::Pool& pool) const {
  const auto rows = pool.run(pg::query("bot/backlog"));
  return registry_.text() + (rows ? backlog((*rows)[0]) : "");
}

}  // namespace greenroom::bot
