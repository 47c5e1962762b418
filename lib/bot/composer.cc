#include "lib/bot/composer.h"

#include <algorithm>
#include <exception>

#include "lib/base/log.h"
#include "lib/bot/posted_rows.h"
#include "lib/pg/query.h"
#include "lib/review/review.h"
#include "lib/store/job_reader.h"

namespace greenroom::bot {
namespace {

using Stage = review::Facts::Stage;

Stage stage_of(const pg::Row& row) {
  const auto change = row.text("state");
  if (change == "merged") return Stage::merged;
  if (change == "closed") return Stage::closed;
  const auto job = row.text("job_state");
  if (job == "leased") return Stage::running;
  if (job == "finished") return Stage::done;
  if (job == "dead") return Stage::dead_letter;
  return job == "cancelled" ? Stage::superseded : Stage::waiting;  // queued, or none yet
}

std::string error_line_of(const pg::Row& row) {
  const auto state = row.text("job_state");
  if (state == "dead" || state == "cancelled") return row.text("reason");
  return row.text("config_error");
}

Result<model::LessonMemory> memory_of(pg::Connection& db, model::PersonId person, model::ChangeId change) {
  model::LessonMemory memory;
  GREENROOM_TRY(rows, db.run(pg::query("compose/memory"), {person, change}));
  for (int i = 0; i < rows.size(); ++i) memory[rows[i].text("lesson")] = static_cast<int>(rows[i].integer("meetings"));
  return memory;
}

Result<std::vector<std::string>> quiet_of(pg::Connection& db, model::PersonId person, model::ChangeId change) {
  std::vector<std::string> lessons;
  GREENROOM_TRY(rows, db.run(pg::query("compose/quiet"), {person, change}));
  for (int i = 0; i < rows.size(); ++i) lessons.push_back(rows[i].text("lesson"));
  return lessons;
}

Result<std::set<std::string>> refused_of(pg::Connection& db, model::RepositoryId repository, std::int64_t number) {
  constexpr std::string_view kThread = "thread/";
  std::set<std::string> fingerprints;
  GREENROOM_TRY(rows, db.run(pg::query("compose/refused"), {repository, number}));
  for (int i = 0; i < rows.size(); ++i) fingerprints.insert(rows[i].text("slot").substr(kThread.size()));
  return fingerprints;
}

Result<std::map<std::string, std::string>> sections_of(pg::Connection& db, model::ChangeId change) {
  std::map<std::string, std::string> sections;
  GREENROOM_TRY(rows, db.run(pg::query("compose/sections"), {change}));
  for (int i = 0; i < rows.size(); ++i) sections[rows[i].text("name")] = rows[i].text("markdown");
  return sections;
}

// The cap is of a push, however often its review is composed: a comment composes it again, too.
teaching::Options options_for(const model::PostedReview& posted, const std::string& head, int inline_cap) {
  teaching::Options options;
  options.inline_cap = inline_cap;
  for (const auto& thread : posted.threads) {
    if (thread.head_sha == head && options.inline_cap > 0) --options.inline_cap;
    const bool silenced = thread.state == model::PostedThread::State::resolved_by_person;
    (silenced ? options.silenced : options.standing).insert(thread.fingerprint);
  }
  return options;
}

// Of tests that wait for an approval nobody knows whether they still fail: their threads stay as they are.
void hold_what_waits(review::Facts& facts, const model::PostedReview& posted) {
  auto& live = facts.teaching.live;
  for (const auto& check : facts.checks) {
    if (check.state != model::CheckState::waiting) continue;
    for (const auto& thread : posted.threads)
      if (thread.lesson.starts_with(check.name + "/")) live.push_back(thread.fingerprint);
  }
  std::sort(live.begin(), live.end());
}

class Gathering {
 public:
  Gathering(pg::Connection& db, model::ChangeId change, const Settings& settings, const teaching::LessonBook& book)
      : db_(db), change_(change), settings_(settings), book_(book) {}

