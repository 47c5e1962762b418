#include "lib/checks/providers/rez_paths.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>

#include "lib/base/hash.h"

namespace greenroom::checks {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

std::string time_of(int folder, const char* name) {
  struct stat status {};
  if (::fstatat(folder, name, &status, 0) != 0) return "none";
  return std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
}

// "shotlib 1700000000.5" of each family: a folder, or a file that holds all its versions. Sorted.
std::vector<std::string> families_of(const std::string& path) {
  const std::unique_ptr<DIR, CloseFolder> folder(::opendir(path.c_str()));
  std::vector<std::string> families;
  if (!folder) return families;
  while (const dirent* entry = ::readdir(folder.get()))
    if (entry->d_name[0] != '.')
      families.push_back(std::string(entry->d_name) + "\n" + time_of(::dirfd(folder.get()), entry->d_name));
  std::sort(families.begin(), families.end());
  return families;
}

}  // namespace

std::vector<sandbox::ReadOnlyBind> rez_binds(const std::vector<std::string>& folders) {
  std::vector<sandbox::ReadOnlyBind> binds;
  for (std::size_t i = 0; i < folders.size(); ++i)
    binds.push_back({folders[i], std::string(kRezInside) + "/" + std::to_string(i)});
  return binds;
}

std::string rez_stamp(const std::vector<std::string>& folders) {
  std::string all;
  for (const std::string& folder : folders) {
    all += folder + "\n\n";
    for (const std::string& family : families_of(folder)) all += family + "\n";
  }
  return to_hex(sha256(all));
}

}  // namespace greenroom::checks
