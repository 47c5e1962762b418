#pragma once
// One folder of a control group hierarchy that lives as long as this object. Both versions. Private to this room.

#include <string>
#include <vector>

#include "lib/base/error.h"
#include "lib/base/fd.h"
#include "lib/sandbox/cgroup_settings.h"

namespace greenroom::sandbox {

class CgroupFolder {
 public:
  // Errors: transient.
  static Result<CgroupFolder> make(const std::string& parent, const std::string& name);
  CgroupFolder(CgroupFolder&& other) noexcept;
  CgroupFolder& operator=(CgroupFolder&&) = delete;
  // Kills what is left in it, where the kernel can (version 2, since Linux 5.14), and removes it. What cannot be
  // removed is told to the log.
  ~CgroupFolder();

  Result<void> set(const std::vector<GroupSetting>& settings) const;  // errors: transient
  std::string text_of(const std::string& file) const;                 // "" when it is not there
  int entrance() const { return entrance_.get(); }                    // writing "0" to it joins
  const std::string& path() const { return path_; }

 private:
  CgroupFolder(std::string path, Fd entrance) : path_(std::move(path)), entrance_(std::move(entrance)) {}
  std::string path_;  // empty: moved from
  Fd entrance_;
};

// The whole of a small file below /sys or /proc; "" when it cannot be read.
std::string read_group_file(const std::string& file);
bool write_group_file(const std::string& file, std::string_view text);

}  // namespace greenroom::sandbox