  Result<review::Facts> facts() {
    GREENROOM_TRY(rows, db_.run(pg::query("compose/facts"), {change_}));
    if (rows.empty()) return bug("a review of no change");
    const auto row = rows[0];
    review::Facts facts;
    facts.head_sha = row.text("head_sha");
    facts.job = model::JobId{row.integer("job_id")};
    facts.stage = stage_of(row);
    facts.author_name = row.text("author_name");
    facts.dashboard_url = settings_.dashboard_url;
    facts.error_line = error_line_of(row);
    facts.size = {static_cast<int>(row.integer("size_files")), static_cast<int>(row.integer("size_added")),
                  static_cast<int>(row.integer("size_removed"))};
    GREENROOM_TRY(sections, sections_of(db_, change_));
    facts.sections = std::move(sections);
    if (facts.job) GREENROOM_CHECK(add_results(row, facts));
    return facts;
  }

 private:
  Result<void> add_results(const pg::Row& row, review::Facts& facts) {
    GREENROOM_TRY(checks, store::checks_of(db_, facts.job));
    GREENROOM_TRY(findings, store::findings_of(db_, facts.job));
    GREENROOM_TRY(memory, memory_of(db_, model::PersonId{row.integer("author_id")}, change_));
    const model::RepositoryId repository{row.integer("repository_id")};
    GREENROOM_TRY(posted, load_posted(db_, repository, row.integer("number"), facts.head_sha));
    GREENROOM_TRY(refused, refused_of(db_, repository, row.integer("number")));
    GREENROOM_TRY(quiet, quiet_of(db_, model::PersonId{row.integer("author_id")}, change_));
    int cap = settings_.inline_cap;
    if (!row.is_null("inline_cap")) cap = std::min(cap, static_cast<int>(row.integer("inline_cap")));
    auto options = options_for(posted.review, facts.head_sha, cap);
    options.quiet = std::move(quiet);
    options.refused = std::move(refused);
    facts.checks = std::move(checks);
    facts.teaching = teaching::teach(findings, facts.checks, book_, memory, options);
    hold_what_waits(facts, posted.review);
    return {};
  }

  pg::Connection& db_;
  model::ChangeId change_;
  const Settings& settings_;
  const teaching::LessonBook& book_;
};

}  // namespace

Composer::Composer(pg::Pool& pool, const Settings& settings, const teaching::LessonBook& book)
    : pool_(pool), settings_(settings), book_(book) {}

// Rows that this program cannot read throw deep inside; one such review must not stop the others.
Result<Composer::Wanted> Composer::wanted_for(pg::Connection& db, model::ChangeId change) {
  try {
    GREENROOM_TRY(facts, Gathering(db, change, settings_, book_).facts());
    const auto running = facts.stage == Stage::waiting || facts.stage == Stage::running;
    return Wanted{review::to_json(review::compose(facts)), !running};
  } catch (const std::exception& unreadable) {
    return bug(unreadable.what());
  }
}

Result<Step> Composer::compose_one() {
  std::optional<model::ChangeId> change;
  auto composed = pool_.transaction([&](pg::Connection& db) -> Result<void> {
    change.reset();
    GREENROOM_TRY(rows, db.run(pg::query("compose/claim")));
    if (rows.empty()) return {};
    change = model::ChangeId{rows[0].integer("change_id")};
    GREENROOM_TRY(wanted, wanted_for(db, *change));
    GREENROOM_CHECK(db.run(pg::query("compose/write"), {*change, wanted.json, rows[0].integer("dirty_version")}));
    if (wanted.ended) GREENROOM_CHECK(db.run(pg::query("effect/hurry"), {*change}));
    return {};
  });
  if (composed) return change ? Step::did : Step::nothing;
  if (!change) return pass(composed.error(), "compose");
  log::error("review.compose_failed", {{"change", change->value}, {"error", composed.error()}});
  GREENROOM_CHECK(pool_.run(pg::query("compose/back_off"), {*change}));
  return Step::did;
}

}  // namespace greenroom::bot
