#pragma once
// A Python package index on loopback (PEP 503, with hashes and Requires-Python), and the wheels and sdists that it
// serves, made here. It counts what it is asked for.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/synchronized.h"
#include "lib/http/server.h"
#include "tests/support/archive.h"

namespace greenroom::testing {

struct Package {
  std::string name;  // "shot-naming": its module's folder is up to `files`
  std::string version;
  ArchiveFiles files;                                // below site-packages: {"shot_naming/__init__.py", "A = 1\n"}
  std::vector<std::string> requirements = {};        // Requires-Dist: "numpy>=1.20"
  std::string requires_python = {};                  // ">=3.9"; empty: any
  std::map<std::string, std::string> commands = {};  // console scripts: "naming" → "shot_naming:main"
  std::string setup_py = "raise SystemExit('ran')";  // of the sdist
};
std::string wheel(const Package& package);  // py3-none-any
std::string sdist(const Package& package);  // .tar.gz
std::string wheel_name(const Package& package);
std::string sdist_name(const Package& package);

// Serves until it is destroyed. Thread-safe.
class PackageIndex {
 public:
  PackageIndex();
  PackageIndex(const PackageIndex&) = delete;
  PackageIndex& operator=(const PackageIndex&) = delete;

  std::string url() const;   // "http://127.0.0.1:40001/simple"
  std::string host() const;  // "127.0.0.1:40001"

  // Each returns the file's SHA-256 in hexadecimal. What has the same name takes the place of what was there.
  std::string add(const Package& package);        // its wheel
  std::string add_sdist(const Package& package);  // its sdist; a wheel may stand beside it
  // Serves other bytes for that file from now on, under the hash that was told before.
  void tamper(const std::string& file);
  void remove(std::string_view project);
  void answer_with(int status);  // to every request, 200: as usual again

  // Paths in the order in which they were asked for: "/simple/shot-naming/", "/files/shot_naming-1.0-py3-none-any.whl".
  std::vector<std::string> asked() const;
  std::size_t requests() const { return asked().size(); }
  void forget();  // counts from nothing again

 private:
  struct File {
    std::string project, bytes, sha256, requires_python;
  };
  struct State {
    std::map<std::string, File> files;  // by file name
    std::vector<std::string> asked;
    int status = 200;
  };
  static http::Response answer(State& state, const std::string& path);
  std::string hold(const Package& package, const std::string& name, std::string bytes);

  Synchronized<State> state_;
  std::unique_ptr<http::Server> server_;  // last: it stops before the rest goes
};

}  // namespace greenroom::testing
