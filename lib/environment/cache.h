#pragma once
// The folder of kept environments. <key>/ holds tree/ and manifest.json and is never written to again; building-*/ is
// under way, gone-*/ on its way out. An open lock on such a folder (flock) says that it is in use: it ends with the
// process, however that ends, so a crash leaves nothing that is taken for whole, and nothing that stays. Private.

#include <functional>
#include <optional>
#include <string>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/fd.h"
#include "lib/environment/report.h"

namespace greenroom::environment {

class Cache {
 public:
  Cache(std::string directory, const Clock& clock) : directory_(std::move(directory)), clock_(clock) {}

  struct Kept {
    std::string tree;
    Manifest manifest;
    Fd hold;
  };
  // nullopt: there is none. Counts as a use.
  std::optional<Kept> find(const std::string& key) const;

  // One builder of a key at a time, on this machine. Errors: transient (cancelled, or the folder cannot be made).
  Result<Fd> lock(const std::string& key, const std::function<bool()>& cancelled) const;

  struct Building {
    std::string path;  // with tree/ and sources/ in it, both empty
    Fd hold;
    std::string tree() const { return path + "/tree"; }
    std::string sources() const { return path + "/sources"; }
  };
  // Only for who holds the key's lock. Errors: transient.
  Result<Building> begin(const std::string& key) const;
  Result<Kept> keep(const std::string& key, Building building, Manifest manifest) const;
  static void abandon(Building building);

  void remember(const std::string& key, const checks::LockFault& fault) const;
  std::optional<checks::LockFault> fault(const std::string& key) const;

  // Removes leftovers, then the least recently used until no more than `most` bytes are kept. What is in use stays.
  void make_room(std::uint64_t most) const;

 private:
  std::string path(std::string_view name) const { return directory_ + "/" + std::string(name); }
  void forget_faults() const;  // those that nobody asks for any more
  void drop(const std::string& path, Fd hold) const;

  std::string directory_;
  const Clock& clock_;
};

}  // namespace greenroom::environment
