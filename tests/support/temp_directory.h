#pragma once
// A directory of the test's own below $TMPDIR, removed with everything in it.

#include <string>
#include <string_view>

namespace greenroom::testing {

class TempDirectory {
 public:
  TempDirectory();
  ~TempDirectory();
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
  void write(std::string_view name, std::string_view content) const;  // makes the folders on the way
  std::string read(std::string_view name) const;                      // "" when it is not there

 private:
  std::string path_;
};

}  // namespace greenroom::testing
