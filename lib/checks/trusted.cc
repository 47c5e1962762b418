#include "lib/checks/trusted.h"

#include <stdexcept>

namespace greenroom::checks {

std::string trusted_file(std::string_view name) {
  for (const TrustedFile& file : trusted_files())
    if (file.name == name) return std::string(file.content);
  throw std::logic_error("there is no trusted file '" + std::string(name) + "'");
}

}  // namespace greenroom::checks
