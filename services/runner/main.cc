// The runner: leases jobs and runs their checks in the sandbox. It holds no token of any git host and refuses root.

#include <sys/prctl.h>
#include <unistd.h>

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

std::string name_of_this(const config::Config& config) {
  if (const std::string name = config.text("runner.name"); !name.empty()) return name;
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  return std::string(host) + "-" + std::to_string(getpid());
}

// Fails closed: a machine that cannot hold a guarantee that the operator requires runs nothing.
bool safe_enough(const std::vector<std::string>& required) {
  bool safe = true;
  for (const sandbox::Guarantee& guarantee : sandbox::probe()) {
    const bool must = std::find(required.begin(), required.end(), guarantee.name) != required.end();
    if (guarantee.held) continue;
    log::warn("sandbox guarantee missing", {{"guarantee", guarantee.name}, {"detail", guarantee.detail}, {"required", must ? "yes" : "no"}});
    safe = safe && !must;
  }
  return safe;
}

int serve(const config::Config& config) {
  const std::string state = config.text("state.directory");
  const std::string ready = state + "/run/runner.ready";
  const work::Settings settings{state + "/runner", config.text("local.git_root"), static_cast<int>(config.integer("runner.parallel")),
                                checks::find_tools(config.text("tools.directory")), config};
  const int slots = static_cast<int>(config.integer("runner.slots"));
  pg::Pool db(database_of(config), static_cast<std::size_t>(slots * (2 + settings.parallel)));
  std::atomic<bool> stop = false;
  const std::string name = name_of_this(config);
  std::vector<std::jthread> threads;
  for (int number = 0; number < slots; ++number)
    threads.emplace_back([&, number] {
      run_slot({name + "/" + std::to_string(number), redis_of(config), number}, settings, db, [&] { return stop.load(); });
    });
  std::ofstream(ready) << getpid() << "\n";
  log::info("runner is ready", {{"name", name}, {"slots", slots}, {"tools", settings.toolbox.size()}});
  sigset_t endings;
  sigemptyset(&endings);
  sigaddset(&endings, SIGTERM);
  sigaddset(&endings, SIGINT);
  int number = 0;
  sigwait(&endings, &number);
  log::info("runner is stopping", {{"signal", number}});
  stop = true;
  threads.clear();
  std::error_code ignored;
  std::filesystem::remove(ready, ignored);
  return 0;
}

int start() {
  log::start("runner");
  if (geteuid() == 0) {
    log::error("the runner refuses to run as root: it runs strangers' code. Start it as a user of its own");
    return 1;
  }
  prctl(PR_SET_DUMPABLE, 0);  // what it holds must not be read through /proc by another process of the same user
  const auto config = config::Config::from_environment();
  if (!config) {
    log::error("configuration", {{"error", config.error()}});
    return 2;
  }
  log::start("runner", config->text("log.level"));
  if (!safe_enough(config->list("runner.require"))) {
    log::error("this machine cannot give a sandbox guarantee that runner.require asks for: see above, or run 'greenroom doctor'");
    return 1;
  }
  return serve(*config);
}

}  // namespace
}  // namespace greenroom::runner

int main() {
  // Before any thread: all of them leave these two signals to main's sigwait.
  sigset_t endings;
  sigemptyset(&endings);
  sigaddset(&endings, SIGTERM);
  sigaddset(&endings, SIGINT);
  pthread_sigmask(SIG_BLOCK, &endings, nullptr);
  return greenroom::runner::start();
}
