#include "lib/pipeline/sources.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace greenroom::pipeline {
namespace {

constexpr std::size_t kMaxBytes = 4u << 20;

}  // namespace

Sources::Sources(const std::string& directory)
    : directory_(open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {}

Fd Sources::open_beneath(const std::string& path, int flags) const {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC | O_NOFOLLOW);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  return Fd(static_cast<int>(syscall(SYS_openat2, directory_.get(), path.c_str(), &how, sizeof how)));
}

bool Sources::has(const std::string& path) const {
  const Fd found = open_beneath(path, O_PATH);
  struct stat status {};
  return found && fstat(found.get(), &status) == 0 && !S_ISLNK(status.st_mode);
}

std::string Sources::read(const std::string& path) const {
  const Fd file = open_beneath(path, O_RDONLY | O_NONBLOCK);
  struct stat status {};
  if (!file || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
      static_cast<std::size_t>(status.st_size) > kMaxBytes)
    return "";
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t count = ::read(file.get(), text.data() + filled, text.size() - filled);
    if (count <= 0) break;
    filled += static_cast<std::size_t>(count);
  }
  text.resize(filled);
  return text;
}

std::string_view Sources::text(std::string_view path) {
  const std::lock_guard lock(mutex_);
  const auto found = texts_.find(path);
  if (found != texts_.end()) return found->second;
  const std::string name(path);
  return texts_.emplace(name, read(name)).first->second;
}

}  // namespace greenroom::pipeline
