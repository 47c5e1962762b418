#include "lib/environment/build.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/egress/egress.h"
#include "lib/environment/report.h"
#include "lib/environment/tree.h"
#include "lib/json/json.h"

namespace greenroom::environment {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kReport = "environment.json";
constexpr std::string_view kPython = "/usr/bin/python3";
constexpr std::uint64_t kMemory = 2ull << 30;
constexpr std::uint64_t kLeastFree = 256ull << 20;
constexpr std::chrono::seconds kMeasured{2};  // how often a growing tree is measured

const checks::Tool* tool_named(const checks::Toolbox& toolbox, std::string_view name) {
  const auto found = std::find_if(toolbox.begin(), toolbox.end(), [&](const auto& each) { return each.name == name; });
  return found == toolbox.end() ? nullptr : &*found;
}

Result<std::vector<const checks::Tool*>> tools_for(const checks::EnvironmentPlan& plan,
                                                   const checks::Toolbox& toolbox) {
  std::vector<const checks::Tool*> tools;
  for (const std::string& need : plan.needs) {
    tools.push_back(tool_named(toolbox, need));
    if (tools.back() == nullptr)
      return rejected("this machine has no '" + need + "', with which " + plan.lock +
                      " is built; its operator installs it, or sets 'environment.provider: plain'");
  }
  return tools;
}

std::string words_of(const checks::EnvironmentPlan& plan, const std::vector<const checks::Tool*>& tools,
                     const config::Config& config) {
  auto sources = json::Value::array();
  for (const auto& [path, content] : plan.sources) sources.push_back(path);
  auto commands = json::Value::object();
  for (const checks::Tool* tool : tools) {
    commands[tool->name] = {tool->path};
    for (const std::string& word : tool->prefix) commands[tool->name].push_back(word);
  }
  return json::dump({{"provider", plan.provider},
                     {"lock", plan.lock},
                     {"sources", sources},
                     {"tools", commands},
                     {"python", kPython},
                     {"index", plan.network ? config.text("environments.index") : ""},
                     {"allow_builds", config.boolean("environments.allow_builds")}});
}

// The paths were proved to be plain by whoever made the plan; a path that is not makes no file outside.
Result<void> write_sources(const checks::EnvironmentPlan& plan, const fs::path& folder) {
  for (const auto& [path, content] : plan.sources) {
    const fs::path file = (folder / path).lexically_normal();
    if (fs::path(path).is_absolute() ||
        file.native().compare(0, folder.native().size() + 1, folder.native() + "/") != 0)
      return bug("a source lies outside: " + path);
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    std::ofstream out(file, std::ios::binary);
    out << content;
    if (error || !out.flush()) return transient("this machine has no room for an environment's sources");
  }
  return {};
}

Result<std::string> certificates(const config::Config& config) {
  const std::string file = config.text("environments.ca_file");
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (text.empty() && config.text("environments.index").starts_with("https:")) {
    log::error("environments.ca_file cannot be read", {{"path", file}});
    return rejected(
        "this machine has no certificates by which to know the package index; its operator sets "
        "environments.ca_file");
  }
  return text;
}

Result<std::unique_ptr<egress::Proxy>> way_out(const config::Config& config, const std::string& folder) {
  const std::string index = config.text("environments.index");
  if (index.empty()) return rejected("this machine's operator has set no package index (environments.index)");
  GREENROOM_TRY(first, egress::allowed_of_url(index));
  const std::string scheme = first.plain ? "http://" : "https://";
  std::vector<egress::Allowed> allowed{std::move(first)};
  for (const std::string& host : config.list("environments.index_hosts")) {
    GREENROOM_TRY(another, egress::allowed_of_url(host.find("://") == std::string::npos ? scheme + host : host));
    allowed.push_back(std::move(another));
  }
  egress::ProxyLimits limits;
  limits.bytes = 2 * static_cast<std::uint64_t>(config.integer("environments.max_bytes"));
  return egress::Proxy::start(folder, std::move(allowed), limits);
}

void add_once(std::vector<sandbox::ReadOnlyBind>& binds, const std::vector<sandbox::ReadOnlyBind>& more) {
  for (const auto& bind : more)
    if (std::none_of(binds.begin(), binds.end(), [&](const auto& each) { return each.to == bind.to; }))
      binds.push_back(bind);
}

sandbox::Plan sandbox_plan(const checks::EnvironmentPlan& plan, const Settings& settings, const std::string& folder) {
  sandbox::Plan job;
  job.argv = {std::string(kPython), "-I", "-B", "/greenroom/" + plan.builder};
  job.workspace = folder + "/sources";
  job.files = checks::builder_files();
  job.binds = plan.binds;
  job.artefacts = {std::string(kReport)};
  job.scratch = settings.scratch.empty() ? settings.directory + "/scratch" : settings.scratch;
  job.limits.wall = settings.config.seconds("environments.provision_seconds");
  job.limits.cpu = 2 * settings.config.seconds("environments.provision_seconds");
  job.limits.cpu_percent = 200;
  job.limits.memory_bytes = kMemory;
  job.limits.file_bytes = static_cast<std::uint64_t>(settings.config.integer("environments.max_bytes"));
  job.limits.output_bytes = 2u << 20;
  job.limits.artefact_bytes = 4u << 20;
  job.provision = sandbox::Provision{folder + "/tree", std::string(checks::kEnvironmentInside), ""};
  return job;
}

// Ends a build that fills the disk; asked every 50 ms.
class Watch {
 public:
  Watch(std::string tree, std::uint64_t most, const Clock& clock, const std::function<bool()>& cancelled)
      : tree_(std::move(tree)), most_(most), clock_(clock), cancelled_(cancelled), next_(clock.steady() + kMeasured) {}
  bool operator()() {
    if (cancelled_ && cancelled_()) return true;
    if (clock_.steady() < next_) return !why_.empty();
    struct statvfs left {};
    if (::statvfs(tree_.c_str(), &left) == 0 && left.f_bavail * left.f_frsize < kLeastFree)
      why_ = "this machine has no room for the environment";
    if (bytes_below(tree_, most_) > most_)
      why_ = "the environment is larger than the " + std::to_string(most_ >> 20) +
             " MiB that this machine's operator allows (environments.max_bytes)";
    next_ = clock_.steady() + kMeasured;
    return !why_.empty();
  }
  const std::string& why() const { return why_; }

