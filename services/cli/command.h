#pragma once
// A command of `greenroom`: what it is called, what it takes, what it does. One file each in commands/, one row in
// commands.cc; usage, help and docs/commands.md derive from the rows.

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "services/cli/arguments.h"

namespace greenroom::cli {

struct Positional {
  std::string_view name;
  std::string_view doc;
  enum class Count { one, optional, many } count = Count::one;
};

struct Option {
  std::string_view name;   // "--base"
  std::string_view value;  // "REF"; empty: a flag
  std::string_view doc;
};

// Exit codes of every command.
inline constexpr int kFine = 0;
inline constexpr int kAttention = 1;    // it worked, and there is something to look at
inline constexpr int kUsage = 2;        // the person can mend it: the message says how
inline constexpr int kUnavailable = 3;  // a database, a disk, a network: the same command may work later

struct Command {
  std::string_view name;
  std::string_view purpose;  // one sentence
  std::vector<Positional> positionals;
  std::vector<Option> options;
  Result<int> (*run)(const Arguments& arguments);  // the exit code
  std::string (*footer)() = nullptr;               // what --help adds at its end
};

const std::vector<Command>& all_commands();

}  // namespace greenroom::cli
