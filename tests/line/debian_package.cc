#include "tests/line/debian_package.h"

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

bool is_source(const fs::path& file) { return file.extension() == ".py" || file.extension() == ".pyi"; }

}  // namespace

Files debian_package(const std::string& name, const std::string& below) {
  Files files;
  const fs::path packages = "/usr/lib/python3/dist-packages";
  const fs::path module = packages / (name + ".py");
  if (fs::exists(module)) {
    files[below + "/" + name + ".py"] = read(module);
    return files;
  }
  for (const auto& entry : fs::recursive_directory_iterator(packages / name))
    if (entry.is_regular_file() && is_source(entry.path()))
      files[below + "/" + fs::relative(entry.path(), packages).string()] = read(entry.path());
  return files;
}

}  // namespace greenroom::testing
