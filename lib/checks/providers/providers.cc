#include <algorithm>

#include "lib/base/nearest.h"
#include "lib/base/text.h"
#include "lib/checks/check.h"
#include "lib/checks/providers/provider.h"
#include "lib/checks/trusted.h"

namespace greenroom::checks {
namespace {

Result<void> check_provider_name(const config::Config& settings) {
  std::vector<std::string> names{"auto", "plain"};
  for (const Provider& provider : all_providers()) names.emplace_back(provider.name);
  const std::string wanted = settings.text("environment.provider");
  if (std::find(names.begin(), names.end(), wanted) != names.end()) return {};
  const std::string hint = did_you_mean(wanted, names);
  return user_fault(std::string(kRepositoryConfig) + ": 'environment.provider' is '" + shorten(scrub_utf8(wanted), 40) +
                    "', and there is no such provider" + (hint.empty() ? "; there are " : hint + " There are ") +
                    join(names, ", "));
}

}  // namespace

const std::vector<Provider>& all_providers() {
  static const std::vector<Provider> all{rez_provider(), uv_provider(), pipenv_provider(), virtualenv_provider()};
  return all;
}

std::vector<std::pair<std::string, std::string>> builder_files() {
  std::vector<std::pair<std::string, std::string>> files;
  for (const TrustedFile& file : embedded_builders()) files.emplace_back(file.name, file.content);
  return files;
}

Result<std::optional<Chosen>> choose_environment(const std::vector<std::string>& base_files,
                                                 const std::function<std::string(std::string_view)>& base_file,
                                                 const config::Config& settings) {
  GREENROOM_CHECK(check_provider_name(settings));
  const std::string wanted = settings.text("environment.provider");
  if (wanted == "plain") return std::optional<Chosen>();
  for (const Provider& provider : all_providers()) {
    if (wanted != "auto" && wanted != provider.name) continue;
    GREENROOM_TRY(plan, provider.plan(base_files, base_file, settings));
    if (plan) return std::optional<Chosen>(Chosen{provider, std::move(*plan)});
  }
  if (wanted == "auto") return std::optional<Chosen>();
  return user_fault(std::string(kRepositoryConfig) + ": 'environment.provider' is '" + wanted +
                    "', and the base branch has no lock of that kind; write 'auto', or add the lock");
}

}  // namespace greenroom::checks
