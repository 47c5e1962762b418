#pragma once
// A migrated database of the test's own on the Postgres of $GREENROOM_TEST_PG, with the services' roles; dropped at the
// end. Copied from a template that is migrated once per schema, which takes about 50 ms.

#include <memory>
#include <string>

#include "lib/pg/pg.h"

namespace greenroom::testing {

class TestDatabase {
 public:
  enum class Schema { newest, none };
  // Throws when $GREENROOM_TEST_PG is not set or does not answer: such a test has failed.
  explicit TestDatabase(Schema schema = Schema::newest);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  pg::Options options() const;                            // as the owner
  pg::Options options_as(const std::string& role) const;  // as "greenroom_runner", …
  const std::string& name() const { return name_; }
  std::string conninfo() const;

  pg::Connection& connection() { return *connection_; }  // the owner's, for the test's thread
  std::unique_ptr<pg::Connection> open() const;          // another one, as the owner
  std::unique_ptr<pg::Connection> open_as(const std::string& role) const;
  void script(std::string_view sql);  // throws when it fails
  // The first column of the first row, which has to be called "answer".
  std::string answer(std::string_view sql);

  // Ends every connection of others to this database, as a restart of Postgres does to clients.
  void kill_connections();

 private:
  std::string name_;
  std::unique_ptr<pg::Connection> connection_;
};

}  // namespace greenroom::testing
