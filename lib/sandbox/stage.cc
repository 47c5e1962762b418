#include "lib/sandbox/stage.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "lib/sandbox/sandbox.h"

namespace greenroom::sandbox {
namespace {

constexpr int kStageFailed = 125;

bool write_text(const char* file, const std::string& text) {
  const int fd = ::open(file, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool whole = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(fd);
  return whole;
}

std::string one_id(unsigned id) { return std::to_string(id) + " " + std::to_string(id) + " 1\n"; }

bool make_folder(const char* name) { return ::mkdir(name, 0755) == 0 || errno == EEXIST; }

}  // namespace

void Stage::Unmap::operator()(Report* report) const { ::munmap(report, sizeof(Report)); }

Result<Stage> Stage::prepare(StageSettings settings) {
  Stage stage;
  stage.settings_ = std::move(settings);
  stage.uid_map_ = one_id(::geteuid());
  stage.gid_map_ = one_id(::getegid());
  stage.user_namespaces_ = std::to_string(stage.settings_.user_namespaces);
  const std::uint64_t bytes = stage.settings_.bytes;
  stage.tmpfs_options_ = "mode=0755,size=" + std::to_string(bytes) +
                         ",nr_inodes=" + std::to_string(std::max<std::uint64_t>(bytes / kBytesPerFile, 64));
  void* page = ::mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  std::array<int, 2> ends{};
  if (page == MAP_FAILED || ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return transient(std::string("prepare the stage: ") + std::strerror(errno));
  }
  stage.report_.reset(new (page) Report{nullptr, 0});
  stage.send_ = Fd(ends[0]);
  stage.receive_ = Fd(ends[1]);
  return stage;
}

void Stage::stop(const char* step) const {
  *report_ = {step, errno};
  ::_exit(kStageFailed);
}

void Stage::require(bool done, const char* step) const {
  if (!done) stop(step);
}

void Stage::map_user() const {
  // The runner is not dumpable, and /proc/self of such a process belongs to root. This child ends with its exec.
  require(::prctl(PR_SET_DUMPABLE, 1) == 0, "prctl");
  require(write_text("/proc/self/setgroups", "deny"), "setgroups");
  require(write_text("/proc/self/uid_map", uid_map_), "uid_map");
  require(write_text("/proc/self/gid_map", gid_map_), "gid_map");
}

// The limit of this namespace holds in all below it, and the job has no capability here to raise it. Bubblewrap's
// --disable-userns does the same one level below, and takes longer.
void Stage::limit_namespaces() const {
  require(write_text("/proc/sys/user/max_user_namespaces", user_namespaces_), "limit user namespaces");
}

void Stage::make_folders() const {
  for (const char* name : {"lower", "upper", "work", "merged", "tmp", "tmp/home", "tmp/out"}) {
    require(make_folder(name), "make folders");
  }
}

// Constant options and relative names, so no character of a path can mean something to the kernel's option parser.
void Stage::mount_overlay() const {
  // Without user.* attributes the kernel mounts the overlay all the same, and then fails in the middle of the job.
  require(::setxattr("upper", "user.greenroom", "1", 1, 0) == 0, "extended attributes");
  require(::removexattr("upper", "user.greenroom") == 0, "extended attributes");
  require(::mount(settings_.workspace.c_str(), "lower", nullptr, MS_BIND | MS_REC, nullptr) == 0, "bind workspace");
  require(::mount("overlay", "merged", "overlay", MS_NOSUID | MS_NODEV,
                  "lowerdir=lower,upperdir=upper,workdir=work,userxattr") == 0,
          "mount overlay");
}

// Hands the folder to our parent: the message waits in the socket, and the descriptor in it keeps the tmpfs alive.
void Stage::send_out() const {
  const int folder = ::open("tmp/out", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  require(folder >= 0, "open out");
  char byte = 'x';
  iovec data{&byte, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(header), &folder, sizeof folder);
  require(::sendmsg(send_.get(), &message, 0) == 1, "send out");
  ::close(folder);
}

void Stage::mount_layers() const {
  require(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "make mounts private");
  if (settings_.layering == Layering::memory) {
    require(::mount("tmpfs", settings_.directory.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, tmpfs_options_.c_str()) == 0,
            "mount tmpfs");
  }
  require(::chdir(settings_.directory.c_str()) == 0, "enter stage");
  make_folders();
  if (settings_.layer_over_workspace && settings_.layering != Layering::copy) mount_overlay();
  send_out();
  require(::chdir("/") == 0, "leave stage");
}

void Stage::enter() const {
  for (const int group : settings_.cgroups) require(::write(group, "0", 1) == 1, "join cgroup");
  const bool writes = settings_.layering != Layering::none;
  require(::unshare(CLONE_NEWUSER | (writes ? CLONE_NEWNS : 0)) == 0, "user namespace");
  map_user();
  limit_namespaces();
  if (writes) mount_layers();
  // After the namespace is ours: from here on only this job's processes count.
  require(set_limits(settings_.limits), "set limits");
}

std::string Stage::failure() const {
  if (report_->step == nullptr) return {};
  return std::string(report_->step) + ": " + std::strerror(report_->error);
}

Fd Stage::take_out() const {
  char byte = 0;
  iovec data{&byte, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  if (::recvmsg(receive_.get(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) != 1) return Fd();
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS) return Fd();
  int folder = -1;
  std::memcpy(&folder, CMSG_DATA(header), sizeof folder);
  return Fd(folder);
}

std::string Stage::workspace() const {
  if (!settings_.layer_over_workspace) return settings_.workspace;
  return settings_.directory + (settings_.layering == Layering::copy ? "/copy" : "/merged");
}

std::string Stage::tmp() const {
  return settings_.layering == Layering::none ? std::string() : settings_.directory + "/tmp";
}

}  // namespace greenroom::sandbox
