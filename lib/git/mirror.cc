#include "lib/git/mirror.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "lib/base/fd.h"
#include "lib/base/log.h"
#include "lib/git/fetch_failure.h"
#include "lib/git/fetch_settings.h"
#include "lib/git/leftovers.h"
#include "lib/git/mirror_refs.h"
#include "lib/git/repository.h"
#include "lib/process/process.h"

namespace greenroom::git {
namespace {

constexpr rlim_t kAddressSpace = rlim_t{4} << 30;
constexpr std::size_t kMostKeepers = 1000;
constexpr std::size_t kComplaintBytes = 64u << 10;
constexpr std::chrono::milliseconds kLook{50};

// One fetch at a time into one mirror; readers need no lock, git only ever adds whole packs. Asked for again and again
// instead of waited for: the one who holds it may wait for a host that has stalled.
Result<Fd> lock_mirror(const std::string& directory, const std::function<bool()>& cancelled) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(directory).parent_path(), error);
  Fd lock(::open((directory + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock) return transient("open '" + directory + ".lock': " + std::strerror(errno));
  while (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EINTR && errno != EWOULDBLOCK) return transient("lock '" + directory + "': " + std::strerror(errno));
    if (cancelled && cancelled()) return transient("cancelled while another fetch was under way");
    ::poll(nullptr, 0, static_cast<int>(kLook.count()));
  }
  return lock;
}

Result<void> write_program_file(const std::string& path, const std::string& content, mode_t mode) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  if (!out || ::chmod(path.c_str(), mode) != 0) return transient("cannot write '" + path + "'; is the disk full?");
  return {};
}

Result<Fd> hold_token(const Secret& token) {
  if (token.empty()) return Fd();
  Fd file(::memfd_create("token", MFD_CLOEXEC));
  const auto& text = token.reveal();
  if (!file || ::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    return transient("cannot hold the token for git");
  }
  return file;
}

process::Command git_command(const std::string& directory, const FetchSource& source, const FetchLimits& limits) {
  process::Command command;
  command.argv = {"git", "--git-dir=" + directory};
  command.environment = git_environment(directory + "/greenroom.gitconfig", source.allow_protocol);
  command.directory = directory;
  command.wall = limits.wall;
  command.cancelled = limits.cancelled;
  command.capture_bytes = kComplaintBytes;
  const rlim_t pack = limits.pack_bytes;
  const rlim_t seconds = static_cast<rlim_t>(limits.wall.count()) + 1;
  command.before_exec = [pack, seconds] {
    const rlimit file{pack, pack}, space{kAddressSpace, kAddressSpace}, cpu{seconds, seconds}, core{0, 0};
    ::signal(SIGXFSZ, SIG_IGN);  // so that git says "File too large" instead of vanishing
    ::setrlimit(RLIMIT_FSIZE, &file);
    ::setrlimit(RLIMIT_AS, &space);
    ::setrlimit(RLIMIT_CPU, &cpu);
    ::setrlimit(RLIMIT_CORE, &core);
  };
  return command;
}

void append_fetch(process::Command& command, const std::string& url, const std::vector<std::string>& shas) {
  for (const char* word : {"fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head",
                           "--no-auto-maintenance", "--no-show-forced-updates", "--end-of-options"}) {
    command.argv.emplace_back(word);
  }
  command.argv.push_back(url);
  for (const auto& sha : shas) command.argv.push_back("+" + sha + ":" + keeper_of(sha));
}

Result<void> fetch(const std::string& directory, const FetchSource& source, const FetchLimits& limits,
                   const std::vector<std::string>& shas) {
  GREENROOM_CHECK(write_program_file(directory + "/greenroom.gitconfig", git_configuration(), 0600));
  GREENROOM_CHECK(write_program_file(directory + "/greenroom-askpass", askpass_script(), 0700));
  GREENROOM_TRY(token, hold_token(source.token));
  process::Command command = git_command(directory, source, limits);
  if (token) {
    command.environment.emplace_back("GIT_ASKPASS", directory + "/greenroom-askpass");
    command.environment.emplace_back("GREENROOM_TOKEN_FD", std::to_string(token.get()));
    command.keep_fds = {token.get()};
  }
  append_fetch(command, source.url, shas);
  GREENROOM_TRY(outcome, process::run(command));
  if (!outcome.ok()) return tl::unexpected(explain_failure(outcome));
  return {};
}

// Housekeeping after a fetch. Its failure costs disk space and time, never the job.
void tidy(const std::string& directory, const FetchSource& source, const FetchLimits& limits,
          const std::vector<std::string>& keep) {
  const auto forgotten = forget_oldest(directory, kMostKeepers, keep);
  if (!forgotten) log::warn("mirror_tidy_failed", {{"mirror", directory}, {"error", forgotten.error()}});
  process::Command command = git_command(directory, source, limits);
  for (const char* word : {"gc", "--auto", "--quiet"}) command.argv.emplace_back(word);
  const auto outcome = process::run(command);
  if (outcome && outcome->ok()) return;
  log::warn("mirror_gc_failed", {{"mirror", directory}});
  remove_leftovers(directory);
}

Result<void> check_commits(const std::vector<std::string>& shas) {
  for (const auto& sha : shas) {
    if (!is_sha(sha)) return bug("fetch of something that is not a commit id");
  }
  return {};
}

Result<void> check_source(const FetchSource& source) {
  if (is_allowed_url(source.url, source.allow_protocol)) return {};
  return rejected("the repository's address does not use " + source.allow_protocol);
}

}  // namespace

Result<void> fetch_commits(const std::string& directory, const FetchSource& source,
                           const std::vector<std::string>& shas, const FetchLimits& limits) {
  GREENROOM_CHECK(check_source(source));
  return fetch_commits(
      directory, [&source]() -> Result<FetchSource> { return source; }, shas, limits);
}

Result<void> fetch_commits(const std::string& directory, const FindSource& find_source,
                           const std::vector<std::string>& shas, const FetchLimits& limits) {
  GREENROOM_CHECK(check_commits(shas));
  GREENROOM_TRY(lock, lock_mirror(directory, limits.cancelled));
  GREENROOM_CHECK(make_mirror(directory));
  GREENROOM_TRY(wanted, missing_commits(directory, shas));
  if (wanted.empty()) return {};
  GREENROOM_TRY(source, find_source());
  GREENROOM_CHECK(check_source(source));
  remove_leftovers(directory);  // of a runner that was killed
  auto fetched = fetch(directory, source, limits, wanted);
  if (!fetched) {
    remove_leftovers(directory);
    return pass(std::move(fetched).error(), "fetch " + wanted.front());
  }
  GREENROOM_TRY(missing, missing_commits(directory, shas));
  if (!missing.empty()) return not_found(missing.front() + " is not a commit on the host");
  tidy(directory, source, limits, shas);
  return {};
}

}  // namespace greenroom::git
