#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "lib/service/service.h"

namespace greenroom::service {

Result<ReadyFile> ReadyFile::make(const config::Config& config, std::string_view service) {
  const std::string folder = config.text("state.directory") + "/run";
  std::error_code ignored;  // what it comes to shows when the file is written
  std::filesystem::create_directories(folder, ignored);
  const std::string path = folder + "/" + std::string(service) + ".ready";
  errno = 0;
  std::ofstream file(path);
  file << ::getpid() << "\n";
  if (!file.flush())
    return user_fault("cannot write " + path + ": " + std::strerror(errno) +
                      "; let state.directory be a folder of this service's user");
  return ReadyFile(path);
}

ReadyFile::ReadyFile(ReadyFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}

ReadyFile::~ReadyFile() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

}  // namespace greenroom::service
