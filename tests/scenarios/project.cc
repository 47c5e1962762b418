#include "tests/scenarios/project.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace greenroom::testing {
namespace fs = std::filesystem;

namespace {

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

Files files_of(const fs::path& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() != ".pyc")
      files[fs::relative(entry.path(), folder).string()] = read(entry.path());
  return files;
}

}  // namespace

Files small_project() { return files_of(GREENROOM_SOURCE_DIR "/practice/shotlist"); }
Files newcomer_branch() { return files_of(GREENROOM_SOURCE_DIR "/practice/newcomer"); }

}  // namespace greenroom::testing
