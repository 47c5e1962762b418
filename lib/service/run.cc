#include <pthread.h>
#include <sys/prctl.h>

#include <csignal>

#include "lib/base/log.h"
#include "lib/service/service.h"

namespace greenroom::service {
namespace {

sigset_t endings() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

bool is_ending() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1;
}

void await_ending() {
  const sigset_t signals = endings();
  int number = 0;
  sigwait(&signals, &number);
  log::info("stopping", {{"signal", number}});
}

int run(std::string_view service, const std::function<Result<void>(const config::Config&)>& serve) {
  // Before any thread, which all inherit it.
  const sigset_t signals = endings();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  ::prctl(PR_SET_DUMPABLE, 0);
  log::start(std::string(service));
  const auto config = config::Config::from_environment();
  if (!config) {
    log::error("configuration", {{"error", config.error()}});
    return 2;
  }
  log::start(std::string(service), config->text("log.level"));
  const auto served = serve(*config);
  if (served) return 0;
  log::error(std::string(service) + " cannot run", {{"error", served.error()}});
  return served.error().kind == ErrorKind::user_fault ? 2 : 1;
}

}  // namespace greenroom::service
