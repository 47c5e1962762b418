// Every named query can be run by the service that runs it, with that service's rights.

#include <gtest/gtest.h>

#include "lib/pg/query.h"
#include "tests/support/test_database.h"

namespace greenroom::pg {
namespace {

using Names = std::vector<std::string>;

struct Area {
  std::string_view prefix;
  Names roles;  // who runs it; none: the owner alone
};

// The longest prefix that fits counts. A new query needs a row here, and its grants in sql/roles.sql.
const std::vector<Area> kAreas{
    {"app/", {"bot"}},
    {"app/publish_webhook", {"webhook"}},
    {"app/webhook_secret", {"webhook"}},
    {"bot/", {"bot"}},
    {"check_run/", {"runner"}},
    {"check_run/of_job", {"bot", "dashboard"}},
    {"compose/", {"bot"}},
    {"connection/", {"bot"}},
    {"decision/", {"bot"}},
    {"delivery/", {"webhook"}},
    {"effect/", {"bot"}},
    {"explain/", {}},
    {"finding/of_job", {"bot", "dashboard"}},
    {"finding/replace", {"runner"}},
    {"host_local/", {"bot"}},
    {"host_local/repositories", {"bot", "dashboard"}},
    {"intake/", {"bot"}},
    {"job/", {"runner"}},
    {"job/sweep_", {"bot"}},
    {"migration/", {}},
    {"migration/applied", {"webhook", "bot", "runner"}},
    {"poll/", {"bot"}},
    {"practice/", {"dashboard"}},
    {"practice/join_roster", {}},
    {"practice/upsert_person", {}},
    {"practice/upsert_repository", {}},
    {"read_access/", {"bot"}},
    {"read_access/answer", {"runner"}},
    {"read_access/ask", {"runner"}},
    {"review/touch", {"bot", "runner"}},
    {"role/", {}},
    {"sign_in/", {"dashboard"}},
    {"sign_in/make_link", {}},
    {"transaction/", {}},
    {"try/", {"runner"}},
    {"try/sweep_", {"bot"}},
    {"web/", {"dashboard"}},
};

const Area* area_of(std::string_view name) {
  const Area* best = nullptr;
  for (const Area& area : kAreas) {
    if (name.starts_with(area.prefix) && (best == nullptr || area.prefix.size() > best->prefix.size())) best = &area;
  }
  return best;
}

// Asks for the plan, which checks the rights and runs nothing.
Result<void> may_run(Connection& db, const Query& query) {
  GREENROOM_CHECK(db.run_script("DEALLOCATE ALL; PREPARE it AS " + std::string(query.sql)));
  GREENROOM_CHECK(
      db.run_script("SET plan_cache_mode = force_generic_plan; DO $$ DECLARE parameters text; BEGIN "
                    "SELECT string_agg('NULL', ', ') INTO parameters FROM pg_prepared_statements, "
                    "unnest(parameter_types) WHERE name = 'it'; "
                    "EXECUTE 'EXPLAIN EXECUTE it' || coalesce('(' || parameters || ')', ''); END $$"));
  return {};
}

TEST(RolesAndQueries, EveryQueryHasSomeoneWhoRunsIt) {
  for (const Query& query : all_queries()) {
    EXPECT_NE(area_of(query.name), nullptr) << query.name << ": say in this table which service runs it";
  }
}

TEST(RolesAndQueries, EveryServiceMayRunItsQueries) {
  testing::TestDatabase database;
  for (const std::string role : {"webhook", "bot", "runner", "dashboard"}) {
    for (const Query& query : all_queries()) {
      const Area* area = area_of(query.name);
      if (area == nullptr || std::count(area->roles.begin(), area->roles.end(), role) == 0) continue;
      const auto db = database.open_as("greenroom_" + role);
      const auto may = may_run(*db, query);
      EXPECT_TRUE(may) << role << " runs " << query.name << ": " << may.error().describe();
    }
  }
}

}  // namespace
}  // namespace greenroom::pg
