#include "lib/sandbox/cgroup_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "lib/base/log.h"

namespace greenroom::sandbox {
namespace {

constexpr int kRemoveTries = 100;

tl::unexpected<Error> failed(const std::string& deed) { return transient(deed + ": " + std::strerror(errno)); }

}  // namespace

std::string read_group_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool write_group_file(const std::string& file, std::string_view text) {
  const Fd fd(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  return fd && ::write(fd.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

Result<CgroupFolder> CgroupFolder::make(const std::string& parent, const std::string& name) {
  const std::string path = parent + "/" + name;
  if (::mkdir(path.c_str(), 0755) != 0) return failed("make cgroup");
  CgroupFolder folder(path, Fd(::open((path + "/cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC)));
  if (!folder.entrance_) return failed("open cgroup");
  return folder;
}

CgroupFolder::CgroupFolder(CgroupFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), entrance_(std::move(other.entrance_)) {}

CgroupFolder::~CgroupFolder() {
  if (path_.empty()) return;
  write_group_file(path_ + "/cgroup.kill", "1");
  // The last process may still be on its way out of the kernel.
  for (int tries = 0; ::rmdir(path_.c_str()) != 0; ++tries) {
    if (errno == EBUSY && tries < kRemoveTries && ::usleep(1000) == 0) continue;
    log::warn("cgroup_not_removed", {{"cgroup", path_}, {"error", std::strerror(errno)}});
    break;
  }
}

Result<void> CgroupFolder::set(const std::vector<GroupSetting>& settings) const {
  for (const auto& [file, text, optional] : settings) {
    const std::string path = path_ + "/" + file;
    if (optional && ::access(path.c_str(), F_OK) != 0) continue;
    if (!write_group_file(path, text)) return failed("limit cgroup, " + file);
  }
  return {};
}

std::string CgroupFolder::text_of(const std::string& file) const { return read_group_file(path_ + "/" + file); }

}  // namespace greenroom::sandbox
