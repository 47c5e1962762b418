#include "bench/figure.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "lib/json/json.h"

namespace greenroom::bench {

bool report(const Figure& f) {
  const double ratio = f.figure / f.limit;
  const bool at_most = f.direction == Direction::at_most;
  const bool ok = at_most ? ratio <= f.aim : ratio >= f.aim;
  std::printf("%-28s %12.2f %12.2f %-13s %8.3f  %s %-6.3g %s\n", f.name.c_str(), f.figure, f.limit, f.unit.c_str(),
              ratio, at_most ? "≤" : "≥", f.aim, ok ? "ok" : "missed");
  std::fflush(stdout);
  if (const char* file = std::getenv("GREENROOM_BENCH_JSON")) {
    const json::Value line{{"name", f.name},
                           {"figure", f.figure},
                           {"unit", f.unit},
                           {"limit", f.limit},
                           {"ratio", ratio},
                           {"aim", f.aim},
                           {"direction", at_most ? "at_most" : "at_least"},
                           {"ok", ok}};
    std::ofstream(file, std::ios::app) << json::dump(line) << "\n";
  }
  return ok;
}

}  // namespace greenroom::bench
