#include "lib/sandbox/root_filesystem.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "lib/base/fd.h"
#include "lib/base/hash.h"
#include "lib/base/text.h"

namespace greenroom::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMachine = "the machine's own /usr";
constexpr const char* kManifest = "/manifest";

auto misplaced(const std::string& configured, const std::string& why) {
  return user_fault("sandbox.root: '" + configured + "' " + why);
}

// "2026-11-20" from the line "date 2026-11-20" of the manifest.
std::string date_in(const std::string& manifest) {
  for (const std::string_view line : split_lines(manifest))
    if (line.starts_with("date ")) return scrub_utf8(shorten(std::string(line.substr(5)), 20));
  return "an unknown date";
}

std::string label_of(const std::string& path) {
  std::ifstream file(path + kManifest, std::ios::binary);
  if (!file) return "root filesystem without a manifest";
  const std::string manifest{std::istreambuf_iterator<char>(file), {}};
  return "root filesystem of " + date_in(manifest) + ", manifest " + to_hex(sha256(manifest)).substr(0, 12);
}

// A runner that can write it could be led to change what every later job finds.
std::string writable_part(const std::string& path) {
  for (const char* part : {"", "/usr", "/usr/bin", "/usr/lib", "/etc"})
    if (::access((path + part).c_str(), W_OK) == 0) return path + part;
  return {};
}

}  // namespace

Result<RootFilesystem> open_root_filesystem(const std::string& configured) {
  if (configured.empty()) return RootFilesystem{{}, kMachine};
  if (configured.front() != '/') return misplaced(configured, "is no absolute path");
  std::error_code missing;
  const fs::path path = fs::canonical(configured, missing);
  if (missing)
    return misplaced(configured, "is not there: make it with './dev root " + configured +
                                     "', or leave the setting empty for the machine's own /usr");
  if (!is_program(path, "/usr/bin/python3"))
    return misplaced(configured,
                     "holds no usr/bin/python3: './dev root' makes a root filesystem that "
                     "fits; this is none");
  if (const std::string part = writable_part(path); !part.empty())
    return misplaced(configured, "can be changed by the user of this process, in " + part +
                                     ": give it to root, or take the write permission from it");
  return RootFilesystem{path, label_of(path)};
}

Execute executor_on(const RootFilesystem& root) {
  return [path = root.path](const Plan& plan, const auto& on_output, const auto& cancelled) {
    Plan placed = plan;
    placed.root = path;
    return execute(placed, on_output, cancelled);
  };
}

std::string below_usr(const std::string& path) {
  for (const std::string_view merged : {"/bin/", "/sbin/", "/lib/", "/lib64/"})
    if (path.starts_with(merged)) return "/usr" + path;
  return path;
}

bool is_program(const std::string& root, const std::string& path) {
  if (root.empty()) return ::access(path.c_str(), X_OK) == 0;
  const Fd folder(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!folder) return false;
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  const std::string below = below_usr(path);
  const Fd file(static_cast<int>(::syscall(SYS_openat2, folder.get(), below.c_str(), &how, sizeof how)));
  struct stat status {};
  return file && ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 0111) != 0;
}

}  // namespace greenroom::sandbox
