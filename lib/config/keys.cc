// The table of every configuration key. Everything that mentions a key derives from a row here.

#include "lib/config/config.h"

namespace greenroom::config {

using enum Type;
using enum Trust;

const std::vector<Key>& all_keys() {
  static const std::vector<Key> keys{
      {"state.directory", path, "/var/lib/greenroom", "Where services keep what they may lose only on purpose.",
       operator_only},
      {"templates.directory", path, "/usr/share/greenroom/templates", "Lessons, messages and pages.", operator_only},
      {"tools.directory", path, "", "A virtualenv with newer tools (ruff, mypy); empty: only the system's.",
       operator_only},
      {"log.level", text, "info", "debug, info, warn or error.", operator_only},
      {"database.conninfo", text, "host=/run/greenroom dbname=greenroom",
       "libpq connection string without user and password.", operator_only},
      {"database.user", text, "", "Role of this service; empty: greenroom_<service>.", operator_only},
      {"database.password", secret, "", "Password of that role.", operator_only},
      {"redis.host", text, "127.0.0.1", "Redis host.", operator_only},
      {"redis.port", integer, "6379", "Redis port.", operator_only},
      {"redis.socket", path, "", "Unix socket, used instead of host and port.", operator_only},
      {"redis.username", text, "", "ACL user; empty: no sign-in.", operator_only},
      {"redis.password", secret, "", "Password of that user.", operator_only},
      {"webhook.listen", text, "127.0.0.1:8081", "Address and port of the webhook service.", operator_only},
      {"webhook.url", text, "http://127.0.0.1:8081", "Where git hosts reach the webhook service.", operator_only},
      {"webhook.body_limit", bytes, "26214400", "Largest delivery in bytes; larger ones get 413.", operator_only},
      {"dashboard.listen", text, "127.0.0.1:8080", "Address and port of the dashboard.", operator_only},
      {"dashboard.url", text, "http://127.0.0.1:8080",
       "Where people reach the dashboard; links in comments start with it.", operator_only},
      {"bot.marker_key", secret, "", "Key of the hidden markers in comments; never change it while comments stand.",
       operator_only},
      {"bot.poll_seconds", seconds, "60", "How often open changes are compared with the host, to find lost webhooks.",
       operator_only},
      {"local.git_root", path, "", "Directory of the practice host's bare repositories; empty: no practice host.",
       operator_only},
      {"local.webhook_secret", secret, "", "Secret that signs the practice host's deliveries.", operator_only},
      {"local.webhook_secret_previous", secret, "", "The secret before, still accepted during rotation.",
       operator_only},
      {"local.bot_login", text, "greenroom", "The bot's account on the practice host.", operator_only},
      {"runner.name", text, "", "Name shown for this runner; empty: host name and process id.", operator_only},
      {"runner.slots", integer, "1", "Jobs at one time.", operator_only},
      {"runner.parallel", integer, "2", "Checks of one job at one time.", operator_only},
      {"runner.require", list, "network,files,workspace,seccomp",
       "Sandbox guarantees without which the runner refuses to start; 'greenroom doctor' names them.", operator_only},
      {"teaching.inline_cap", integer, "3", "New inline teaching points a push.", repository_may_lower},
      {"checks.enabled", list, "", "Checks to run; empty: whatever fits the files.", repository},
      {"checks.disabled", list, "", "Checks to leave out.", repository},
      {"checks.paths_ignored", list, "", "Path prefixes that no check looks at.", repository},
      {"checks.lint_seconds", seconds, "60", "Wall-clock limit of one lint, type or format check.",
       repository_may_lower},
      {"checks.test_seconds", seconds, "300", "Wall-clock limit of the tests.", repository_may_lower},
      {"checks.memory_bytes", bytes, "1073741824", "Memory of one check.", repository_may_lower},
      {"checks.pytest_paths", list, "", "Where pytest looks; empty: tests/ or the whole repository.", repository},
  };
  return keys;
}

}  // namespace greenroom::config
