#include "lib/sandbox/plan_check.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "lib/base/text.h"
#include "lib/sandbox/root_filesystem.h"

namespace greenroom::sandbox {
namespace {

bool is_plain_absolute(std::string_view path) {
  return path.size() > 1 && path.front() == '/' && is_relative_name(path.substr(1));
}

bool lies_in(std::string_view path, std::string_view folder) {
  return path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
}

bool is_variable_name(std::string_view name) {
  const auto fits = [](char c) {
    return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::all_of(name.begin(), name.end(), fits);
}

bool has_nul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

bool is_directory(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

// Whether the job would find no such program; false when only the job can tell.
bool lacks_program(const Plan& plan, const std::string& path) {
  if (lies_in(below_usr(path), "/usr")) return !is_program(plan.root, path);
  for (const auto& bind : plan.binds) {
    if (lies_in(path, bind.to)) return ::access((bind.from + path.substr(bind.to.size())).c_str(), X_OK) != 0;
  }
  return false;
}

Result<void> check_program(const Plan& plan) {
  if (plan.argv.empty() || !is_plain_absolute(plan.argv[0])) return bug("a sandbox plan needs an absolute program");
  for (const auto& word : plan.argv) {
    if (has_nul(word)) return bug("an argument holds a zero byte");
  }
  if (lacks_program(plan, plan.argv[0])) return not_found("there is no program " + plan.argv[0]);
  return {};
}

Result<void> check_binds(const Plan& plan) {
  for (const auto& bind : plan.binds) {
    if (!is_plain_absolute(bind.from) || !is_plain_absolute(bind.to)) return bug("a bind needs absolute paths");
    // Below what a job can write, bubblewrap would create the mount point through the job's own symlinks.
    for (const char* folder : {"/work", "/tmp/out", "/tmp/home", "/proc", "/dev", "/etc", "/greenroom", "/usr"}) {
      if (lies_in(bind.to, folder)) return bug("a bind may not lie under " + std::string(folder));
    }
    if (bind.to == "/tmp") return bug("a bind may not hide /tmp");
    if (!is_directory(bind.from)) return not_found("there is no tool folder " + bind.from);
  }
  return {};
}

bool is_of_ours(const std::string& path, mode_t type) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && (status.st_mode & S_IFMT) == type && status.st_uid == ::geteuid();
}

// Whoever gets a way out or a lasting folder gets nothing else to write to, and no code of a change to run in it.
Result<void> check_provision(const Plan& plan) {
  if (!plan.provision) return {};
  const Provision& provision = *plan.provision;
  if (plan.access != WorkspaceAccess::read_only) return bug("a provision plan may not write to its workspace");
  const bool below_opt = provision.inside.starts_with("/opt/") && is_plain_absolute(provision.inside) &&
                         provision.inside.find('/', 5) == std::string::npos && provision.inside != kEgressInside;
  if (!below_opt) return bug("what is provided is seen directly below /opt/, not at " + provision.inside);
  if (!is_plain_absolute(provision.tree) || !is_of_ours(provision.tree, S_IFDIR))
    return bug("what is provided lies in no folder of ours: " + provision.tree);
  if (!provision.socket.empty() && (!is_plain_absolute(provision.socket) || !is_of_ours(provision.socket, S_IFSOCK)))
    return bug("the way out is no socket of ours: " + provision.socket);
  for (const auto& bind : plan.binds) {
    if (lies_in(bind.to, provision.inside) || lies_in(provision.inside, bind.to) || lies_in(bind.to, kEgressInside))
      return bug("a bind may not lie where the environment is built: " + bind.to);
  }
  return {};
}

Result<void> check_root(const Plan& plan) {
  if (plan.root.empty()) return {};
  if (!is_plain_absolute(plan.root)) return bug("a root filesystem needs an absolute path");
  if (!is_directory(plan.root + "/usr")) return not_found("there is no root filesystem " + plan.root + " any more");
  return {};
}

Result<void> check_words(const Plan& plan) {
  for (const auto& [name, content] : plan.files) {
    if (!is_relative_name(name)) return bug("a configuration file's name is not plain: " + name);
  }
  for (const auto& [name, value] : plan.environment) {
    if (!is_variable_name(name) || has_nul(value)) return bug("not an environment variable: " + name);
  }
  for (const auto& name : plan.artefacts) {
    if (!is_relative_name(name)) return bug("an artefact's name is not plain: " + name);
  }
  return {};
}

}  // namespace

bool is_relative_name(std::string_view name) {
  const auto is_step = [](std::string_view part) { return part.empty() || part == "." || part == ".."; };
  const auto parts = split(name, '/');
  return !has_nul(name) && std::none_of(parts.begin(), parts.end(), is_step);
}

Result<void> refuse_root(uid_t effective) {
  if (effective != 0) return {};
  return rejected("the sandbox does not run as root: a job could get out of it; start the runner as its own user");
}

Result<void> check_plan(const Plan& plan) {
  GREENROOM_CHECK(check_root(plan));
  GREENROOM_CHECK(check_program(plan));
  GREENROOM_CHECK(check_binds(plan));
  GREENROOM_CHECK(check_provision(plan));
  GREENROOM_CHECK(check_words(plan));
  if (!is_plain_absolute(plan.workspace)) return bug("a sandbox plan needs an absolute workspace");
  if (!is_directory(plan.workspace)) return not_found("there is no workspace " + plan.workspace);
  if (!is_plain_absolute(plan.scratch)) return bug("a sandbox plan needs an absolute scratch");
  return {};
}

}  // namespace greenroom::sandbox
