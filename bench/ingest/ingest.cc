// How many deliveries a second the webhook stores for good, over what Postgres alone stores of the same payload: the
// real process, with signatures, HTTP and parsing, against pgbench's prepared insert into a table of the same
// definition, with as many clients, in turn, on one Postgres with fsync.

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "bench/figure.h"
#include "bench/ingest/load.h"
#include "lib/base/hash.h"
#include "lib/hosts/local/payload.h"
#include "lib/process/process.h"
#include "tests/line/child.h"
#include "tests/line/ports.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_database.h"
#include "tests/support/wait.h"

namespace greenroom::bench {
namespace {

constexpr int kClients = 16, kRounds = 5, kDeliveries = 8000;
constexpr std::size_t kDescription = 9500;  // makes the payload 10 KB
constexpr double kAllowedMilliseconds = 250;
const Secret kSecret("the secret of this benchmark");

// Compresses about as well as prose does: words drawn from a vocabulary.
std::string prose(std::size_t bytes) {
  std::vector<std::string> words;
  for (int i = 0; i < 800; ++i) words.push_back(random_hex(static_cast<std::size_t>(1 + i % 5)));
  std::string text;
  unsigned state = 1;
  while (text.size() < bytes) text += words[(state = state * 1103515245u + 12345u) / 65536u % words.size()] + " ";
  return text;
}

model::Event push(std::int64_t number, const std::string& description) {
  model::Event event;
  event.kind = model::EventKind::change_updated;
  event.repository = {"local", 1, "practice/shotlist", "main"};
  event.actor = {2, "maya", "Maya", model::Account::Kind::person};
  event.at = system_clock().now();
  model::ChangeFacts change;
  change.number = number;
  change.title = "Collect shots";
  change.description = description;
  change.head_ref = "maya/collect";
  change.base_ref = "main";
  change.head_sha = random_hex(20);
  change.base_sha = std::string(40, 'b');
  change.author = event.actor;
  event.change = change;
  return event;
}

std::vector<std::string> requests(const std::string& description) {
  std::vector<std::string> all;
  for (int i = 0; i < kDeliveries; ++i) {
    const auto delivery = hosts::local::sign(push(i + 1, description), kSecret);
    std::string request = "POST /hooks/local HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (const auto& [name, value] : delivery.headers) request += name + ": " + value + "\r\n";
    all.push_back(request + "Content-Length: " + std::to_string(delivery.body.size()) + "\r\n\r\n" + delivery.body);
  }
  return all;
}

// "tps = 3456.78 (without initial connection time)"
double rate_in(const std::string& output) {
  const auto at = output.find("tps = ");
  if (at == std::string::npos) throw std::runtime_error("pgbench says no rate:\n" + output);
  return std::strtod(output.c_str() + at + 6, nullptr);
}

std::string pgbench_program() {
  for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql"))
    if (std::filesystem::exists(version.path() / "bin/pgbench")) return (version.path() / "bin/pgbench").string();
  throw std::runtime_error("pgbench is not installed: run ./dev packages");
}

// The payload is a variable, so that it travels with every insert as it does for the webhook.
constexpr const char* kInsert =
    "INSERT INTO raw_delivery (trace_id, host, host_delivery, event_name, semantic_key, headers, body) VALUES "
    "(replace(gen_random_uuid()::text, '-', ''), 'local', gen_random_uuid()::text, 'change_updated', "
    "gen_random_uuid()::text, "
    "'{\"content-type\": \"application/json\"}', convert_to(:payload, 'UTF8'));\n";

double raw_rate(const testing::TestDatabase& database, const std::string& script, const std::string& payload) {
  process::Command command;
  command.argv = {pgbench_program(),
                  "-n",
                  "-M",
                  "prepared",
                  "-c",
                  std::to_string(kClients),
                  "-j",
                  "2",
                  "-t",
                  std::to_string(kDeliveries / kClients),
                  "-D",
                  "payload=" + payload,
                  "-f",
                  script,
                  database.conninfo() + " user=greenroom"};
  command.environment = {{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
  const auto outcome = process::run(command);
  if (!outcome || !outcome->ok())
    throw std::runtime_error("pgbench failed: " + (outcome ? outcome->err.joined() : outcome.error().describe()));
  return rate_in(outcome->out.joined());
}

class Webhook {
 public:
  explicit Webhook(const testing::TestDatabase& database) : port_(testing::free_port()) {
    std::filesystem::create_directories(directory_ / "run");
    directory_.write("webhook.yml", "state: {directory: \"" + directory_.path() + "\"}\ndatabase: {conninfo: \"" +
                                        database.conninfo() +
                                        "\"}\nwebhook: {listen: \"127.0.0.1:" + std::to_string(port_) +
                                        "\"}\nlocal: {webhook_secret: \"" + kSecret.reveal() + "\"}\n");
    process_.emplace(std::vector<std::string>{GREENROOM_BINARY_DIR "/bin/greenroom-webhook"},
                     std::map<std::string, std::string>{{"GREENROOM_CONFIG", directory_ / "webhook.yml"}},
                     directory_ / "log");
    if (!testing::wait_until(
            [&] { return std::filesystem::exists(directory_ / "run/webhook.ready") || !process_->running(); }) ||
        !process_->running())
      throw std::runtime_error("the webhook does not start:\n" + directory_.read("log"));
  }
  unsigned short port() const { return static_cast<unsigned short>(port_); }

 private:
  testing::TempDirectory directory_;
  int port_;
  std::optional<testing::Child> process_;
};

int run() {
  testing::TestDatabase database;
  testing::TempDirectory directory;
  database.script("CREATE TABLE raw_delivery (LIKE delivery INCLUDING ALL)");
  directory.write("insert.sql", kInsert);
  const std::string description = prose(kDescription);
  const std::string payload = hosts::local::encode(push(1, description));
  const auto deliveries = requests(description);
  const Webhook webhook(database);
  std::vector<double> stored, raw, latency;
  for (int round = 0; round < kRounds; ++round) {
    database.script("TRUNCATE raw_delivery, delivery CASCADE; CHECKPOINT");
    raw.push_back(raw_rate(database, directory / "insert.sql", payload));
    database.script("TRUNCATE raw_delivery, delivery CASCADE; CHECKPOINT");
    const Load load = send_all(webhook.port(), deliveries, kClients);
    const std::string rows = database.answer("SELECT count(*) AS answer FROM delivery");
    if (load.refused > 0 || rows != std::to_string(kDeliveries))
      throw std::runtime_error(std::to_string(load.refused) + " deliveries were refused; " + rows + " of " +
                               std::to_string(kDeliveries) + " stand");
    stored.push_back(load.per_second);
    latency.insert(latency.end(), load.milliseconds.begin(), load.milliseconds.end());
  }
  const bool fast = report({"ingest", median(stored), "deliveries/s", median(raw), Direction::at_least, 0.5});
  const bool prompt =
      report({"ingest 99th percentile", quantile(latency, 0.99), "ms", kAllowedMilliseconds, Direction::at_most, 1});
  return fast && prompt ? kMet : kMissed;
}

}  // namespace
}  // namespace greenroom::bench

int main() {
  try {
    return greenroom::bench::run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ingest: %s\n", error.what());
    return greenroom::bench::kCannotRun;
  }
}
