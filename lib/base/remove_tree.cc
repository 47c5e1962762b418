#include "lib/base/remove_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "lib/base/fd.h"
#include "lib/base/text.h"

namespace greenroom {
namespace {

using Listing = Owned<DIR, closedir>;

bool is_this_or_parent(const char* name) {
  return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

// Opens a folder for listing and change, whatever permissions it was left with. Null for anything but a folder.
Listing open_folder(int parent, const char* name) {
  const Fd found(::openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!found) return nullptr;
  const std::string held = "/proc/self/fd/" + std::to_string(found.get());
  ::chmod(held.c_str(), S_IRWXU);  // by the descriptor, so that no symlink can come between
  Fd folder(::open(held.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  Listing listing(folder ? ::fdopendir(folder.get()) : nullptr);
  if (listing) folder.release();
  return listing;
}

// A file, a symlink or an empty folder. ENOTEMPTY otherwise.
bool remove_one(int folder, const char* name) {
  if (::unlinkat(folder, name, 0) == 0) return true;
  return (errno == EISDIR || errno == EPERM) && ::unlinkat(folder, name, AT_REMOVEDIR) == 0;
}

bool is_full(int error) { return error == ENOTEMPTY || error == EEXIST; }

// Everything below one folder. A folder inside a folder moves up beside the outer one before that is removed, so the
// tree grows flat instead of the stack deep. Each is moved once at most.
class Flattening {
 public:
  explicit Flattening(DIR* top) : top_(top) {}

  // Errors: the first thing that stayed.
  Result<void> run() {
    for (bool going = true; going;) {
      going = false;
      stayed_.clear();
      ::rewinddir(top_);
      while (const dirent* entry = ::readdir(top_)) {
        if (!is_this_or_parent(entry->d_name)) going = clear(entry->d_name) || going;
      }
    }
    if (stayed_.empty()) return {};
    return transient(stayed_);
  }

 private:
  // Whether anything went or moved.
  bool clear(const char* name) {
    if (remove_one(::dirfd(top_), name)) return true;
    if (!is_full(errno)) return stays(name);
    const Listing inner = open_folder(::dirfd(top_), name);
    if (!inner) return stays(name);
    bool moved = false;
    while (const dirent* entry = ::readdir(inner.get())) {
      if (!is_this_or_parent(entry->d_name)) moved = clear_inner(::dirfd(inner.get()), entry->d_name) || moved;
    }
    return ::unlinkat(::dirfd(top_), name, AT_REMOVEDIR) == 0 || moved || stays(name);
  }

  bool clear_inner(int inner, const char* name) {
    if (remove_one(inner, name)) return true;
    if (!is_full(errno)) return stays(name);
    open_folder(inner, name);  // whose ".." changes with the move: it must be writable
    for (;;) {
      const std::string free = ".moved-" + std::to_string(next_++);
      if (::renameat(inner, name, ::dirfd(top_), free.c_str()) == 0) return true;
      if (!is_full(errno) && errno != ENOTDIR) return stays(name);
    }
  }

  bool stays(const char* name) {
    const int error = errno;
    if (stayed_.empty()) stayed_ = "'" + scrub_utf8(name) + "' stays: " + std::generic_category().message(error);
    return false;
  }

  DIR* top_;
  unsigned long next_ = 0;
  std::string stayed_;
};

}  // namespace

Result<void> remove_tree(const std::string& path) {
  if (remove_one(AT_FDCWD, path.c_str()) || errno == ENOENT || errno == ENOTDIR) return {};
  if (is_full(errno)) {
    const Listing top = open_folder(AT_FDCWD, path.c_str());
    if (top) {
      const auto emptied = Flattening(top.get()).run();
      if (!emptied) return transient("remove '" + path + "': " + emptied.error().message);
    }
    if (::unlinkat(AT_FDCWD, path.c_str(), AT_REMOVEDIR) == 0) return {};
  }
  return transient("remove '" + path + "': " + std::generic_category().message(errno));
}

}  // namespace greenroom
