#include "lib/sandbox/cgroup.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/sandbox/cgroup_folder.h"

namespace greenroom::sandbox {
namespace {

bool may_make_groups(const std::string& folder) {
  return ::access(folder.c_str(), W_OK) == 0 && ::access((folder + "/cgroup.procs").c_str(), W_OK) == 0;
}

bool has_controller(std::string_view list, std::string_view name) {
  const auto words = split(trim(list), ' ');
  return std::find(words.begin(), words.end(), name) != words.end();
}

bool has_controllers(std::string_view list) { return has_controller(list, "memory") && has_controller(list, "pids"); }

// Version 2 gives controllers only to groups below one that holds no process itself, so the runner first moves down
// into a group of its own. Only where the runner is alone in its group: a person's shell is never moved about.
bool open_unified(const std::string& home) {
  if (has_controllers(read_group_file(home + "/cgroup.subtree_control"))) return true;
  if (!has_controllers(read_group_file(home + "/cgroup.controllers"))) return false;
  const std::string me = std::to_string(::getpid());
  if (trim(read_group_file(home + "/cgroup.procs")) != me) return false;
  const std::string leaf = home + std::string(kRunnersLeaf);
  if (::mkdir(leaf.c_str(), 0755) != 0 && errno != EEXIST) return false;
  if (!write_group_file(leaf + "/cgroup.procs", me)) return false;
  const std::string control = home + "/cgroup.subtree_control";
  return write_group_file(control, "+memory +pids +cpu") || write_group_file(control, "+memory +pids");
}

bool may_share_processor(const CgroupHome& home) {
  if (home.version == CgroupVersion::v1) return may_make_groups(home.cpu);
  return has_controller(read_group_file(home.memory + "/cgroup.subtree_control"), "cpu");
}

std::optional<CgroupHome> find_home() {
  for (auto& home : cgroup_homes(read_group_file("/proc/self/cgroup"), read_group_file("/proc/self/mountinfo"))) {
    if (!may_make_groups(home.memory) || !may_make_groups(home.pids)) continue;
    if (home.version == CgroupVersion::v2 && !open_unified(home.memory)) continue;
    if (!may_share_processor(home)) home.cpu.clear();
    return home;
  }
  return std::nullopt;
}

}  // namespace

JobCgroup::JobCgroup(CgroupVersion version) : version_(version) {}
JobCgroup::JobCgroup(JobCgroup&&) noexcept = default;
JobCgroup::~JobCgroup() = default;

// Version 2 has one folder for all controllers.
Result<void> JobCgroup::enter(const CgroupHome& home, const Limits& limits) {
  const std::string name = "greenroom-job-" + random_hex(8);
  const bool each_its_own = version_ == CgroupVersion::v1;
  const auto add = [&](const std::string& parent) -> Result<void> {
    if (!folders_.empty() && !each_its_own) return {};
    GREENROOM_TRY(folder, CgroupFolder::make(parent, name));
    folders_.push_back(std::move(folder));
    return {};
  };
  GREENROOM_CHECK(add(home.memory));
  GREENROOM_CHECK(folders_.back().set(memory_settings(version_, limits)));
  GREENROOM_CHECK(add(home.pids));
  GREENROOM_CHECK(folders_.back().set(process_settings(limits)));
  if (home.cpu.empty()) return {};
  GREENROOM_CHECK(add(home.cpu));
  GREENROOM_CHECK(folders_.back().set(processor_settings(version_, limits)));
  shares_processor_ = true;
  return {};
}

Result<std::optional<JobCgroup>> JobCgroup::make(const Limits& limits) {
  static const std::optional<CgroupHome> home = find_home();
  if (!home) return std::optional<JobCgroup>();
  JobCgroup group(home->version);
  GREENROOM_CHECK(group.enter(*home, limits));
  return std::optional<JobCgroup>(std::move(group));
}

std::vector<int> JobCgroup::entrances() const {
  std::vector<int> all;
  for (const auto& folder : folders_) all.push_back(folder.entrance());
  return all;
}

bool JobCgroup::ran_out_of_memory() const {
  const bool old = version_ == CgroupVersion::v1;
  return counts_oom_kill(folders_.front().text_of(old ? "memory.oom_control" : "memory.events"));
}

}  // namespace greenroom::sandbox
