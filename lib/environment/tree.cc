#include "lib/environment/tree.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace greenroom::environment {
namespace fs = std::filesystem;
namespace {

constexpr int kMaxDepth = 100;

std::uint64_t room_of(const struct stat& status) {
  const auto names = S_ISREG(status.st_mode) && status.st_nlink > 1 ? status.st_nlink : 1;
  return static_cast<std::uint64_t>(status.st_blocks) * 512 / names;
}

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

Result<void> check_one(const struct stat& status) {
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode) && !S_ISLNK(status.st_mode))
    return rejected("the environment holds something that is no plain file");
  if (!S_ISLNK(status.st_mode) && (status.st_mode & (S_ISUID | S_ISGID)) != 0)
    return rejected("the environment holds a program with special rights (setuid)");
  if (status.st_uid != ::geteuid()) return rejected("the environment holds a file of somebody else");
  return {};
}

}  // namespace

std::uint64_t bytes_below(const std::string& folder, std::uint64_t most) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && entry != end && bytes <= most; entry.increment(error)) {
    struct stat status {};
    if (::lstat(entry->path().c_str(), &status) == 0) bytes += room_of(status);
    if (entry.depth() > kMaxDepth) entry.disable_recursion_pending();
  }
  return bytes;
}

Result<std::uint64_t> check_tree(const std::string& folder, std::uint64_t most) {
  std::uint64_t bytes = 0, files = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    struct stat status {};
    if (::lstat(entry->path().c_str(), &status) != 0) return rejected("the environment cannot be read");
    GREENROOM_CHECK(check_one(status));
    bytes += room_of(status);
    if (entry.depth() > kMaxDepth) return rejected("the environment's folders are nested too deep");
    if (++files > kMaxFiles) return rejected("the environment holds more than " + std::to_string(kMaxFiles) + " files");
    if (bytes > most) return rejected("the environment is larger than " + mebibytes(most));
  }
  if (error) return rejected("the environment cannot be read: " + error.message());
  return bytes;
}

}  // namespace greenroom::environment
