#pragma once
// One kind of lock, as the contract of environments meets it: the same small project, asked for in its own way. Every
// lock names shot-naming 1.2 by an address that does not exist, for the operator's index is asked instead.

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "lib/checks/check.h"

namespace greenroom::environment {

using Files = std::map<std::string, std::string>;  // of the base branch

struct Kind {
  std::string name;                 // of the provider
  std::string lock;                 // as people call it
  checks::Toolbox tools;            // what it is built with
  std::vector<std::string> pinned;  // of those, which come with the pinned tools and may not be on this machine

  // A project that asks for shot-naming 1.2, the wheel with this SHA-256.
  Files (*project)(const std::string& sha256);
  // Each changes that project: it asks for a folder of its own too; its lock is left behind; its lock is no lock.
  void (*ask_for_a_folder)(Files& files);
  void (*leave_the_lock_behind)(Files& files);  // nullptr: its lock is all that there is
  void (*spoil)(Files& files);
  std::string left_out;  // how the folder is named to people
};

void PrintTo(const Kind& kind, std::ostream* stream);
const std::vector<Kind>& all_kinds();

}  // namespace greenroom::environment
