#include <algorithm>
#include <numeric>

#include "lib/config/config.h"

namespace greenroom::config {
namespace {

// Levenshtein's distance, one row at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t k = 0; k < b.size(); ++k) {
      const std::size_t above = row[k + 1];
      row[k + 1] = std::min({above + 1, row[k] + 1, diagonal + (a[i] == b[k] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::string nearest_key(std::string_view name) {
  if (name.size() > 64) return "";
  std::string best;
  std::size_t least = std::max<std::size_t>(3, name.size() / 3) + 1;
  for (const Key& key : all_keys())
    if (const std::size_t far = distance(name, key.name); far < least) {
      least = far;
      best = key.name;
    }
  return best;
}

}  // namespace greenroom::config
