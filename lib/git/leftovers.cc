#include "lib/git/leftovers.h"

#include <filesystem>

namespace greenroom::git {
namespace {

// "tmp_pack_x", "tmp_idx_x", "incoming-x"; "packed-refs.lock"; a ".keep" is git fetch's own for as long as it runs.
bool is_leftover(const std::string& name) {
  return name.starts_with("tmp_") || name.starts_with("incoming-") || name.ends_with(".lock") ||
         name.ends_with(".keep");
}

}  // namespace

void remove_leftovers(const std::string& directory) {
  namespace fs = std::filesystem;
  std::error_code ignored;  // what cannot be removed shows in the next fetch
  for (const char* folder : {"", "/refs/greenroom", "/objects", "/objects/pack"}) {
    for (const auto& entry : fs::directory_iterator(directory + folder, ignored)) {
      if (is_leftover(entry.path().filename().string())) fs::remove_all(entry.path(), ignored);
    }
  }
}

}  // namespace greenroom::git
