#include "lib/sandbox/artefacts.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "lib/base/fd.h"
#include "lib/base/text.h"

namespace greenroom::sandbox {
namespace {

Fd open_beneath(int folder, const std::string& name) {
  open_how how{};
  how.flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC;  // opening a pipe must not wait for a writer
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV;
  return Fd(static_cast<int>(::syscall(SYS_openat2, folder, name.c_str(), &how, sizeof how)));
}

// "" when the file may be taken.
std::string objection(const Fd& file, std::uint64_t left) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return std::strerror(errno);
  if (!S_ISREG(status.st_mode)) return "not a regular file";
  if (status.st_nlink != 1) return "a file with several names";
  if (static_cast<std::uint64_t>(status.st_size) > left) return "larger than the limit for artefacts";
  return {};
}

std::string read_up_to(const Fd& file, std::uint64_t most) {
  std::string content;
  char chunk[65536];
  for (;;) {
    const ssize_t got = ::read(file.get(), chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || content.size() + static_cast<std::size_t>(got) > most) return content;
    content.append(chunk, static_cast<std::size_t>(got));
  }
}

}  // namespace

ArtefactHarvest take_artefacts(int folder, const std::vector<std::string>& names, std::uint64_t most_bytes) {
  ArtefactHarvest harvest;
  std::uint64_t left = most_bytes;
  for (const auto& name : names) {
    const Fd file = open_beneath(folder, name);
    if (!file && errno == ENOENT) continue;
    const std::string why = file ? objection(file, left) : errno == ELOOP ? "a symlink" : std::strerror(errno);
    if (!why.empty()) {
      harvest.refused.push_back(join({name, why}, ": "));
      continue;
    }
    harvest.taken.push_back({name, read_up_to(file, left)});
    left -= harvest.taken.back().content.size();
  }
  return harvest;
}

}  // namespace greenroom::sandbox
