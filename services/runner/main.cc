// The runner: leases jobs and runs their checks in the sandbox. It holds no token of any git host and refuses root.

#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "lib/base/log.h"
#include "lib/config/config.h"
#include "lib/sandbox/sandbox.h"
#include "services/runner/slot.h"

namespace greenroom::runner {
namespace {

pg::Options database_of(const config::Config& config) {
  const std::string user = config.text("database.user");
  pg::Options options;
  options.conninfo = config.text("database.conninfo") + " user=" + (user.empty() ? "greenroom_runner" : user);
  options.password = config.secret("database.password");
  options.application_name = "greenroom-runner";
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

work::Settings settings_of(const config::Config& config) {
  work::Settings settings;
  settings.directory = config.text("state.directory") + "/runner";
  settings.git_root = config.text("local.git_root");
  settings.parallel = static_cast<int>(std::max<std::int64_t>(1, config.integer("runner.parallel")));
  settings.toolbox = checks::find_tools(config.text("tools.directory"));
  settings.config = config;
  settings.execute = sandbox::execute;
  return settings;
}

std::string name_of_this(const config::Config& config) {
  if (const std::string name = config.text("runner.name"); !name.empty()) return name;
  char host[256] = "";
  ::gethostname(host, sizeof host - 1);
  return std::string(host) + "-" + std::to_string(::getpid());
}

// Fails closed: a machine that cannot hold a guarantee that the operator requires runs nothing.
bool safe_enough(const std::vector<std::string>& required) {
  bool safe = true;
  const auto guarantees = sandbox::probe();
  for (const std::string& name : required) {
    if (std::any_of(guarantees.begin(), guarantees.end(), [&](const auto& each) { return each.name == name; }))
      continue;
    log::error("runner.require names no guarantee of the sandbox", {{"guarantee", name}});
    safe = false;
  }
  for (const sandbox::Guarantee& guarantee : guarantees) {
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
    slots.push_back({name + "/" + std::to_string(number), redis_of(config), std::move(directory)});
  }
  return slots;
}

sigset_t endings() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// The file that says "ready" to whoever started us; it goes first when we leave.
class ReadyFile {
 public:
  explicit ReadyFile(const config::Config& config) : path_(config.text("state.directory") + "/run/runner.ready") {
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(path_).parent_path(), ignored);
    std::ofstream file(path_);
    file << ::getpid() << "\n";
    if (!file.flush()) log::warn("cannot write the ready file", {{"path", path_}});
  }
  ~ReadyFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  ReadyFile(const ReadyFile&) = delete;
  ReadyFile& operator=(const ReadyFile&) = delete;

 private:
  const std::string path_;
};

int serve(const config::Config& config) {
  const work::Settings settings = settings_of(config);
  auto slots = slots_of(config, settings);
  if (!slots) {
    log::error("cannot start", {{"error", slots.error()}});
    return 1;
  }
  pg::Pool db(database_of(config), slots->size() * static_cast<std::size_t>(2 + settings.parallel));
  std::atomic<bool> stop = false;
  const std::function<bool()> stopping = [&stop] { return stop.load(); };
  std::vector<std::jthread> threads;
  for (SlotOptions& slot : *slots) {
    threads.emplace_back([&, mine = std::move(slot)]() mutable { run_slot(std::move(mine), settings, db, stopping); });
  }
  log::info("runner is ready", {{"slots", threads.size()}, {"tools", settings.toolbox.size()}});
  {
    const ReadyFile ready(config);
    const sigset_t signals = endings();
    int number = 0;
    sigwait(&signals, &number);
    log::info("runner is stopping", {{"signal", number}});
  }
  stop = true;
  return 0;  // the threads are joined here, before what they use goes
}

int start() {
  log::start("runner");
  if (::geteuid() == 0) {
    log::error("the runner refuses to run as root: it runs strangers' code. Start it as a user of its own");
    return 1;
  }
  ::prctl(PR_SET_DUMPABLE, 0);  // what it holds must not be read through /proc by another process of the same user
  const auto config = config::Config::from_environment();
  if (!config) {
    log::error("configuration", {{"error", config.error()}});
    return 2;
  }
  log::start("runner", config->text("log.level"));
  if (!safe_enough(config->list("runner.require"))) {
    log::error(
        "this machine cannot give a sandbox guarantee that runner.require asks for: see above, or run 'greenroom "
        "doctor'");
    return 1;
  }
  return serve(*config);
}

}  // namespace
}  // namespace greenroom::runner

int main() {
  // Before any thread: all of them leave these signals to main's sigwait. A peer that hangs up is an error, no signal.
  const sigset_t signals = greenroom::runner::endings();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return greenroom::runner::start();
}
