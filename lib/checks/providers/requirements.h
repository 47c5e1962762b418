#pragma once
// Requirements files as pip reads them, made harmless: what stays names a package of the operator's index, and where
// it may be built, nothing else. Pure. Private to providers/.

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace greenroom::checks {

using BaseFile = std::function<std::string(std::string_view)>;

struct Requirements {
  std::vector<std::pair<std::string, std::string>> files;  // path → content, line for line; -r and -c name each other
  std::vector<std::string> left_out;                       // "requirements.txt line 3: -e ."
  std::size_t packages = 0;                                // lines that ask for one
  bool hashed = true;                                      // each of them names the hashes of its files
};

// Reads `path` and all that it names, each file once. Bounded; a file that is not there is left out.
void read_requirements(std::string_view path, const BaseFile& base_file, Requirements& into);

// Whether this is a package of an index: "flask[async]>=2,<3; python_version > '3.8'". No address, no path, no option.
bool names_a_package(std::string_view requirement);

// The name as indexes compare it: lower case, runs of '-', '_' and '.' as one '-'. Empty when there is none.
std::string package_name(std::string_view requirement);

}  // namespace greenroom::checks
