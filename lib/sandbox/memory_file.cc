#include "lib/sandbox/memory_file.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace greenroom::sandbox {

Result<Fd> memory_file(std::string_view content) {
  Fd file(::memfd_create("greenroom", MFD_CLOEXEC));
  if (!file) return transient(std::string("memfd: ") + std::strerror(errno));
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t wrote = ::pwrite(file.get(), content.data() + done, content.size() - done, static_cast<off_t>(done));
    if (wrote <= 0) return transient(std::string("fill memfd: ") + std::strerror(errno));
    done += static_cast<std::size_t>(wrote);
  }
  return file;
}

std::string read_memory_file(const Fd& file) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return {};
  std::string content(static_cast<std::size_t>(status.st_size), '\0');
  const ssize_t got = ::pread(file.get(), content.data(), content.size(), 0);
  content.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return content;
}

}  // namespace greenroom::sandbox
