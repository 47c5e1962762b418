// How long a push waits for its review, over the slowest tool alone: a real push to the practice host, the real
// services, Postgres with fsync, against the same tools run by hand on the same tree, in turn. Up to 250 ms of the push
// may be ours, whatever the tools take. Second figure: from the stored delivery to the start of the first tool.

#include <poll.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "bench/figure.h"
#include "bench/line/by_hand.h"
#include "tests/line/debian_package.h"

namespace greenroom::bench {
namespace {

constexpr int kRounds = 5;
constexpr double kFixedMilliseconds = 250;
constexpr std::chrono::milliseconds kLook{100};  // seldom: asking takes from what is measured
constexpr std::chrono::minutes kPatience{5};
constexpr const char* kBranch = "maya/package";

// Everything that a change sets off, once its newest head was checked. Times are milliseconds since the epoch.
constexpr const char* kSettled =
    "SELECT j.state = 'finished' AND r.settled_version >= r.dirty_version AND NOT EXISTS (SELECT FROM effect e WHERE "
    "e.state IN ('pending', 'sending', 'in_doubt')) AS value FROM job j JOIN review r USING (change_id) "
    "WHERE j.head_sha = '";
constexpr const char* kPosted =
    "SELECT extract(epoch FROM max(e.settled_at)) * 1000 AS value FROM effect e JOIN job j USING (trace_id) "
    "WHERE j.head_sha = '";
constexpr const char* kFirstTool =
    "SELECT extract(epoch FROM min(k.started_at) - max(d.received_at)) * 1000 AS value FROM check_run k "
    "JOIN job j ON j.id = k.job_id JOIN delivery d USING (trace_id) WHERE j.head_sha = '";
constexpr const char* kTools =
    "SELECT string_agg(format('%s %s', name, round(ms)), ', ' ORDER BY name) AS value FROM (SELECT name, "
    "percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - started_at) * 1000) AS ms "
    "FROM check_run GROUP BY name) AS tool";

double now() {
  return std::chrono::duration<double, std::milli>(std::chrono::system_clock::now().time_since_epoch()).count();
}

class Pushes {
 public:
  Pushes() : project_(testing::debian_package("pluggy")), change_(testing::debian_package("packaging")) {
    line_.seed(project_);
  }

  // The first makes the change; each later one adds a line to a file of it.
  void run() {
    if (pushes_++ > 0) *change_.begin()->second += "# " + std::to_string(pushes_) + "\n";
    line_.commit(kBranch, change_);
    const double start = now();
    line_.publish(kBranch);
    const std::string head = line_.head(kBranch) + "'";
    await(kSettled + head);
    const double whole = std::stod(line_.text(kPosted + head)) - start;
    const double first_tool = std::stod(line_.text(kFirstTool + head));
    std::fprintf(stderr, "  push %d: review after %.0f ms, first tool after %.0f ms\n", pushes_, whole, first_tool);
    if (pushes_ == 1) return;  // clones the mirror, greets, asks a buddy: the rest is what happens every day
    whole_.push_back(whole);
    first_tool_.push_back(first_tool);
  }

  ByHand by_hand() {
    std::vector<std::string> files, changed;
    for (const auto& [name, content] : change_) changed.push_back(name);
    for (const auto& [name, content] : project_) files.push_back(name);
    files.insert(files.end(), changed.begin(), changed.end());
    std::sort(files.begin(), files.end());
    return ByHand(line_.directory() + "/work", std::move(files), std::move(changed));
  }

  double review() const { return median(whole_); }
  double first_tool() const { return median(first_tool_); }
  std::string tools() { return line_.text(kTools); }

 private:
  void await(const std::string& condition) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (line_.text(condition) != "t") {
      if (std::chrono::steady_clock::now() >= end) throw std::runtime_error("no review was posted");
      ::poll(nullptr, 0, static_cast<int>(kLook.count()));
    }
  }

  testing::Files project_, change_;
  testing::Line line_;
  int pushes_ = 0;
  std::vector<double> whole_, first_tool_;
};

// The table's figure is the ratio to the slowest tool; how far the number of processors alone allows it to fall is
// said beside it.
void explain(const std::map<std::string, double>& tools, const std::string& in_line, double slowest) {
  double sum = 0;
  std::string by_hand;
  for (const auto& [name, time] : tools) {
    sum += time;
    by_hand += (by_hand.empty() ? "" : ", ") + name + " " + std::to_string(static_cast<int>(time));
  }
  std::fprintf(stderr, "  by hand, ms: %s; one after the other %.0f\n", by_hand.c_str(), sum);
  std::fprintf(stderr, "  in the line, ms: %s\n", in_line.c_str());
  std::fprintf(stderr, "  two at a time these tools cannot end before %.2f of the slowest\n",
               std::max(slowest, sum / 2) / slowest);
}

int run() {
  Pushes pushes;
  pushes.run();
  ByHand by_hand = pushes.by_hand();
  for (int round = 0; round < kRounds; ++round) {
    by_hand.run();
    pushes.run();
  }
  const auto tools = by_hand.medians();
  double slowest = 0;
  for (const auto& [name, time] : tools) slowest = std::max(slowest, time);
  explain(tools, pushes.tools(), slowest);
  const bool reviewed =
      report({"line_push_to_review", pushes.review() - kFixedMilliseconds, "ms", slowest, Direction::at_most, 1.15});
  const bool prompt =
      report({"line_commit_to_first_tool", pushes.first_tool(), "ms", kFixedMilliseconds, Direction::at_most, 1});
  return reviewed && prompt ? kMet : kMissed;
}

}  // namespace
}  // namespace greenroom::bench

int main() {
  try {
    return greenroom::bench::run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "line: %s\n", error.what());
    return greenroom::bench::kCannotRun;
  }
}
