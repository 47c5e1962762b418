// Waiting for the line to come to rest, and reading what stands on the practice host.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/line/line.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

// True once nothing is left to do anywhere on the line.
constexpr const char* kAtRest = R"(SELECT
  NOT EXISTS (SELECT 1 FROM delivery WHERE state = 'stored') AND
  NOT EXISTS (SELECT 1 FROM job WHERE state IN ('queued', 'leased')) AND
  NOT EXISTS (SELECT 1 FROM review WHERE settled_version < dirty_version) AND
  NOT EXISTS (SELECT 1 FROM effect WHERE state IN ('pending', 'sending', 'in_doubt')) AND
  NOT EXISTS (SELECT 1 FROM local_host.item i WHERE i.kind = 'change' AND i.state = 'open' AND NOT EXISTS (
      SELECT 1 FROM change c JOIN repository r ON r.id = c.repository_id
      WHERE r.host = 'local' AND r.host_repository_id = i.repository_id AND c.number = i.number AND c.head_sha = i.head_sha)) AS value)";

std::string end_of(const std::string& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  const std::string all = text.str();
  return all.size() > 6000 ? "…" + all.substr(all.size() - 6000) : all;
}

}  // namespace

pg::Rows Line::rows(std::string_view sql, const pg::Params& params) {
  const std::string name = "line_" + std::to_string(++queries_);
  auto result = connection_->run(pg::Query{name, sql}, params);
  if (!result) throw std::runtime_error(result.error().describe() + "\n" + std::string(sql));
  return *result;
}

std::string Line::text(std::string_view sql) {
  const auto found = rows(sql);
  return found.empty() ? "" : found[0].text("value");
}

std::int64_t Line::count(std::string_view sql) { return std::stoll("0" + text(sql)); }

bool Line::wait_until(std::string_view sql_true, std::chrono::seconds patience) {
  return testing::wait_until([&] { return text(sql_true) == "t"; }, patience);
}

void Line::settle(std::chrono::seconds patience) {
  if (!wait_until(kAtRest, patience)) throw std::runtime_error("the line did not come to rest\n" + failure_report());
}

std::string Line::summary(std::int64_t change) {
  const auto found = rows(
      "SELECT c.body FROM local_host.comment c JOIN local_host.account a ON a.id = c.author_id "
      "WHERE a.kind = 'bot' AND c.thread_id IS NULL AND c.number = $1 ORDER BY c.id LIMIT 1",
      {change});
  return found.empty() ? "" : found[0].text("body");
}

std::vector<Thread> Line::threads(std::int64_t change) {
  std::vector<Thread> result;
  const auto found = rows(
      "SELECT t.path, t.line, t.resolved_at IS NOT NULL AS resolved, (SELECT string_agg(c.body, E'\\n\\n' "
      "ORDER BY c.id) FROM local_host.comment c WHERE c.thread_id = t.id) AS body "
      "FROM local_host.thread t WHERE t.number = $1 ORDER BY t.id",
      {change});
  for (int i = 0; i < found.size(); ++i)
    result.push_back({found[i].text("path"), static_cast<int>(found[i].integer("line")), found[i].boolean("resolved"),
                      found[i].text("body")});
  return result;
}

std::map<std::string, std::string> Line::statuses(std::int64_t change) {
  std::map<std::string, std::string> result;
  const auto found = rows(
      "SELECT s.context, s.state FROM local_host.status s JOIN local_host.item i ON i.repository_id = s.repository_id "
      "AND i.head_sha = s.sha WHERE i.number = $1",
      {change});
  for (int i = 0; i < found.size(); ++i) result[found[i].text("context")] = found[i].text("state");
  return result;
}

std::vector<std::string> Line::ledger() {
  std::vector<std::string> result;
  const auto found = rows("SELECT action || ' ' || effect_key AS line FROM local_host.ledger ORDER BY id");
  for (int i = 0; i < found.size(); ++i) result.push_back(found[i].text("line"));
  return result;
}

void Line::assert_invariants() {
  EXPECT_EQ(count("SELECT count(*) AS value FROM delivery WHERE state NOT IN ('done', 'ignored')"), 0)
      << "I1: a delivery did not reach a good end";
  EXPECT_EQ(count("SELECT count(*) AS value FROM (SELECT effect_key FROM local_host.ledger WHERE action LIKE 'create%' "
                  "GROUP BY 1 HAVING count(*) > 1) twice"),
            0)
      << "I2: something was posted twice";
  EXPECT_EQ(count("SELECT count(*) AS value FROM effect e WHERE e.state = 'done' AND NOT EXISTS "
                  "(SELECT 1 FROM local_host.ledger l WHERE l.effect_key = e.key)"),
            0)
      << "I2: a settled effect never reached the host";
  EXPECT_EQ(
      count(
          "SELECT count(*) AS value FROM (SELECT number FROM local_host.comment c JOIN local_host.account a ON a.id = "
          "c.author_id WHERE "
          "a.kind = 'bot' AND thread_id IS NULL AND body LIKE '%summary%' GROUP BY number HAVING count(*) > 1) twice"),
      0)
      << "one living comment a change";
}

std::string Line::failure_report() {
  std::string report = "--- " + directory_.path() + "\n";
  for (const auto& [name, child] : services_) report += "--- " + name + "\n" + end_of(child->log());
  if (!connection_) return report;
  const auto left = connection_->run(
      pg::Query{"left",
                "SELECT 'delivery ' || id || ' ' || state || ' ' || coalesce(error, '') AS line FROM delivery "
                "UNION ALL SELECT 'job ' || id || ' ' || state || ' attempts ' || attempts || ' ' || reason FROM job "
                "UNION ALL SELECT 'review ' || change_id || ' dirty ' || dirty_version || ' wanted ' || wanted_version "
                "|| ' settled ' || settled_version FROM review "
                "UNION ALL SELECT 'effect ' || key || ' ' || state || ' ' || coalesce(error, '') FROM effect"});
  if (left)
    for (int i = 0; i < left->size(); ++i) report += (*left)[i].text("line") + "\n";
  return report;
}

}  // namespace greenroom::testing
