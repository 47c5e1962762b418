#pragma once
// The runner's folders: <state>/runner/{mirrors,slots/<n>}. A slot's folder belongs to one living process at a time, so
// that any number of runners may share a machine, and a killed one's folder is used again.

#include <cstdint>
#include <string>

#include "lib/base/error.h"
#include "lib/base/fd.h"

namespace greenroom::work {

// Errors of both: transient, naming the folder and why.
Result<void> make_directory(const std::string& path);
Result<void> enough_space(const std::string& path, std::uintmax_t least_free_bytes);

class SlotDirectory {
 public:
  // The first folder below `root`/slots that no living process holds; what a killed job left in its scratch is removed.
  // A folder that cannot be emptied is passed over, and logged. Errors: transient.
  static Result<SlotDirectory> take(const std::string& root);
  const std::string& path() const { return path_; }
  std::string scratch() const { return path_ + "/scratch"; }

 private:
  SlotDirectory(std::string path, Fd lock) : path_(std::move(path)), lock_(std::move(lock)) {}
  std::string path_;
  Fd lock_;  // flock: ends with the process, however it ends
};

}  // namespace greenroom::work
