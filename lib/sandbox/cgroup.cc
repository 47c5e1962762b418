#include "lib/sandbox/cgroup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "lib/base/hash.h"
#include "lib/base/log.h"
#include "lib/base/text.h"

namespace greenroom::sandbox {
namespace {

constexpr int kRemoveTries = 100;

std::string read_text(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool write_text(const std::string& file, std::string_view text) {
  const Fd fd(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  return fd && ::write(fd.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

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
  if (has_controllers(read_text(home + "/cgroup.subtree_control"))) return true;
  if (!has_controllers(read_text(home + "/cgroup.controllers"))) return false;
  const std::string me = std::to_string(::getpid());
  if (trim(read_text(home + "/cgroup.procs")) != me) return false;
  const std::string leaf = home + std::string(kRunnersLeaf);
  if (::mkdir(leaf.c_str(), 0755) != 0 && errno != EEXIST) return false;
  if (!write_text(leaf + "/cgroup.procs", me)) return false;
  const std::string control = home + "/cgroup.subtree_control";
  return write_text(control, "+memory +pids +cpu") || write_text(control, "+memory +pids");
}

bool may_share_processor(const CgroupHome& home) {
  if (home.version == CgroupVersion::v1) return may_make_groups(home.cpu);
  return has_controller(read_text(home.memory + "/cgroup.subtree_control"), "cpu");
}

std::optional<CgroupHome> find_home() {
  for (auto& home : cgroup_homes(read_text("/proc/self/cgroup"), read_text("/proc/self/mountinfo"))) {
    if (!may_make_groups(home.memory) || !may_make_groups(home.pids)) continue;
    if (home.version == CgroupVersion::v2 && !open_unified(home.memory)) continue;
    if (!may_share_processor(home)) home.cpu.clear();
    return home;
  }
  return std::nullopt;
}

bool limit_v1(const std::string& memory, const std::string& pids, const Limits& limits) {
  const std::string bytes = std::to_string(limits.memory_bytes);
  // Absent where the kernel does not account swap; then there is no swap limit to set.
  const std::string with_swap = memory + "/memory.memsw.limit_in_bytes";
  return write_text(memory + "/memory.limit_in_bytes", bytes) &&
         (::access(with_swap.c_str(), F_OK) != 0 || write_text(with_swap, bytes)) &&
         write_text(pids + "/pids.max", std::to_string(limits.processes));
}

bool limit_v2(const std::string& folder, const Limits& limits) {
  const std::string swap = folder + "/memory.swap.max";
  return write_text(folder + "/memory.max", std::to_string(limits.memory_bytes)) &&
         (::access(swap.c_str(), F_OK) != 0 || write_text(swap, "0")) &&
         write_text(folder + "/memory.oom.group", "1") &&
         write_text(folder + "/pids.max", std::to_string(limits.processes));
}

bool share_processor(CgroupVersion version, const std::string& folder, const Limits& limits) {
  constexpr int kPeriod = 100'000;  // microseconds, the kernel's usual one
  const std::string quota = std::to_string(kPeriod / 100 * limits.cpu_percent), period = std::to_string(kPeriod);
  if (version == CgroupVersion::v2) return write_text(folder + "/cpu.max", quota + " " + period);
  return write_text(folder + "/cpu.cfs_period_us", period) && write_text(folder + "/cpu.cfs_quota_us", quota);
}

}  // namespace

Result<void> JobCgroup::add(const std::string& parent, const std::string& name) {
  const std::string folder = parent + "/" + name;
  if (::mkdir(folder.c_str(), 0755) != 0) return transient("make cgroup: " + std::string(std::strerror(errno)));
  folders_.push_back(folder);
  entrances_.emplace_back(::open((folder + "/cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC));
  if (!entrances_.back()) return transient("open cgroup: " + std::string(std::strerror(errno)));
  return {};
}

Result<std::optional<JobCgroup>> JobCgroup::make(const Limits& limits) {
  static const std::optional<CgroupHome> home = find_home();
  if (!home) return std::optional<JobCgroup>();
  JobCgroup group;
  group.version_ = home->version;
  const std::string name = "greenroom-job-" + random_hex(8);
  GREENROOM_CHECK(group.add(home->memory, name));
  if (home->version == CgroupVersion::v1) GREENROOM_CHECK(group.add(home->pids, name));
  const bool limited = home->version == CgroupVersion::v1
                           ? limit_v1(group.folders_.front(), group.folders_.back(), limits)
                           : limit_v2(group.folders_.front(), limits);
  if (!limited) return transient("limit cgroup: " + std::string(std::strerror(errno)));
  if (!home->cpu.empty()) {
    if (home->version == CgroupVersion::v1) GREENROOM_CHECK(group.add(home->cpu, name));
    group.shares_processor_ = share_processor(home->version, group.folders_.back(), limits);
    if (!group.shares_processor_) return transient("limit cgroup: " + std::string(std::strerror(errno)));
  }
  return std::optional<JobCgroup>(std::move(group));
}

JobCgroup::~JobCgroup() {
  for (const auto& folder : folders_) {
    write_text(folder + "/cgroup.kill", "1");
    // The last process may still be on its way out of the kernel.
    for (int tries = 0; ::rmdir(folder.c_str()) != 0; ++tries) {
      if (errno == EBUSY && tries < kRemoveTries && ::usleep(1000) == 0) continue;
      log::warn("cgroup_not_removed", {{"cgroup", folder}, {"error", std::strerror(errno)}});
      break;
    }
  }
}

std::vector<int> JobCgroup::entrances() const {
  std::vector<int> all;
  for (const auto& fd : entrances_) all.push_back(fd.get());
  return all;
}

bool JobCgroup::ran_out_of_memory() const {
  const bool old = version_ == CgroupVersion::v1;
  const std::string counts = read_text(folders_.front() + (old ? "/memory.oom_control" : "/memory.events"));
  for (const auto line : split_lines(counts)) {
    if (line.starts_with("oom_kill ")) return line != "oom_kill 0";
  }
  return false;
}

}  // namespace greenroom::sandbox
