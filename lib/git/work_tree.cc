#include "lib/git/work_tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "lib/base/remove_tree.h"
#include "lib/base/text.h"
#include "lib/git/names.h"

namespace greenroom::git {
namespace {

constexpr int kDirectory = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

tl::unexpected<Error> system_error(std::string_view doing, std::string_view path) {
  const int error = errno;
  const std::string why = error == ENOSPC || error == EDQUOT ? "the disk is full" : std::strerror(error);
  return transient(std::string(doing) + " '" + shown(path) + "': " + why);
}

struct Split {
  std::string_view parent, name;
};

Split split_path(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return {{}, path};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

Result<void> write_file(int directory, const std::string& name, mode_t mode, std::string_view content) {
  const Fd file(::openat(directory, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
  if (!file) return system_error("create", name);
  while (!content.empty()) {
    const ssize_t wrote = ::write(file.get(), content.data(), content.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return system_error("write", name);
    content.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return {};
}

Result<void> write_symlink(int directory, const std::string& name, std::string_view target) {
  if (target.empty() || target.size() >= PATH_MAX || target.find('\0') != std::string_view::npos) {
    return user_fault("the symlink '" + shown(name) + "' has no usable target");
  }
  if (::symlinkat(std::string(target).c_str(), directory, name.c_str()) != 0) return system_error("link", name);
  return {};
}

Result<void> make_directory(int parent, const std::string& name) {
  if (::mkdirat(parent, name.c_str(), 0755) != 0 && errno != EEXIST) return system_error("make directory", name);
  return {};
}

// The path of an open directory, which nobody can exchange for another.
std::string held(int directory) { return "/proc/self/fd/" + std::to_string(directory); }

}  // namespace

Result<WorkTree> WorkTree::open(const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return transient("make directory '" + directory + "': " + error.message());
  WorkTree tree;
  tree.root_ = Fd(::open(directory.c_str(), kDirectory));
  if (!tree.root_) return system_error("open", directory);
  return tree;
}

std::string WorkTree::identity() const {
  struct stat status {};
  if (::fstat(root_.get(), &status) != 0) return {};
  return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

Result<void> WorkTree::clear() {
  levels_.clear();
  std::error_code error;
  std::filesystem::directory_iterator entries(held(root_.get()), error);
  if (error) return transient("list the checkout: " + error.message());
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.path().filename().string());
  for (const auto& name : names) GREENROOM_CHECK(remove(name));
  return {};
}

Result<void> WorkTree::remove(std::string_view path) {
  const auto [parent, name] = split_path(path);
  const auto directory = enter(parent, Missing::fail);
  if (!directory) {
    return directory.error().kind == ErrorKind::not_found ? Result<void>() : tl::unexpected(directory.error());
  }
  return remove_tree(held(*directory) + "/" + std::string(name));
}

Result<void> WorkTree::descend(std::string_view name, Missing missing) {
  const std::string text(name);
  if (missing == Missing::make) GREENROOM_CHECK(make_directory(current(), text));
  Fd next(::openat(current(), text.c_str(), kDirectory));
  if (!next && errno == ENOENT) return not_found("there is no folder '" + shown(name) + "'");
  if (!next) return system_error("enter", name);
  levels_.push_back({text, std::move(next)});
  return {};
}

Result<int> WorkTree::enter(std::string_view path, Missing missing) {
  const auto names = path.empty() ? std::vector<std::string_view>() : split(path, '/');
  std::size_t same = 0;
  while (same < names.size() && same < levels_.size() && levels_[same].name == names[same]) ++same;
  levels_.erase(levels_.begin() + static_cast<std::ptrdiff_t>(same), levels_.end());
  for (; same < names.size(); ++same) GREENROOM_CHECK(descend(names[same], missing));
  return current();
}

Result<void> WorkTree::write(const TreeEntry& entry, std::string_view content) {
  const auto [parent, last] = split_path(entry.path);
  const std::string name(last);
  GREENROOM_TRY(directory, enter(parent, Missing::make));
  if (entry.kind == TreeEntry::Kind::submodule) return make_directory(directory, name);
  if (::unlinkat(directory, name.c_str(), 0) != 0 && errno != ENOENT) return system_error("replace", entry.path);
  if (entry.kind == TreeEntry::Kind::symlink) return write_symlink(directory, name, content);
  return write_file(directory, name, entry.kind == TreeEntry::Kind::executable ? 0755 : 0644, content);
}

}  // namespace greenroom::git
