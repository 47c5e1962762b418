#include "lib/pg/query.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace greenroom::pg {

Query query(std::string_view name) {
  const auto& queries = all_queries();  // sorted by name by the generator
  const auto found = std::lower_bound(queries.begin(), queries.end(), name,
                                      [](const Query& query, std::string_view wanted) { return query.name < wanted; });
  if (found == queries.end() || found->name != name) {
    throw std::logic_error("no file sql/queries/" + std::string(name) + ".sql");
  }
  return *found;
}

}  // namespace greenroom::pg
