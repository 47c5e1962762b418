#include <nlohmann/json.hpp>

#include "lib/json/json.h"
#include "lib/review/review.h"
#include "lib/review/status_name.h"

namespace greenroom::review {
namespace {

json::Value thread_json(const model::WantedThread& thread) {
  return {
      {"fingerprint", thread.fingerprint}, {"lesson", thread.lesson},    {"path", thread.path}, {"line", thread.line},
      {"start_line", thread.start_line},   {"markdown", thread.markdown}};
}

json::Value status_json(const model::WantedStatus& status) {
  return {{"context", status.context},
          {"state", name_of(status.state)},
          {"description", status.description},
          {"details_path", status.details_path}};
}

Result<model::WantedThread> read_thread(const json::Value& value) {
  model::WantedThread thread;
  thread.fingerprint = json::text(value, "fingerprint");
  thread.lesson = json::text(value, "lesson");
  thread.path = json::text(value, "path");
  thread.line = static_cast<int>(json::integer(value, "line"));
  thread.start_line = static_cast<int>(json::integer(value, "start_line"));
  thread.markdown = json::text(value, "markdown");
  if (thread.fingerprint.empty()) return user_fault("wanted review: a thread has no fingerprint");
  return thread;
}

Result<model::WantedStatus> read_status(const json::Value& value) {
  const auto state = status_state_named(json::text(value, "state"));
  if (!state) return user_fault("wanted review: no such status: " + json::text(value, "state"));
  return model::WantedStatus{json::text(value, "context"), *state, json::text(value, "description"),
                             json::text(value, "details_path")};
}

}  // namespace

std::string to_json(const model::WantedReview& wanted) {
  json::Value out{{"head_sha", wanted.head_sha},
                  {"summary", wanted.summary},
                  {"findings_known", wanted.findings_known},
                  {"live_fingerprints", wanted.live_fingerprints},
                  {"threads", json::Value::array()},
                  {"statuses", json::Value::array()}};
  for (const auto& thread : wanted.threads) out["threads"].push_back(thread_json(thread));
  for (const auto& status : wanted.statuses) out["statuses"].push_back(status_json(status));
  return json::dump(out);
}

Result<model::WantedReview> wanted_from_json(std::string_view text) {
  GREENROOM_TRY(root, json::parse(text));
  if (!root.is_object()) return user_fault("wanted review: not an object");
  model::WantedReview wanted;
  wanted.head_sha = json::text(root, "head_sha");
  wanted.summary = json::text(root, "summary");
  wanted.findings_known = json::boolean(root, "findings_known");
  for (const auto& value : json::member(root, "live_fingerprints")) {
    if (value.is_string()) wanted.live_fingerprints.push_back(value.get<std::string>());
  }
  for (const auto& value : json::member(root, "threads")) {
    GREENROOM_TRY(thread, read_thread(value));
    wanted.threads.push_back(std::move(thread));
  }
  for (const auto& value : json::member(root, "statuses")) {
    GREENROOM_TRY(status, read_status(value));
    wanted.statuses.push_back(std::move(status));
  }
  return wanted;
}

}  // namespace greenroom::review
