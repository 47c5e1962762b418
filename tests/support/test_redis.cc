#include "tests/support/test_redis.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

std::vector<char*> argv_of(std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  return argv;
}

int spawn(std::vector<std::string> words, const std::string& log) {
  const auto argv = argv_of(words);
  const int pid = ::fork();
  if (pid != 0) return pid;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(out, 1);
  ::dup2(out, 2);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

TestRedis::TestRedis(std::vector<std::string> settings) : settings_(std::move(settings)) { start(); }
TestRedis::~TestRedis() { stop(); }

redis::Options TestRedis::options() const {
  redis::Options options;
  options.unix_socket = directory_ / "redis.sock";
  return options;
}

void TestRedis::start() {
  std::vector<std::string> words{"/usr/bin/redis-server",
                                 "--port",
                                 "0",
                                 "--unixsocket",
                                 directory_ / "redis.sock",
                                 "--dir",
                                 directory_.path(),
                                 "--save",
                                 "",
                                 "--appendonly",
                                 "no"};
  words.insert(words.end(), settings_.begin(), settings_.end());
  pid_ = spawn(std::move(words), directory_ / "redis.log");
  const auto answers = [this] {
    if (::waitpid(pid_, nullptr, WNOHANG) == pid_) {
      throw std::runtime_error("redis-server did not start: " + directory_.read("redis.log"));
    }
    const auto pinged = client().ping();
    return pinged || pinged.error().kind == ErrorKind::rejected;  // it wants a sign-in: it runs
  };
  if (!wait_until(answers)) throw std::runtime_error("redis-server did not start: " + directory_.read("redis.log"));
}

void TestRedis::signal(int number) {
  if (pid_ > 0) ::kill(pid_, number);
}

void TestRedis::stop() {
  signal(SIGKILL);
  if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
  ::unlink((directory_ / "redis.sock").c_str());
}

void TestRedis::pause() { signal(SIGSTOP); }
void TestRedis::resume() { signal(SIGCONT); }

}  // namespace greenroom::testing
