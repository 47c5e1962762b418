#pragma once
// The files of trusted/, compiled into the program: what cmake/embed_trusted.cmake generates.

#include <string>
#include <string_view>
#include <vector>

namespace greenroom::checks {

struct TrustedFile {
  std::string_view name;
  std::string_view content;
};
const std::vector<TrustedFile>& trusted_files();
const std::vector<TrustedFile>& embedded_builders();  // of providers/builders/
std::string trusted_file(std::string_view name);      // a name that does not exist throws std::logic_error

}  // namespace greenroom::checks
