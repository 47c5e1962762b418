// What this machine and this configuration can do, one line each, with what to do about what is missing.

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "lib/checks/check.h"
#include "lib/pg/query.h"
#include "lib/redis/redis.h"
#include "lib/sandbox/sandbox.h"
#include "services/cli/commands.h"
#include "services/cli/database.h"
#include "services/cli/terminal.h"

namespace greenroom::cli {
namespace {

class Findings {
 public:
  void fine(const std::string& what) { std::cout << "  ok    " << what << "\n"; }
  void note(const std::string& what) { std::cout << "  note  " << what << "\n"; }
  void missing(const std::string& what) {
    std::cout << "  MISS  " << what << "\n";
    ++missing_;
  }
  int count() const { return missing_; }

 private:
  int missing_ = 0;
};

void database(Findings& findings) {
  auto session = open_session();
  if (!session) return findings.missing("Postgres: " + session.error().describe());
  const auto newest = pg::all_migrations().empty() ? 0 : pg::all_migrations().back().number;
  const auto rows = session->db->run(pg::query("explain/schema"));
  if (!rows) return findings.missing("Postgres: no schema yet; run 'greenroom migrate'");
  const auto number = (*rows)[0].integer("number");
  if (number < newest)
    return findings.missing("Postgres: schema " + std::to_string(number) + " of " + std::to_string(newest) +
                            "; run 'greenroom migrate'");
  findings.fine("Postgres, schema " + std::to_string(number));
}

void redis_server(Findings& findings, const config::Config& config) {
  redis::Options options;
  options.host = config.text("redis.host");
  options.port = static_cast<int>(config.integer("redis.port"));
  options.unix_socket = config.text("redis.socket");
  options.username = config.text("redis.username");
  options.password = config.secret("redis.password");
  const auto answer = redis::Client(options).ping();
  if (answer) return findings.fine("Redis");
  findings.note("Redis: " + answer.error().describe() + "; work goes on without it, more slowly");
}

void tools(Findings& findings, const config::Config& config) {
  const auto toolbox = checks::find_tools(config.text("tools.directory"));
  for (const auto& tool : toolbox) findings.fine(tool.name + " " + tool.version);
  for (const auto& check : checks::all_checks()) {
    const std::string_view tool = check.name == "greenroom" ? "python3" : check.name;
    if (std::none_of(toolbox.begin(), toolbox.end(), [&](const auto& each) { return each.name == tool; }))
      findings.note(std::string(tool) + " is not installed: the check is left out");
  }
}

void sandbox_guarantees(Findings& findings, const config::Config& config) {
  if (geteuid() == 0) return findings.note("sandbox: not tried as root; run this as the runner's own user");
  const auto required = config.list("runner.require");
  for (const auto& guarantee : sandbox::probe()) {
    const std::string line = "sandbox " + guarantee.name + (guarantee.detail.empty() ? "" : ": " + guarantee.detail);
    if (guarantee.held)
      findings.fine(line);
    else if (std::find(required.begin(), required.end(), guarantee.name) != required.end())
      findings.missing(line);
    else
      findings.note(line);
  }
}

void disk(Findings& findings, const config::Config& config) {
  const std::string state = config.text("state.directory");
  struct statvfs status {};
  if (statvfs(state.c_str(), &status) != 0) return findings.note(state + " does not exist yet");
  const auto mebibytes = (static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize) >> 20;
  const std::string line = std::to_string(mebibytes) + " MiB free where " + state + " lies";
  if (mebibytes < 1024)
    findings.missing(line + "; a runner needs 1024");
  else
    findings.fine(line);
}

Result<int> run(const Arguments&) {
  Findings findings;
  GREENROOM_TRY(config, config::Config::from_environment());
  findings.fine("configuration");
  if (const auto templates = templates_directory(config); templates)
    findings.fine("lessons in " + *templates);
  else
    findings.missing(templates.error().message);
  database(findings);
  redis_server(findings, config);
  tools(findings, config);
  sandbox_guarantees(findings, config);
  disk(findings, config);
  std::cout << (findings.count() == 0 ? "All that Greenroom needs is here.\n"
                                      : "What is marked MISS has to be mended first.\n");
  return findings.count() == 0 ? kFine : kAttention;
}

}  // namespace

Command command_doctor() { return {"doctor", "Say what this machine and this configuration can do.", {}, {}, run}; }

}  // namespace greenroom::cli
