// The runner: leases jobs and runs their checks in the sandbox. It holds no token of any git host and refuses root.

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

#include "lib/base/log.h"
#include "lib/sandbox/root_filesystem.h"
#include "lib/sandbox/sandbox.h"
#include "lib/service/probes.h"
#include "lib/service/service.h"
#include "services/runner/slot.h"

namespace greenroom::runner {
namespace {

constexpr std::string_view kName = "runner";

work::Settings settings_of(const config::Config& config, const sandbox::RootFilesystem& root) {
  work::Settings settings;
  settings.directory = config.text("state.directory") + "/runner";
  settings.git_root = config.text("local.git_root");
  settings.parallel = static_cast<int>(std::max<std::int64_t>(1, config.integer("runner.parallel")));
  settings.toolbox = checks::find_tools(config.text("tools.directory"), root.path);
  settings.config = config;
  settings.execute = sandbox::executor_on(root);
  settings.root_filesystem = root.label;
  return settings;
}

std::string name_of_this(const config::Config& config) {
  if (const std::string name = config.text("runner.name"); !name.empty()) return name;
  char host[256] = "";
  ::gethostname(host, sizeof host - 1);
  return std::string(host) + "-" + std::to_string(::getpid());
}

// Fails closed: a machine that cannot hold a guarantee that the operator requires runs nothing.
bool safe_enough(const std::vector<std::string>& required, const sandbox::RootFilesystem& root, Measures& measures) {
  bool safe = true;
  const auto guarantees = sandbox::probe(root.path);
  for (const std::string& name : required) {
    if (std::any_of(guarantees.begin(), guarantees.end(), [&](const auto& each) { return each.name == name; }))
      continue;
    log::error("runner.require names no guarantee of the sandbox", {{"guarantee", name}});
    safe = false;
  }
  for (const sandbox::Guarantee& guarantee : guarantees) {
    measures.guarantee(guarantee);
    if (guarantee.held) continue;
    const bool must = std::find(required.begin(), required.end(), guarantee.name) != required.end();
    log::warn("sandbox guarantee missing",
              {{"guarantee", guarantee.name}, {"detail", guarantee.detail}, {"required", must ? "yes" : "no"}});
    safe = safe && !must;
  }
  return safe;
}

Result<std::vector<SlotOptions>> slots_of(const config::Config& config, const work::Settings& settings) {
  const std::string name = name_of_this(config);
  const auto count = std::max<std::int64_t>(1, config.integer("runner.slots"));
  std::vector<SlotOptions> slots;
  for (std::int64_t number = 0; number < count; ++number) {
    GREENROOM_TRY(directory, work::SlotDirectory::take(settings.directory));
    slots.push_back({name + "/" + std::to_string(number), service::redis_of(config), std::move(directory),
                     static_cast<int>(std::max<std::int64_t>(0, config.integer("runner.repository_slots")))});
  }
  return slots;
}

Result<void> serve(const config::Config& config) {
  Measures measures;
  GREENROOM_TRY(root, sandbox::open_root_filesystem(config.text("sandbox.root")));
  if (!safe_enough(config.list("runner.require"), root, measures))
    return rejected(
        "this machine cannot give a sandbox guarantee that runner.require asks for: see above, or run 'greenroom "
        "doctor'");
  const work::Settings settings = settings_of(config, root);
  GREENROOM_TRY(slots, slots_of(config, settings));
  pg::Pool db(service::database_of(config, kName), slots.size() * static_cast<std::size_t>(2 + settings.parallel));
  std::atomic<bool> stop = false;
  const std::function<bool()> stopping = [&stop] { return stop.load(); };
  measures.slots(slots.size());
  service::DatabaseProbe database(service::database_of(config, kName));
  const auto hindrance = [&] { return stop ? "this process is shutting down" : database.hindrance(); };
  GREENROOM_TRY(probes,
                service::open_probe_port(config, "runner.listen", {hindrance, [&] { return measures.text(); }}));
  std::vector<std::jthread> threads;
  for (SlotOptions& slot : slots) {
    threads.emplace_back(
        [&, mine = std::move(slot)]() mutable { run_slot(std::move(mine), settings, db, measures, stopping); });
  }
  const auto ready = service::ReadyFile::make(config, kName);
  if (ready) {
    log::info("runner is ready", {{"slots", threads.size()}, {"tools", settings.toolbox.size()}, {"root", root.label}});
    service::await_ending();
  }
  stop = true;
  threads.clear();  // joined before what they use goes
  if (!ready) return tl::unexpected(ready.error());
  return {};
}

}  // namespace
}  // namespace greenroom::runner

int main() {
  if (::geteuid() == 0) {
    greenroom::log::start("runner");
    greenroom::log::error("the runner refuses to run as root: it runs strangers' code. Start it as a user of its own");
    return 1;
  }
  return greenroom::service::run(greenroom::runner::kName, greenroom::runner::serve);
}
