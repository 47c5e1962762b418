#include <iostream>

#include "lib/config/config.h"
#include "services/cli/commands.h"
#include "services/cli/terminal.h"

namespace greenroom::cli {
namespace {

std::string shown(const config::Config& config, const config::Key& key) {
  switch (key.type) {
    case config::Type::secret: return config.secret(key.name).empty() ? "" : "***";
    case config::Type::integer:
    case config::Type::bytes: return std::to_string(config.integer(key.name));
    case config::Type::boolean: return config.boolean(key.name) ? "true" : "false";
    case config::Type::seconds: return std::to_string(config.seconds(key.name).count());
    case config::Type::list: {
      std::string joined;
      for (const std::string& item : config.list(key.name)) joined += (joined.empty() ? "" : ",") + item;
      return joined;
    }
    default: return config.text(key.name);
  }
}

// The folder that every command reads, as doctor names it.
std::string templates_line(const config::Config& config) {
  const std::string configured = config.text("templates.directory"), origin = config.origin("templates.directory");
  const auto read = templates_directory(config);
  if (!read || *read == configured) return configured + "  (" + origin + ")";
  return *read + "  (beside the program; " + configured + ", " + origin + ", is not there)";
}

Result<int> run(const Arguments& arguments) {
  const std::string what = arguments.text("what", "show");
  if (what == "schema") {
    std::cout << config::json_schema();
    return kFine;
  }
  if (what == "docs") {
    std::cout << config::documentation();
    return kFine;
  }
  if (what != "show") return user_fault("'" + what + "' is not one of show, schema, docs");
  GREENROOM_TRY(config, config::Config::from_environment());
  for (const config::Key& key : config::all_keys()) {
    const bool templates = key.name == "templates.directory";
    std::cout << key.name << " = "
              << (templates ? templates_line(config) : shown(config, key) + "  (" + config.origin(key.name) + ")")
              << "\n";
  }
  return kFine;
}

}  // namespace

Command command_config() {
  return {"config",
          "Show every setting, its value and where the value comes from.",
          {{"what", "show (default), schema: the JSON Schema of .greenroom.yml, docs: the settings as Markdown",
            Positional::Count::optional}},
          {},
          run,
          config::help_text};
}

}  // namespace greenroom::cli
