#include "lib/sandbox/etc_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <utility>

#include "lib/base/hash.h"

namespace greenroom::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLibraryCache = "/etc/ld.so.cache";
constexpr const char* kAlternatives = "/etc/alternatives";

constexpr std::array<std::pair<const char*, std::string_view>, 4> kFiles = {
    {{"passwd", "greenroom:x:10001:10001::/tmp/home:/bin/sh\n"},
     {"group", "greenroom:x:10001:\n"},
     {"hosts", "127.0.0.1 localhost greenroom\n::1 localhost\n"},
     {"nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"}}};

std::string state_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return "absent";
  return std::to_string(status.st_ino) + " " + std::to_string(status.st_size) + " " +
         std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
}

std::string name_of_state(const std::string& root) {
  std::string all = state_of(root + kLibraryCache) + "\n" + state_of(root + kAlternatives);
  for (const auto& [name, content] : kFiles) all.append("\n").append(name).append("\n").append(content);
  return "etc-" + to_hex(sha256(all)).substr(0, 16);
}

// Only links: a file of the machine's administrator is none of a job's business. Most of them are manual pages (.gz),
// which no job reads.
void copy_alternatives(const std::string& from, const fs::path& folder, std::error_code& error) {
  fs::create_directory(folder, error);
  std::error_code absent;
  for (fs::directory_iterator entry(from, absent), end; !error && !absent && entry != end; entry.increment(absent)) {
    if (entry->is_symlink(absent) && entry->path().extension() != ".gz")
      fs::copy_symlink(entry->path(), folder / entry->path().filename(), error);
  }
}

Result<void> fill(const fs::path& folder, const std::string& root) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) copy_alternatives(root + kAlternatives, folder / "alternatives", error);
  if (const fs::path cache = root + kLibraryCache; !error && fs::exists(cache))
    fs::copy_file(cache, folder / "ld.so.cache", error);
  if (error) return transient("make '" + folder.string() + "': " + error.message());
  for (const auto& [name, content] : kFiles) {
    std::ofstream file(folder / name, std::ios::binary);
    file << content;
    if (!file.flush()) return transient("write '" + (folder / name).string() + "'");
    fs::permissions(folder / name, fs::perms(0444), error);
  }
  return {};
}

}  // namespace

Result<std::string> etc_folder(const std::string& parent, const std::string& root) {
  const std::string folder = parent + "/" + name_of_state(root);
  if (::access(folder.c_str(), F_OK) == 0) return folder;
  const std::string unfinished = folder + "." + random_hex(8);
  std::error_code ignored;
  const auto filled = fill(unfinished, root);
  // A rename over the folder of somebody who was quicker fails, and theirs is as good.
  if (filled && (::rename(unfinished.c_str(), folder.c_str()) == 0 || ::access(folder.c_str(), F_OK) == 0)) {
    fs::remove_all(unfinished, ignored);
    return folder;
  }
  fs::remove_all(unfinished, ignored);
  if (!filled) return tl::unexpected(filled.error());
  return transient("make '" + folder + "'");
}

}  // namespace greenroom::sandbox
