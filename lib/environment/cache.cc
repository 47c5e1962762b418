#include "lib/environment/cache.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "lib/base/hash.h"
#include "lib/base/log.h"
#include "lib/environment/environment.h"
#include "lib/json/json.h"
#include "lib/sandbox/scratch.h"

namespace greenroom::environment {
namespace fs = std::filesystem;
namespace {

constexpr int kLook = 50;  // milliseconds

Fd open_folder(const std::string& path) {
  return Fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

bool still_lies_at(const Fd& folder, const std::string& path) {
  struct stat held {
  }, there{};
  return ::fstat(folder.get(), &held) == 0 && ::lstat(path.c_str(), &there) == 0 && held.st_ino == there.st_ino &&
         held.st_dev == there.st_dev;
}

std::string read_whole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool write_whole(const std::string& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  return static_cast<bool>(out.flush());
}

std::int64_t seconds_of(TimePoint time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

bool is_key(const std::string& name) {
  return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

tl::unexpected<Error> no_folder(const std::string& path, const std::string& why) {
  log::warn("an environment's folder cannot be made", {{"path", path}, {"why", why}});
  return transient("this machine has no room for an environment: " + why);
}

// A stranger's wheel may hold programs with the set-uid bit of the runner's user: nobody else on the machine may reach
// them, while they are built nor afterwards.
void make_private(const fs::path& folder, std::error_code& error) {
  fs::create_directories(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
}

}  // namespace

std::optional<Cache::Kept> Cache::find(const std::string& key) const {
  Kept kept;
  const std::string entry = path(key);
  kept.hold = open_folder(entry);
  if (!kept.hold || ::flock(kept.hold.get(), LOCK_SH | LOCK_NB) != 0 || !still_lies_at(kept.hold, entry))
    return std::nullopt;
  const std::string file = entry + "/manifest.json";
  auto manifest = read_manifest(read_whole(file));
  if (!manifest) {
    log::error("an environment's manifest cannot be read", {{"path", file}, {"error", manifest.error()}});
    return std::nullopt;
  }
  ::utimensat(AT_FDCWD, file.c_str(), nullptr, AT_SYMLINK_NOFOLLOW);  // the last use, for make_room
  kept.tree = entry + "/tree";
  kept.manifest = std::move(*manifest);
  return kept;
}

Result<Fd> Cache::lock(const std::string& key, const std::function<bool()>& cancelled) const {
  std::error_code error;
  fs::create_directories(path("locks"), error);
  // A fixed number of files: two keys that share one wait for each other, which hurts nobody.
  const std::string file = path("locks/" + key.substr(0, 2));
  Fd lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock) return no_folder(file, std::strerror(errno));
  while (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (cancelled && cancelled()) return transient("cancelled");
    ::poll(nullptr, 0, kLook);
  }
  return lock;
}

Result<Cache::Building> Cache::begin(const std::string& key) const {
  for (int attempt = 0; attempt < 3; ++attempt) {
    Building building;
    building.path = path("building-" + key.substr(0, 16) + "-" + random_hex(8));
    std::error_code error;
    make_private(building.path, error);
    building.hold = open_folder(building.path);
    const bool held = building.hold && ::flock(building.hold.get(), LOCK_EX | LOCK_NB) == 0;
    // Whoever makes room may have taken it for a leftover before the lock was there.
    if (!error && (!held || !still_lies_at(building.hold, building.path))) continue;
    for (const auto& folder : {building.tree(), building.sources()})
      if (!error) fs::create_directory(folder, error);
    if (error) return no_folder(building.path, error.message());
    return building;
  }
  return transient("this machine has no room for an environment");
}

Result<Cache::Kept> Cache::keep(const std::string& key, Building building, Manifest manifest) const {
  sandbox::remove_thoroughly(building.sources());
  manifest.built_at = seconds_of(clock_.now());
  if (!write_whole(building.path + "/manifest.json", to_json(manifest))) {
    abandon(std::move(building));
    return no_folder(path(key), "the disk is full");
  }
  ::syncfs(building.hold.get());  // a name must not outlive what it names, also when the power fails
  const std::string entry = path(key);
  if (Fd old = open_folder(entry)) {
    const std::string gone = path("gone-" + random_hex(8));
    if (::rename(entry.c_str(), gone.c_str()) == 0 && ::flock(old.get(), LOCK_EX | LOCK_NB) == 0)
      drop(gone, std::move(old));
  }
  if (::rename(building.path.c_str(), entry.c_str()) != 0) {
    const std::string why = std::strerror(errno);
    abandon(std::move(building));
    return no_folder(entry, why);
  }
  ::flock(building.hold.get(), LOCK_SH);
  if (!still_lies_at(building.hold, entry)) return transient("the environment was removed again at once");
  return Kept{entry + "/tree", std::move(manifest), std::move(building.hold)};
}

void Cache::abandon(Building building) { sandbox::remove_thoroughly(building.path); }

void Cache::drop(const std::string& path, Fd) const { sandbox::remove_thoroughly(path); }

void Cache::remember(const std::string& key, const checks::LockFault& fault) const {
  std::error_code ignored;
  fs::create_directories(path("faults"), ignored);
  const auto text = json::dump({{"code", fault.code}, {"message", fault.message}, {"at", seconds_of(clock_.now())}});
  const std::string file = path("faults/" + key), unfinished = file + "." + random_hex(4);
  if (write_whole(unfinished, text)) ::rename(unfinished.c_str(), file.c_str());
}

std::optional<checks::LockFault> Cache::fault(const std::string& key) const {
  const auto value = json::parse(read_whole(path("faults/" + key)));
  if (!value || !value->is_object()) return std::nullopt;
  const auto age = seconds_of(clock_.now()) - json::integer(*value, "at");
  if (age < 0 || age > std::chrono::seconds(kFaultRemembered).count()) return std::nullopt;
  return checks::LockFault{json::text(*value, "code"), json::text(*value, "message")};
}

void Cache::forget_faults() const {
  std::error_code error;
  for (fs::directory_iterator each(path("faults"), error), end; !error && each != end; each.increment(error)) {
    std::error_code ignored;
    if (fs::last_write_time(each->path(), ignored) + 2 * kFaultRemembered < fs::file_time_type::clock::now())
      fs::remove(each->path(), ignored);
  }
}

void Cache::make_room(std::uint64_t most) const {
  forget_faults();
  struct Entry {
    std::string path;
    std::uint64_t bytes;
    fs::file_time_type used;
  };
  std::vector<Entry> entries;
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::directory_iterator each(directory_, error), end; !error && each != end; each.increment(error)) {
    const std::string name = each->path().filename(), where = each->path();
    if (name.starts_with("building-") || name.starts_with("gone-")) {
      Fd folder = open_folder(where);
      if (folder && ::flock(folder.get(), LOCK_EX | LOCK_NB) == 0) drop(where, std::move(folder));
    } else if (is_key(name)) {
      const auto manifest = read_manifest(read_whole(where + "/manifest.json"));
      std::error_code unknown;
      const auto used = fs::last_write_time(where + "/manifest.json", unknown);
      entries.push_back({where, manifest ? manifest->bytes : 0, unknown ? fs::file_time_type::min() : used});
      bytes += entries.back().bytes;
    }
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
  for (const Entry& entry : entries) {
    if (bytes <= most) return;
    Fd folder = open_folder(entry.path);
    const std::string gone = path("gone-" + random_hex(8));
    if (!folder || ::flock(folder.get(), LOCK_EX | LOCK_NB) != 0 || ::rename(entry.path.c_str(), gone.c_str()) != 0)
      continue;
    drop(gone, std::move(folder));
    bytes -= entry.bytes;
  }
}

}  // namespace greenroom::environment
