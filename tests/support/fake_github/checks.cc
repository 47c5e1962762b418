// Check runs, which only Apps make.

#include <algorithm>

#include "tests/support/fake_github/routes.h"
#include "tests/support/fake_github/webhook.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::size_t kMostAnnotations = 50, kLongestText = 65'535, kLongestMessage = 64 * 1024, kLongestTitle = 255;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

[[noreturn]] void wrong(const std::string& field, const std::string& message) { invalid("CheckRun", field, message); }

void apps_only(const Call& call) {
  if (call.actor.kind != Actor::Kind::installation) refuse(403, "You must authenticate via a GitHub App.");
}

int line_in(const Json& json, const char* member) { return static_cast<int>(integer(json, member)); }

Annotation annotation_in(const Json& json) {
  Annotation one{text(json, "path"),        text(json, "annotation_level"), text(json, "message"),
                 text(json, "title"),       text(json, "raw_details"),      line_in(json, "start_line"),
                 line_in(json, "end_line"), line_in(json, "start_column"),  line_in(json, "end_column")};
  if (one.path.empty() || one.message.empty() || one.start_line <= 0 || one.end_line < one.start_line)
    wrong("annotations", "path, start_line, end_line, annotation_level and message are needed");
  if (!is_one_of(one.level, {"notice", "warning", "failure"})) wrong("annotations", "annotation_level is no level");
  if (one.message.size() > kLongestMessage || one.raw_details.size() > kLongestMessage)
    wrong("annotations", "message and raw_details are at most 64 KB");
  if (characters(one.title) > kLongestTitle) wrong("annotations", "title is too long (maximum is 255 characters)");
  if ((one.start_column != 0 || one.end_column != 0) && one.start_line != one.end_line)
    wrong("annotations", "start_column and end_column need start_line and end_line to be the same");
  return one;
}

// Later annotations are added to the earlier ones.
void take_output(CheckRun& run, const Json& body) {
  if (!body.contains("output")) return;
  const Json& output = body["output"];
  run.title = text(output, "title", run.title);
  run.summary = text(output, "summary", run.summary);
  run.text = text(output, "text", run.text);
  if (run.title.empty() || run.summary.empty()) wrong("output", "title and summary are needed");
  if (characters(run.summary) > kLongestText || characters(run.text) > kLongestText)
    wrong("output", "summary and text are at most 65535 characters");
  const Json annotations = output.value("annotations", Json::array());
  if (annotations.size() > kMostAnnotations) wrong("annotations", "No more than 50 annotations are allowed");
  for (const auto& one : annotations) run.annotations.push_back(annotation_in(one));
}

void take(const Call& call, CheckRun& run) {
  run.name = text(call.body, "name", run.name);
  run.external_id = text(call.body, "external_id", run.external_id);
  run.details_url = text(call.body, "details_url", run.details_url);
  run.conclusion = text(call.body, "conclusion", run.conclusion);
  run.status = text(call.body, "status", call.body.contains("conclusion") ? "completed" : run.status);
  if (run.name.empty()) wrong("name", "name can't be blank");
  if (!is_one_of(run.status, {"queued", "in_progress", "completed"})) wrong("status", "status is no status");
  if (run.status == "completed" && !is_one_of(run.conclusion, {"action_required", "cancelled", "failure", "neutral",
                                                               "success", "skipped", "timed_out"}))
    wrong("conclusion", "a completed check run needs a conclusion");
  if (run.status != "completed") run.conclusion.clear();
  if (run.status == "completed") run.completed = call.state.now();
  take_output(run, call.body);
}

Reply answered(const Call& call, const CheckRun& run, int status) {
  return ok(check_run_json(call.state, call.repository(), run), status);
}

Reply create(Call& call) {
  apps_only(call);
  CheckRun run;
  run.sha = text(call.body, "head_sha");
  if (!call.repository().commits.contains(run.sha)) refuse(422, "No commit found for SHA: " + run.sha);
  run.app = call.state.options.app_id;
  run.status = "queued";
  run.started = call.state.now();
  take(call, run);
  run.id = call.state.next_id();
  call.repository().check_runs[run.id] = run;
  call.wrote("check_run.create");
  tell(call.state, call.repository(), "check_run", "created", call.actor.user,
       {{"check_run", check_run_json(call.state, call.repository(), run)}});
  return answered(call, run, 201);
}

CheckRun& find(const Call& call) {
  const auto found = call.repository().check_runs.find(call.number(0));
  if (found == call.repository().check_runs.end()) refuse(404, "Not Found");
  return found->second;
}

Reply edit(Call& call) {
  apps_only(call);
  CheckRun& kept = find(call);
  CheckRun run = kept;
  take(call, run);
  kept = run;
  call.wrote("check_run.edit");
  if (run.status == "completed")
    tell(call.state, call.repository(), "check_run", "completed", call.actor.user,
         {{"check_run", check_run_json(call.state, call.repository(), run)}});
  return answered(call, run, 200);
}

Reply show(Call& call) { return answered(call, find(call), 200); }

Reply annotations(Call& call) {
  std::vector<Json> all;
  for (const auto& one : find(call).annotations)
    all.push_back({{"path", one.path},
                   {"start_line", one.start_line},
                   {"end_line", one.end_line},
                   {"annotation_level", one.level},
                   {"message", one.message},
                   {"title", one.title}});
  return paged(call, all);
}

// Of each name the newest, unless all are asked for.
Reply list(Call& call) {
  const std::string sha = find_commit(call, 0), name = call.request.query_value("check_name");
  const bool all_of_them = call.request.query_value("filter") == "all";
  std::set<std::string> seen;
  std::vector<Json> all;
  const auto& runs = call.repository().check_runs;
  for (auto entry = runs.rbegin(); entry != runs.rend(); ++entry) {
    const CheckRun& run = entry->second;
    if (run.sha != sha || (!name.empty() && run.name != name) || run.id >= call.hide_from) continue;
    if (all_of_them || seen.insert(run.name).second) all.push_back(check_run_json(call.state, call.repository(), run));
  }
  return paged(call, all, "check_runs");
}

}  // namespace

Routes check_routes() {
  return {{"POST", "/repos/{}/{}/check-runs", writes("checks"), create},
          {"PATCH", "/repos/{}/{}/check-runs/{}", writes("checks"), edit},
          {"GET", "/repos/{}/{}/check-runs/{}", reads("checks"), show},
          {"GET", "/repos/{}/{}/check-runs/{}/annotations", reads("checks"), annotations},
          {"GET", "/repos/{}/{}/commits/{}/check-runs", reads("checks"), list}};
}

}  // namespace greenroom::testing::fake
