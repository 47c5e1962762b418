#pragma once
// A folder for temporary files, gone with the command.

#include <string>
#include <utility>

#include "lib/base/error.h"

namespace greenroom::cli {

class Scratch {
 public:
  // Errors: transient.
  static Result<Scratch> make();
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch();
  const std::string& path() const { return path_; }

 private:
  explicit Scratch(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace greenroom::cli
