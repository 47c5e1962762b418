#include "lib/work/directory.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <filesystem>
#include <optional>

#include "lib/base/log.h"
#include "lib/base/remove_tree.h"

namespace greenroom::work {
namespace fs = std::filesystem;
namespace {

constexpr int kMostSlots = 256;

Result<Fd> open_lock(const std::string& path) {
  Fd lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock) return transient("cannot open " + path + ": " + std::error_code(errno, std::generic_category()).message());
  return lock;
}

// `path` and its scratch folder, empty.
Result<void> make_ready(const std::string& path, const std::string& scratch) {
  GREENROOM_CHECK(make_directory(path));
  GREENROOM_CHECK(remove_tree(scratch));
  return make_directory(scratch);
}

}  // namespace

Result<void> make_directory(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return transient("cannot make " + path + ": " + error.message());
  return {};
}

Result<void> enough_space(const std::string& path, std::uintmax_t least_free_bytes) {
  std::error_code error;
  const auto space = fs::space(path, error);
  if (error) return transient("cannot look at " + path + ": " + error.message());
  if (space.available >= least_free_bytes) return {};
  return transient("the disk of " + path + " is full: " + std::to_string(space.available >> 20) + " MiB are free, " +
                   std::to_string(least_free_bytes >> 20) + " MiB are needed");
}

Result<SlotDirectory> SlotDirectory::take(const std::string& root) {
  GREENROOM_CHECK(make_directory(root + "/slots"));
  std::optional<Error> unusable;  // one folder that cannot be used takes no other with it
  for (int number = 0; number < kMostSlots; ++number) {
    const std::string path = root + "/slots/" + std::to_string(number);
    GREENROOM_TRY(lock, open_lock(path + ".lock"));
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) continue;
    SlotDirectory slot(path, std::move(lock));
    if (const auto ready = make_ready(path, slot.scratch()); !ready) {
      if (!unusable) log::error("a slot's folder cannot be used", {{"path", path}, {"error", ready.error()}});
      unusable = unusable.value_or(ready.error());
      continue;
    }
    return slot;
  }
  if (unusable) return tl::unexpected(*unusable);
  return transient("every slot folder below " + root + " is in use");
}

}  // namespace greenroom::work
