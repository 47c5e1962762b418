#pragma once
// A folder of ours for one run, removed with whatever is in it.

#include <string>

#include "lib/base/error.h"

namespace greenroom::sandbox {

class Scratch {
 public:
  // Makes `<parent>/job-<random>`, and `parent` when missing. Errors: transient.
  static Result<Scratch> make(const std::string& parent);
  Scratch(Scratch&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch();
  const std::string& path() const { return path_; }
  // A copy of `workspace` at path()/copy; symlinks are copied as symlinks. Errors: transient.
  Result<void> copy_workspace(const std::string& workspace) const;

 private:
  explicit Scratch(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// remove_tree, which logs what it cannot remove.
void remove_thoroughly(const std::string& path);

}  // namespace greenroom::sandbox
