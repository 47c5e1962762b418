#include "services/cli/delivery_line.h"

#include <iomanip>
#include <sstream>

#include "lib/base/text.h"
#include "lib/pg/query.h"

namespace greenroom::cli {
namespace {

constexpr std::size_t kShown = 160;  // bytes of one step

// "+12.345 s" since the delivery came, "-0.012 s" for what the host says happened before.
std::string since(TimePoint start, std::optional<TimePoint> at) {
  if (!at) return "        not yet";
  std::ostringstream text;
  text << std::showpos << std::fixed << std::setprecision(3) << std::chrono::duration<double>(*at - start).count()
       << " s";
  const std::string shown = text.str();
  return shown.size() < 15 ? std::string(15 - shown.size(), ' ') + shown : shown;
}

// Everything here came from outside at some time: one line, nothing that drives a terminal.
std::string printable_line(std::string_view text) {
  std::string shown = shorten(scrub_utf8(text), kShown);
  for (char& c : shown)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return shown;
}

void add_step(std::string& out, const std::string& time, std::string_view stage, std::string_view what) {
  out += time + "  " + std::string(stage) + std::string(stage.size() < 9 ? 9 - stage.size() : 0, ' ') + " " +
         printable_line(what) + "\n";
}

}  // namespace

Result<std::string> line_of_delivery(pg::Connection& db, const std::string& id) {
  GREENROOM_TRY(found, db.run(pg::query("explain/delivery"), {id}));
  if (found.empty()) return not_found("there is no delivery '" + printable_line(id) + "'");
  const pg::Row delivery = found[0];
  const std::string trace = delivery.text("trace_id");
  const TimePoint start = delivery.time("received_at");
  std::string out = "Delivery " + std::to_string(delivery.integer("id")) + " of " +
                    printable_line(delivery.text("host")) + ", " + to_rfc3339(start) + "\nTrace    " + trace + "\n\n";
  add_step(out, since(start, start), "delivery",
           delivery.text("event_name") + " " + delivery.text("host_delivery") + " stored, " +
               std::to_string(delivery.integer("bytes")) + " bytes");
  GREENROOM_TRY(steps, db.run(pg::query("explain/line"), {trace}));
  bool settled = false;
  const auto settle = [&] {
    const std::string error = delivery.text("error");
    add_step(out, since(start, delivery.maybe_time("settled_at")), "delivery",
             delivery.text("state") + (error.empty() ? "" : ": " + error));
    settled = true;
  };
  for (int i = 0; i < steps.size(); ++i) {
    const auto at = steps[i].maybe_time("at"), end = delivery.maybe_time("settled_at");
    if (!settled && end && (!at || *at > *end)) settle();
    add_step(out, since(start, at), steps[i].text("stage"), steps[i].text("what"));
  }
  if (!settled && delivery.text("state") != "stored") settle();
  if (delivery.text("state") == "stored") out += "\nIt waits for a bot to read it.\n";
  return out;
}

}  // namespace greenroom::cli
