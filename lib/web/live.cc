#include "lib/web/live.h"

#include "lib/base/text.h"
#include "lib/pg/query.h"
#include "lib/review/unseen.h"

namespace greenroom::web {
namespace {

using std::chrono::milliseconds;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr milliseconds kLook{700};           // how often a watched job is looked at
constexpr milliseconds kStep{100};           // how soon a stream notices that it has to stop
constexpr std::chrono::seconds kBreath{10};  // an empty comment this often finds out that the browser is gone

constexpr std::string_view kEnd = "event: end\ndata: end\n\n";

http::Response head() {
  http::Response response;
  response.headers = {{"Content-Type", "text/event-stream; charset=utf-8"},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}};
  return response;
}

SteadyTime steady() { return system_clock().steady(); }

}  // namespace

std::string event_message(std::string_view text) {
  // Progress bars write a lone '\r' many times a second; as marks these would bury the rest.
  std::string printed(text);
  std::erase(printed, '\r');
  const std::string whole = review::show_unseen(printed);
  std::string message;
  for (const auto line : split(whole, '\n')) message += "data: " + std::string(line) + "\n";
  return message + "\n";
}

Live::~Live() { stop(); }  // the streams' threads are joined with the list

void Live::watch(model::JobId job, const std::shared_ptr<http::Responder>& responder) {
  begin([this, job](http::StreamWriter& writer) { watch_body([&] { return pulse_of(job); }, writer); }, responder);
}

void Live::watch(model::TryId tried, model::PersonId person, const std::shared_ptr<http::Responder>& responder) {
  begin([this, tried,
         person](http::StreamWriter& writer) { watch_body([&] { return pulse_of(tried, person); }, writer); },
        responder);
}

void Live::log(model::JobId job, const std::string& check, const std::shared_ptr<http::Responder>& responder) {
  begin([this, job, check](http::StreamWriter& writer) { log_body(job, check, writer); }, responder);
}

void Live::begin(Body body, const std::shared_ptr<http::Responder>& responder) {
  const std::lock_guard lock(mutex_);
  streams_.remove_if([](const Stream& stream) { return stream.done.load(); });
  if (stopping_ || streams_.size() >= kStreams)
    return responder->send(http::Response::text(503, "too many live pages are open; reload in a while"));
  Stream& stream = streams_.emplace_back();
  stream.thread = std::jthread([body = std::move(body), writer = responder->stream(head()), &stream] {
    body(*writer);
    writer->finish();
    stream.done = true;
  });
}

bool Live::rest(milliseconds time) const {
  for (const auto until = steady() + time; steady() < until && !stopping_;) std::this_thread::sleep_for(kStep);
  return !stopping_;
}

Live::Pulse Live::pulse_of(model::JobId job) {
  const auto rows = pool_.run(pg::query("web/job_pulse"), {job});
  if (!rows) return {"unknown", false};  // the database may be back soon
  if (rows->empty()) return {};
  const auto row = (*rows)[0];
  return {row.text("pulse") + (row.boolean("settled") ? " settled" : ""),
          row.boolean("final") && row.boolean("settled")};
}

Live::Pulse Live::pulse_of(model::TryId tried, model::PersonId person) {
  const auto rows = pool_.run(pg::query("web/try_pulse"), {tried, person});
  if (!rows) return {"unknown", false};
  if (rows->empty()) return {};
  return {(*rows)[0].text("pulse"), (*rows)[0].boolean("final")};
}

void Live::watch_body(const std::function<Pulse()>& pulse_now, http::StreamWriter& writer) {
  std::string last = pulse_now().text;
  auto breath = steady();
  while (rest(kLook)) {
    const Pulse pulse = pulse_now();
    if (pulse.text != last && !writer.write("event: change\ndata: change\n\n")) return;
    last = pulse.text;
    if (pulse.over) {
      writer.write(kEnd);
      return;
    }
    if (steady() - breath < kBreath) continue;
    breath = steady();
    if (!writer.write(":\n\n")) return;
  }
}

void Live::log_body(model::JobId job, const std::string& check, http::StreamWriter& writer) {
  redis::Client redis(redis_);
  bool open = writer.write(":\n\n");
  auto looked = steady();
  const auto over = [&] {
    if (stopping_ || !open) return true;
    if (steady() - looked < kLook) return false;
    looked = steady();
    open = writer.write(":\n\n");
    const auto rows = pool_.run(pg::query("web/job_pulse"), {job});
    return rows && (rows->empty() || (*rows)[0].boolean("final"));
  };
  const auto heard = redis.subscribe(
      "greenroom:log:" + model::to_string(job) + ":" + check,
      [&](std::string_view piece) { return open = open && writer.write(event_message(piece)); }, over);
  // Without Redis there is no live log; the page still has to learn when the job is over.
  while (!heard && !over() && rest(kLook)) {}
  writer.write(kEnd);
}

}  // namespace greenroom::web
