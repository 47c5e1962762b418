#pragma once
// One kind of lock, as the contract of environments meets it: the same small project, asked for in its own way. A lock
// over an index names shot-naming 1.2 by an address that does not exist, for the operator's index is asked instead; rez
// finds it, as shot_naming, in the operator's package folders.

#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "lib/checks/check.h"

namespace greenroom::environment {

using Files = std::map<std::string, std::string>;  // of the base branch

struct Kind {
  std::string name;                 // of the provider
  std::string lock;                 // as people call it
  checks::Toolbox tools;            // what it is built with
  std::vector<std::string> pinned;  // of those, which come with the pinned tools and may not be on this machine

  // A project that asks for shot-naming 1.2, over an index the wheel with this SHA-256.
  Files (*project)(const std::string& sha256);
  std::vector<std::pair<std::string, std::string>> packages;  // what it gets, with their versions
  void (*spoil)(Files& files);                                // its lock is no lock
  // How the author hears that there is only shot-naming 1.1, or none.
  std::string wrong_version, no_package;

  // The rest is of locks over an index. Each changes the project: it asks for a folder of its own too; its lock is left
  // behind.
  bool over_index = true;
  void (*ask_for_a_folder)(Files& files) = nullptr;
  void (*leave_the_lock_behind)(Files& files) = nullptr;  // nullptr: its lock is all that there is
  std::string left_out;                                   // how the folder is named to people
};

void PrintTo(const Kind& kind, std::ostream* stream);
const std::vector<Kind>& all_kinds();
std::vector<Kind> kinds_over_an_index();

}  // namespace greenroom::environment
