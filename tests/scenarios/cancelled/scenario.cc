#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "lib/base/text.h"
#include "tests/scenarios/project.h"
#include "tests/scenarios/visitor.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Never ends by itself, does not listen, and leaves a daemon and a file behind.
constexpr const char* kStubborn =
    "import os\nimport signal\nimport threading\n\n\ndef test_waits() -> None:\n"
    "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n    open(\"left\", \"w\").close()\n"
    "    if os.fork() == 0:\n        os.setsid()\n    threading.Event().wait(600)\n";

std::string read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// What the runner has started, of whatever generation, by process id.
std::set<int> offspring_of(int runner) {
  std::map<int, int> parents;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const std::string stat = read(entry.path() / "stat");
    const auto after = stat.rfind(") ");
    if (after == std::string::npos) continue;  // gone
    parents[std::stoi(name)] = std::stoi(stat.substr(after + 4));
  }
  std::set<int> found{runner};
  for (std::size_t before = 0; before != found.size();) {
    before = found.size();
    for (const auto& [pid, parent] : parents)
      if (found.contains(parent)) found.insert(pid);
  }
  found.erase(runner);
  return found;
}

// Folders of the control groups that these processes lie in, as far as they are a job's.
std::set<std::string> groups_of(const std::set<int>& processes) {
  std::set<std::string> found;
  for (const int pid : processes) {
    const std::string text = read("/proc/" + std::to_string(pid) + "/cgroup");
    for (const auto line : split_lines(text)) {
      const auto parts = split(line, ':');
      if (parts.size() != 3 || parts[2].find("greenroom-job-") == std::string_view::npos) continue;
      const std::string controllers(parts[1].substr(0, parts[1].find(',')));
      found.insert("/sys/fs/cgroup" + (controllers.empty() ? "" : "/" + controllers) + std::string(parts[2]));
    }
  }
  return found;
}

std::vector<std::string> left_in(const std::string& scratch) {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(scratch))
    if (const std::string name = entry.path().filename(); !name.starts_with("etc-")) found.push_back(name);
  return found;
}

class Cancelled : public ::testing::Test {
 protected:
  Cancelled() {
    line.seed(small_project());
    change = line.push("maya/slow", {{"tests/test_slow.py", kStubborn}});
    EXPECT_TRUE(line.wait_until(
        "SELECT EXISTS (SELECT 1 FROM check_run WHERE name = 'pytest' AND state = 'running') AS value"));
    job = line.text("SELECT id::text AS value FROM job");
    EXPECT_TRUE(wait_until([&] { return offspring_of(line.pid("runner")).size() >= 4; })) << "the test is under way";
    groups = groups_of(offspring_of(line.pid("runner")));
  }
  void expect_gone(const std::string& reason) {
    ASSERT_TRUE(line.wait_until("SELECT state = 'cancelled' AS value FROM job WHERE id = " + job));
    EXPECT_EQ(line.text("SELECT (finished_at - cancel_requested_at < interval '10 seconds')::text AS value FROM job "
                        "WHERE id = " +
                        job),
              "true")
        << line.text("SELECT (finished_at - cancel_requested_at)::text AS value FROM job WHERE id = " + job);
    line.settle();  // the next head's job may use the same slot
    EXPECT_THAT(Visitor(line, "maya").get("/jobs/" + job).body, HasSubstr(reason));
    EXPECT_TRUE(wait_until([&] { return offspring_of(line.pid("runner")).empty(); })) << "a process lives on";
    for (const std::string& group : groups) EXPECT_FALSE(fs::exists(group)) << group;
    const std::string slot = line.directory() + "/runner/slots/0";
    EXPECT_THAT(left_in(slot + "/scratch"), IsEmpty());
    EXPECT_EQ(read("/proc/self/mountinfo").find(slot), std::string::npos);
    line.assert_invariants();
  }

  Line line;
  std::int64_t change = 0;
  std::string job;
  std::set<std::string> groups;
};

TEST_F(Cancelled, ByANewerPush) {
  line.push("maya/slow", {{"tests/test_slow.py", std::nullopt}, {"README.md", "# Shotlist\n"}});
  expect_gone("superseded by " + line.head("maya/slow").substr(0, 7));
}

TEST_F(Cancelled, ByClosingTheChange) {
  line.delete_branch("maya/slow");
  expect_gone("the change was closed");
}

// The practice host knows no drafts; other hosts say so with this event.
TEST_F(Cancelled, ByConvertingItToADraft) {
  const std::string sql =
      "INSERT INTO local_host.outbox (event) SELECT convert_from(body, 'UTF8')::jsonb || jsonb_build_object("
      "'event', 'change_drafted', 'at', to_char(now() AT TIME ZONE 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')) || "
      "jsonb_build_object('change', (convert_from(body, 'UTF8')::jsonb -> 'change') || '{\"draft\": true}') "
      "FROM delivery WHERE event_name = 'change_opened'";
  ASSERT_TRUE(line.database().run({sql, sql}, {}));
  expect_gone("converted to a draft");
}

}  // namespace
}  // namespace greenroom::testing
