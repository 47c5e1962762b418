#include "lib/work/read_access.h"

#include <poll.h>

#include "lib/base/text.h"
#include "lib/pg/query.h"
#include "lib/sealed/sealed.h"

namespace greenroom::work {
namespace {

constexpr std::chrono::milliseconds kLook{100};
constexpr std::string_view kLoopback = "http://127.0.0.1:";

// "address\ntoken", as lib/bot/access_giver.cc seals it. A token travels over TLS or not at all.
Result<git::FetchSource> source_in(const Secret& answer) {
  const auto lines = split(answer.reveal(), '\n');
  if (lines.size() != 2) return bug("the bot's read access is not an address and a token");
  const bool stays_here = lines[0].starts_with(kLoopback);
  return git::FetchSource{std::string(lines[0]), stays_here ? "http" : "https", Secret(std::string(lines[1]))};
}

}  // namespace

git::FetchSource practice_source(const Settings& settings, std::int64_t host_repository_id) {
  return {"file://" + settings.git_root + "/" + std::to_string(host_repository_id) + ".git", "file", Secret()};
}

Result<git::FetchSource> ReadAccess::source() {
  if (job_.host == "local") return practice_source(settings_, job_.host_repository_id);
  auto source = ask();
  away_ = !source && source.error().kind == ErrorKind::transient;
  return source;
}

Result<git::FetchSource> ReadAccess::ask() {
  const auto keys = make_box_keys();
  GREENROOM_CHECK(db_.run(pg::query("read_access/ask"), {job_.id, job_.lease_epoch, pg::Bytes{keys.public_key}}));
  const auto end = system_clock().steady() + settings_.access_patience;
  while (!cancelled_() && system_clock().steady() < end) {
    GREENROOM_TRY(rows, db_.run(pg::query("read_access/answer"), {job_.id, job_.lease_epoch}));
    if (rows.empty()) {
      ::poll(nullptr, 0, static_cast<int>(kLook.count()));
      continue;
    }
    if (rows[0].is_null("sealed")) return user_fault(rows[0].text("refusal"));
    GREENROOM_TRY(answer, open_sealed(rows[0].bytes("sealed"), keys));
    return source_in(answer);
  }
  return transient("the bot has given no read access to the repository");
}

}  // namespace greenroom::work
