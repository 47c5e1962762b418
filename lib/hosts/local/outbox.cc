// How the practice host tells Greenroom: signed webhooks from the outbox, at least once, in order.

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/hosts/local/payload.h"
#include "lib/hosts/local/practice.h"
#include "lib/http/client.h"
#include "lib/pg/query.h"

namespace greenroom::hosts::local {
namespace {

// A 4xx that a later attempt cannot change: the body itself is at fault.
bool is_final_refusal(int status) { return status == 400 || status == 413 || status == 415 || status == 422; }

Result<void> settle(pg::Connection& db, std::int64_t id, const Result<void>& sent) {
  if (sent) {
    GREENROOM_TRY(gone, db.run(pg::query("practice/sent_outbox"), {id}));
    return {};
  }
  if (sent.error().kind != ErrorKind::user_fault) return sent;
  log::error("the webhook refuses an event of the practice host", {{"outbox", id}, {"error", sent.error()}});
  GREENROOM_TRY(kept, db.run(pg::query("practice/refuse_outbox"), {id, scrub_utf8(sent.error().message)}));
  return {};
}

}  // namespace

Result<void> send_event(const model::Event& event, const std::string& webhook_url, const Secret& secret) {
  const auto delivery = sign(event, secret);
  http::Client client(webhook_url, std::chrono::seconds(5));
  auto answer = client.send({"POST", "/hooks/local", delivery.headers, delivery.body});
  // The ingress stores one meaning once, so an answer that was lost only means to send again.
  if (!answer) return transient("the webhook does not answer: " + answer.error().message);
  if (answer->status >= 200 && answer->status < 300) return {};
  const std::string words =
      "the webhook answered " + std::to_string(answer->status) + ": " + shorten(trim(answer->body), 300);
  if (is_final_refusal(answer->status)) return user_fault(words);
  return answer->status == 401 || answer->status == 403 ? rejected(words) : transient(words);
}

Result<int> send_waiting(pg::Connection& db, const std::string& webhook_url, const Secret& secret) {
  int sent = 0;
  for (bool more = true; more;) {
    GREENROOM_CHECK(db.transaction([&](pg::Connection& inside) -> Result<void> {
      GREENROOM_TRY(rows, inside.run(pg::query("practice/take_outbox")));
      more = !rows.empty();
      if (!more) return {};
      const std::int64_t id = rows[0].integer("id");
      auto event = decode(rows[0].text("event"));
      const auto outcome =
          event ? send_event(*event, webhook_url, secret) : Result<void>(tl::unexpected<Error>(event.error()));
      sent += outcome ? 1 : 0;
      return settle(inside, id, outcome);
    }));
  }
  return sent;
}

}  // namespace greenroom::hosts::local
