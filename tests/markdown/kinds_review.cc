#include <stdexcept>

#include "lib/review/compose_parts.h"
#include "lib/review/review.h"
#include "lib/review/unseen.h"
#include "tests/markdown/kinds.h"

namespace greenroom::testing {
namespace {

using model::CheckKind;
using model::CheckState;
using review::Facts;
using Stage = Facts::Stage;

const std::string kHead = "0123456789abcdef0123456789abcdef01234567";

model::CheckResult check(const Words& words, const std::string& name, CheckKind kind, CheckState state) {
  model::CheckResult out;
  out.name = name;
  out.kind = kind;
  out.state = state;
  out.headline = words.headline;
  out.what = "Looks at its part.";
  out.why = "The project wants it.";
  out.run_yourself = "greenroom check " + name;
  return out;
}

model::Finding finding(const Words& words, const std::string& tool, const std::string& code, int line) {
  model::Finding out;
  out.diagnostic.tool = out.check = tool;
  out.diagnostic.code = code;
  out.diagnostic.path = words.path;
  out.diagnostic.span.line = line;
  out.diagnostic.message = words.message;
  out.diagnostic.url = words.message;
  out.placement = model::Placement::author_line;
  out.line_text = words.line;
  out.hunk_first_line = 1;
  out.hunk_last_line = 100;
  return out;
}

Facts facts_of(const Words& words, Stage stage) {
  Facts facts;
  facts.head_sha = kHead;
  facts.job = {7};
  facts.stage = stage;
  facts.author_name = words.name;
  facts.dashboard_url = "https://greenroom.example";
  facts.size = {2, 40, 3};
  facts.checks = {check(words, "black", CheckKind::format, CheckState::passed),
                  check(words, "flake8", CheckKind::lint, CheckState::passed),
                  check(words, "pytest", CheckKind::test, CheckState::passed)};
  facts.checks[2].tests.passed = 41;
  return facts;
}

void teach(Facts& facts, std::vector<model::Finding> findings, const model::LessonMemory& memory = {}) {
  review::assign_fingerprints(findings, {});
  facts.teaching = teaching::teach(findings, facts.checks, lessons(), memory, {});
}

Body summary(const Facts& facts, std::vector<std::string> codes = {}) {
  return {review::compose(facts).summary, std::move(codes)};
}

Body of_stage(const Words& words, Stage stage) {
  auto facts = facts_of(words, stage);
  facts.error_line = words.message;
  return summary(facts);
}

Body everything(const Words& words) {
  auto facts = facts_of(words, Stage::done);
  facts.checks[0].state = facts.checks[1].state = CheckState::attention;
  facts.checks[0].patch = words.patch;
  facts.checks[2].state = CheckState::failed;
  facts.checks[2].tests = {1, 1, 0, 0};
  facts.checks[2].run_yourself = words.command;
  facts.error_line = words.message;
  facts.size = {12, 900, 3};
  auto failed = finding(words, "pytest", "failed", 12);
  failed.diagnostic.message += "\n" + words.message;
  failed.placement = model::Placement::elsewhere;
  teach(facts,
        {finding(words, "flake8", "F401", 4), finding(words, "flake8", "F401", 9), finding(words, "flake8", "E711", 12),
         finding(words, "flake8", words.rule, 14), finding(words, "mypy", words.rule, 15),
         finding(words, "pylint", words.rule, 16), failed, finding(words, "black", "", 22)});
  return summary(facts, {words.patch, words.command});
}

Body syntax(const Words& words) {
  auto facts = facts_of(words, Stage::done);
  teach(facts, {finding(words, "flake8", "E999", 2)});
  return summary(facts);
}

Body formatter(const Words& words) {
  auto facts = facts_of(words, Stage::done);
  facts.checks[0].patch = words.patch;
  teach(facts, {finding(words, "black", "", 22)});
  return summary(facts, {words.patch, facts.teaching.formatters.at(0).command});
}

Body environment(const Words& words) {
  auto facts = facts_of(words, Stage::done);
  facts.checks.push_back(check(words, "environment", CheckKind::environment, CheckState::incomplete));
  auto fault = finding(words, "environment", "ENV001", 0);
  fault.placement = model::Placement::elsewhere;
  teach(facts, {fault});
  return summary(facts);
}

Body file_names(const Words& words) {
  auto facts = facts_of(words, Stage::done);
  facts.checks.push_back(check(words, std::string(model::kFileNamesCheck), CheckKind::lint, CheckState::attention));
  return summary(facts);
}

Body unfinished(const Words& words) {
  auto facts = facts_of(words, Stage::done);
  facts.checks[0].state = CheckState::errored;
  facts.checks[1].state = CheckState::incomplete;
  facts.checks[2].state = CheckState::incomplete;
  return summary(facts);
}

Body of_limit(const Words& words, model::Limit limit) {
  auto facts = facts_of(words, Stage::done);
  facts.checks[2].state = CheckState::incomplete;
  facts.checks[2].limit = limit;
  return summary(facts);
}

Body tests_wait(const Words& words) {
  auto facts = facts_of(words, Stage::done);
  facts.checks[2].state = CheckState::waiting;
  return summary(facts);
}

// A note of its own in the diff.
Body note(const std::vector<model::Finding>& findings, int meetings, std::vector<std::string> codes = {}) {
  auto facts = facts_of(calm_words(), Stage::done);
  teach(facts, findings, {{"flake8/F401", meetings}});
  return {review::compose(facts).threads.at(0).markdown, std::move(codes)};
}

// What can be offered as one click: nothing unseen, and not too long.
bool may_be_offered(const std::string& line) {
  return review::show_unseen(line) == line && line.size() < 2000 && line.find('\n') == std::string::npos;
}

Body note_with_suggestion(const Words& words) {
  const auto line = may_be_offered(words.line) ? words.line : calm_words().line;
  auto unused = finding(words, "flake8", "F401", 4);
  unused.line_text = "import os";
  unused.diagnostic.fix = model::Fix{model::Fix::Safety::safe, words.message, {{{4, 1, 4, 10}, line}}};
  return note({unused}, 0, {line});
}

Body note_of_range(const Words& words) {
  auto unused = finding(words, "flake8", "F401", 90);
  unused.diagnostic.span.end_line = 120;
  return note({unused}, 0);
}

Body gone(const Words& words) {
  auto facts = facts_of(words, Stage::done);
  model::PostedReview posted;
  posted.summary_ref = "1";
  posted.threads.push_back({});
  posted.threads[0].fingerprint = "f1";
  posted.threads[0].host_ref = "2";
  posted.threads[0].answered = true;
  for (const auto& effect : review::reconcile(review::compose(facts), posted, {}, 1))
    if (effect.kind == model::EffectKind::reply_thread) return {effect.body, {}};
  throw std::logic_error("no reply");
}

}  // namespace

const std::vector<Kind>& review_kinds() {
  static const std::vector<Kind> kinds{
      {"summary_waiting", "summary", [](const Words& w) { return of_stage(w, Stage::waiting); }},
      {"summary_running", "summary", [](const Words& w) { return of_stage(w, Stage::running); }},
      {"summary_done", "summary", [](const Words& w) { return of_stage(w, Stage::done); }},
      {"summary_superseded", "summary", [](const Words& w) { return of_stage(w, Stage::superseded); }},
      {"summary_dead_letter", "summary", [](const Words& w) { return of_stage(w, Stage::dead_letter); }},
      {"summary_closed", "summary", [](const Words& w) { return of_stage(w, Stage::closed); }},
      {"summary_merged", "summary", [](const Words& w) { return of_stage(w, Stage::merged); }},
      {"summary_everything", "summary", everything},
      {"summary_syntax", "summary", syntax},
      {"summary_formatter", "summary", formatter},
      {"summary_environment", "summary", environment},
      {"summary_file_names", "summary", file_names},
      {"summary_unfinished", "summary", unfinished},
      {"summary_stopped_time", "summary", [](const Words& w) { return of_limit(w, model::Limit::time); }},
      {"summary_stopped_memory", "summary", [](const Words& w) { return of_limit(w, model::Limit::memory); }},
      {"summary_stopped_room", "summary", [](const Words& w) { return of_limit(w, model::Limit::room); }},
      {"summary_tests_wait", "summary", tests_wait},
      {"thread_full", "thread/f1",
       [](const Words& w) {
         return note({finding(w, "flake8", "F401", 4), finding(w, "flake8", "F401", 9)}, 0);
       }},
      {"thread_brief", "thread/f1", [](const Words& w) { return note({finding(w, "flake8", "F401", 4)}, 1); }},
      {"thread_code_only", "thread/f1", [](const Words& w) { return note({finding(w, "flake8", "F401", 4)}, 9); }},
      {"thread_without_lesson", "thread/f1",
       [](const Words& w) { return note({finding(w, "flake8", "no such rule " + w.rule, 4)}, 0); }},
      {"thread_suggestion", "thread/f1", note_with_suggestion},
      {"thread_range", "thread/f1", note_of_range},
      {"reply_gone", "say/gone/f1/1", gone},
  };
  return kinds;
}

std::vector<Kind> all_kinds() {
  auto kinds = review_kinds();
  kinds.insert(kinds.end(), bot_kinds().begin(), bot_kinds().end());
  return kinds;
}

const teaching::LessonBook& lessons() {
  static const auto book = teaching::LessonBook::load(GREENROOM_SOURCE_DIR "/templates/lessons");
  return book.value();
}

std::string note_of(const teaching::Lesson& lesson, const Words& words) {
  teaching::Point point;
  point.lesson = &lesson;
  point.key = lesson.id;
  point.findings = {finding(words, lesson.tool, lesson.codes.front(), 4)};
  point.inline_now = true;
  return review::compose_thread(point).markdown;
}

}  // namespace greenroom::testing
