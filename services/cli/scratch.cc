#include "services/cli/scratch.h"

#include <cstdlib>
#include <filesystem>

namespace greenroom::cli {
namespace fs = std::filesystem;

Result<Scratch> Scratch::make() {
  std::error_code failed;
  std::string path = (fs::temp_directory_path(failed) / "greenroom-XXXXXX").string();
  if (failed || mkdtemp(path.data()) == nullptr)
    return transient("cannot make a folder for temporary files; is the disk full?");
  return Scratch(std::move(path));
}

Scratch::~Scratch() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace greenroom::cli
