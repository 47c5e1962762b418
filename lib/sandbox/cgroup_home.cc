#include <algorithm>

#include "lib/base/text.h"
#include "lib/sandbox/cgroup.h"

namespace greenroom::sandbox {
namespace {

struct Mount {
  std::string root, point, type, options;
};

// "36 35 98:0 /root /point rw,… shared:1 - type source options"
std::optional<Mount> parse_mount(std::string_view line) {
  const auto words = split(line, ' ');
  const auto dash = std::find(words.begin(), words.end(), "-");
  if (words.size() < 6 || words.end() - dash < 4) return std::nullopt;
  return Mount{std::string(words[3]), std::string(words[4]), std::string(dash[1]), std::string(dash[3])};
}

bool has_word(std::string_view list, std::string_view word) {
  const auto words = split(list, ',');
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The folder of group `path` under a mount, or "" when the mount does not show it.
std::string folder_of(const Mount& mount, std::string_view path) {
  if (mount.root == "/") return mount.point + (path == "/" ? "" : std::string(path));
  if (!path.starts_with(mount.root)) return {};
  return mount.point + std::string(path.substr(mount.root.size()));
}

// `controller` "" asks for version 2.
std::string own_folder(std::string_view own_groups, const std::vector<Mount>& mounts, std::string_view controller) {
  for (const auto line : split_lines(own_groups)) {  // "4:memory:/path", "0::/path"
    const auto parts = split(line, ':');
    if (parts.size() < 3) continue;
    const bool fits = controller.empty() ? parts[1].empty() : has_word(parts[1], controller);
    if (!fits) continue;
    const std::string_view path = line.substr(parts[0].size() + parts[1].size() + 2);
    for (const auto& mount : mounts) {
      const bool right =
          controller.empty() ? mount.type == "cgroup2" : mount.type == "cgroup" && has_word(mount.options, controller);
      if (right) return folder_of(mount, path);
    }
  }
  return {};
}

}  // namespace

std::vector<CgroupHome> cgroup_homes(std::string_view own_groups, std::string_view mounts) {
  std::vector<Mount> parsed;
  for (const auto line : split_lines(mounts)) {
    if (auto mount = parse_mount(line)) parsed.push_back(std::move(*mount));
  }
  std::vector<CgroupHome> homes;
  const std::string memory = own_folder(own_groups, parsed, "memory"), pids = own_folder(own_groups, parsed, "pids");
  if (!memory.empty() && !pids.empty())
    homes.push_back({CgroupVersion::v1, memory, pids, own_folder(own_groups, parsed, "cpu")});
  std::string unified = own_folder(own_groups, parsed, "");
  if (unified.ends_with(kRunnersLeaf)) unified.resize(unified.size() - kRunnersLeaf.size());
  if (!unified.empty()) homes.push_back({CgroupVersion::v2, unified, unified, unified});
  return homes;
}

}  // namespace greenroom::sandbox