 private:
  const std::string tree_;
  const std::uint64_t most_;
  const Clock& clock_;
  const std::function<bool()>& cancelled_;
  std::chrono::steady_clock::time_point next_;
  std::string why_;
};

std::string seconds_text(std::chrono::seconds time) { return std::to_string(time.count()) + " s"; }

// Why a build that ended with an error of ours did; nullopt: nothing of ours is known.
std::optional<Error> our_side(const sandbox::SandboxOutcome& outcome, const Watch& watch, const egress::Proxy* proxy,
                              const Settings& settings) {
  const auto error = [](ErrorKind kind, std::string words) { return Error{kind, std::move(words), {}}; };
  if (!watch.why().empty()) return error(ErrorKind::rejected, watch.why());
  if (outcome.process.cancelled) return error(ErrorKind::transient, "cancelled");
  if (outcome.process.timed_out)
    return error(ErrorKind::transient, "building the environment took longer than " +
                                           seconds_text(settings.config.seconds("environments.provision_seconds")));
  if (outcome.out_of_memory)
    return error(ErrorKind::rejected,
                 "building the environment needed more than " + std::to_string(kMemory >> 20) + " MiB of memory");
  if (outcome.process.exit_code == 0 || proxy == nullptr) return std::nullopt;
  const auto traffic = proxy->traffic();
  if (traffic.out_of_bytes) return error(ErrorKind::rejected, "building the environment fetched too much");
  if (!traffic.unreachable.empty())
    return error(ErrorKind::transient, "the package index does not answer (" + traffic.unreachable.front() + ")");
  if (!traffic.refused.empty())
    return error(ErrorKind::rejected, "the package index keeps files at " + traffic.refused.front() +
                                          ", which this machine's operator does not allow (environments.index_hosts)");
  return std::nullopt;
}

std::string last_line(std::string_view log) {
  const auto lines = split_lines(trim(log));
  return lines.empty() ? "it said nothing" : shorten(escape_bytes(scrub_utf8(lines.back())), 200);
}

}  // namespace

Result<Finished> build(const checks::Chosen& chosen, const Settings& settings, const std::string& folder,
                       const std::function<void(process::Stream, std::string_view)>& on_output,
                       const std::function<bool()>& cancelled) {
  const checks::EnvironmentPlan& plan = chosen.plan;
  GREENROOM_TRY(tools, tools_for(plan, settings.toolbox));
  GREENROOM_CHECK(write_sources(plan, folder + "/sources"));
  sandbox::Plan job = sandbox_plan(plan, settings, folder);
  job.files.emplace_back("plan.json", words_of(plan, tools, settings.config));
  for (const checks::Tool* tool : tools) add_once(job.binds, tool->binds);
  std::unique_ptr<egress::Proxy> proxy;
  if (plan.network) {
    GREENROOM_TRY(known_by, certificates(settings.config));
    job.files.emplace_back("ca.pem", std::move(known_by));
    GREENROOM_TRY(started, way_out(settings.config, folder));
    proxy = std::move(started);
    job.provision->socket = proxy->socket();
  }
  Watch watch(job.provision->tree, job.limits.file_bytes, settings.clock, cancelled);
  GREENROOM_TRY(outcome, settings.execute(job, on_output, [&watch] { return watch(); }));
  if (auto ours = our_side(outcome, watch, proxy.get(), settings)) return tl::unexpected<Error>(std::move(*ours));
  Finished finished;
  finished.degraded = outcome.degraded;
  finished.left_out = plan.left_out;
  finished.log = outcome.process.out.joined() + outcome.process.err.joined();
  if (outcome.process.exit_code != 0) {
    finished.fault = chosen.provider.explain(plan, finished.log);
    if (!finished.fault) return rejected("the environment could not be built: " + last_line(finished.log));
    return finished;
  }
  if (outcome.artefacts.empty()) return rejected("the environment's builder left no report");
  GREENROOM_TRY(built, read_report(outcome.artefacts[0].content, plan.binds, finished.left_out));
  GREENROOM_TRY(bytes, check_tree(job.provision->tree, job.limits.file_bytes));
  finished.built = std::move(built);
  finished.bytes = bytes;
  return finished;
}

}  // namespace greenroom::environment
