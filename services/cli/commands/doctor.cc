// What this machine and this configuration can do, one line each, with what to do about what is missing: first for
// checks at home, then for a server, then for the sandbox that a server's runner needs.

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <iomanip>
#include <iostream>

#include "lib/base/nearest.h"
#include "lib/checks/check.h"
#include "lib/pg/query.h"
#include "lib/redis/redis.h"
#include "lib/sandbox/root_filesystem.h"
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

void tools(Findings& findings, const config::Config& config, const std::string& root = {}) {
  const auto toolbox = checks::find_tools(config.text("tools.directory"), root);
  for (const auto& tool : toolbox) findings.fine(tool.name + " " + tool.version);
  for (const auto& check : checks::all_checks()) {
    const std::string_view tool = check.name == "greenroom" ? "python3" : check.name;
    if (std::none_of(toolbox.begin(), toolbox.end(), [&](const auto& each) { return each.name == tool; }))
      findings.note(std::string(tool) + " is not installed: the check is left out");
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

void for_check(Findings& findings, const config::Config& config) {
  std::cout << "For 'greenroom check':\n";
  findings.fine("configuration");
  if (const auto templates = templates_directory(config); templates)
    findings.fine("lessons in " + *templates);
  else
    findings.missing(templates.error().message);
  tools(findings, config);
}

void for_server(Findings& findings, const config::Config& config) {
  std::cout << "For a server:\n";
  database(findings);
  redis_server(findings, config);
  disk(findings, config);
}

bool is_required(const config::Config& config, const std::string& guarantee) {
  const auto required = config.list("runner.require");
  return std::find(required.begin(), required.end(), guarantee) != required.end();
}

void for_sandbox(Findings& findings, const config::Config& config) {
  std::cout << "For a server's sandbox:\n";
  if (geteuid() == 0) return findings.note("not tried as root; run this as the runner's own user");
  const auto root = sandbox::open_root_filesystem(config.text("sandbox.root"));
  if (!root) return findings.missing(root.error().message);
  findings.fine("jobs see " + root->label);
  if (!root->path.empty()) tools(findings, config, root->path);
  for (const auto& guarantee : sandbox::probe(root->path)) {
    const std::string line = "sandbox " + guarantee.name + (guarantee.detail.empty() ? "" : ": " + guarantee.detail);
    if (guarantee.held)
      findings.fine(line);
    else if (is_required(config, guarantee.name))
      findings.missing(line);
    else
      findings.note(line);
  }
}

// A table of its own: who asks for it wants to see what holds, and how.
Result<int> sandbox_table(const config::Config& config) {
  if (geteuid() == 0) return user_fault("the sandbox refuses root; run this as the runner's own user");
  GREENROOM_TRY(root, sandbox::open_root_filesystem(config.text("sandbox.root")));
  std::cout << "Jobs see " << root.label << (root.path.empty() ? "" : ", " + root.path) << ".\n";
  const auto row = [](const std::string& guarantee, const std::string& holds, const std::string& how) {
    std::cout << std::left << std::setw(20) << guarantee << std::setw(16) << holds << how << "\n";
  };
  row("guarantee", "holds", "how, or why not");
  bool fine = true;
  for (const auto& guarantee : sandbox::probe(root.path)) {
    const bool missed = !guarantee.held && is_required(config, guarantee.name);
    row(guarantee.name, guarantee.held ? "yes" : missed ? "no, but has to" : "no", guarantee.detail);
    fine = fine && !missed;
  }
  if (!fine) std::cout << "A runner does not start without what has to hold (runner.require).\n";
  return fine ? kFine : kAttention;
}

int conclude(const Findings& findings, const std::string& what) {
  if (findings.count() == 0)
    std::cout << "All that " << what << " needs is here.\n";
  else
    std::cout << "What is marked MISS has to be mended first.\n";
  return findings.count() == 0 ? kFine : kAttention;
}

// Who named no database wants to check at home: a server's parts are nothing that they miss.
Result<int> whole(const config::Config& config) {
  Findings findings;
  for_check(findings, config);
  if (config.origin("database.conninfo") == "default") {
    std::cout << "For a server:\n";
    findings.note("no database is configured (database.conninfo); 'greenroom doctor server' looks all the same");
    return conclude(findings, "'greenroom check'");
  }
  for_server(findings, config);
  for_sandbox(findings, config);
  return conclude(findings, "Greenroom");
}

Result<int> run(const Arguments& arguments) {
  GREENROOM_TRY(config, config::Config::from_environment());
  const std::string what = arguments.text("what", "all");
  Findings findings;
  if (what == "all") return whole(config);
  if (what == "sandbox") return sandbox_table(config);
  if (what == "check") {
    for_check(findings, config);
    return conclude(findings, "'greenroom check'");
  }
  if (what != "server")
    return user_fault("'" + what + "' is not one of check, server, sandbox" +
                      did_you_mean(what, {"check", "server", "sandbox"}));
  for_server(findings, config);
  for_sandbox(findings, config);
  return conclude(findings, "a server");
}

}  // namespace

Command command_doctor() {
  return {"doctor",
          "Say what this machine and this configuration can do.",
          {{"what",
            "check: what 'greenroom check' needs; server: what a server needs; sandbox: a table of what holds; without "
            "it, all that this configuration is for",
            Positional::Count::optional}},
          {},
          run};
}

}  // namespace greenroom::cli
