#include "lib/hosts/gitlab/deeds.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/gitlab/deed_bodies.h"
#include "lib/hosts/gitlab/payload.h"
#include "lib/hosts/meaning.h"
#include "lib/http/server.h"

namespace greenroom::hosts::gitlab {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kPage = 100;  // deeds at a time
constexpr std::chrono::hours kFirstLook{72};

TimePoint time_of(const json::Value& object, std::string_view member) {
  return std::chrono::floor<milliseconds>(parse_time(json::text(object, member)).value_or(TimePoint()));
}

std::string cursor_of(TimePoint time) {
  return std::to_string(std::chrono::duration_cast<milliseconds>(time.time_since_epoch()).count());
}

// Rows that moved after `from`, the longest untouched first. With more behind them only those are taken that are
// complete: several rows may have moved in one millisecond.
Result<Api::Page> moved_since(Api& api, const std::string& list, TimePoint from) {
  GREENROOM_TRY(page, api.first_page(list + "?scope=all&state=all&order_by=updated_at&sort=asc&updated_after=" +
                                     http::percent_encode(to_rfc3339(from))));
  auto& rows = page.rows;
  if (page.more) {
    const auto last = time_of(rows.back(), "updated_at");
    const auto first_of_last =
        std::find_if(rows.begin(), rows.end(), [last](const auto& row) { return time_of(row, "updated_at") == last; });
    if (first_of_last != rows.begin()) rows.erase(first_of_last, rows.end());
  }
  std::erase_if(rows, [from](const auto& row) { return time_of(row, "updated_at") <= from; });
  return page;
}

class Gathering {
 public:
  Gathering(Api& api, std::string project, std::int64_t bot, TimePoint from)
      : api_(api), path_(std::move(project)), bot_(bot), from_(from) {}

  Result<Host::Deeds> gather() {
    GREENROOM_TRY(changes, moved_since(api_, path_ + "/merge_requests", from_));
    GREENROOM_TRY(issues, moved_since(api_, path_ + "/issues", from_));
    const auto until = horizon(changes, issues);
    if (until > from_) {
      GREENROOM_TRY(project, api_.get(path_));
      project_ = std::move(project);
      for (const auto& row : changes.rows)
        if (time_of(row, "updated_at") <= until) GREENROOM_CHECK(read_change(row));
      for (const auto& row : issues.rows)
        if (time_of(row, "updated_at") <= until) GREENROOM_CHECK(read_issue(row));
    }
    return page_of(until, changes.more || issues.more);
  }

 private:
  struct Deed {
    TimePoint at;
    json::Value body;
  };

  // Up to where nothing can be missing.
  TimePoint horizon(const Api::Page& changes, const Api::Page& issues) const {
    TimePoint until = from_;
    for (const auto* page : {&changes, &issues})
      if (!page->rows.empty()) until = std::max(until, time_of(page->rows.back(), "updated_at"));
    for (const auto* page : {&changes, &issues})
      if (page->more && !page->rows.empty()) until = std::min(until, time_of(page->rows.back(), "updated_at"));
    return until;
  }

  bool is_bots(const json::Value& object, std::string_view member) const {
    return json::integer(json::member(object, member), "id") == bot_;
  }

  void add(TimePoint at, json::Value body) {
    if (at > from_) deeds_.push_back({at, std::move(body)});
  }

  Result<void> read_words(const json::Value& row, const std::string& item, ItemKind kind) {
    GREENROOM_TRY(discussions, api_.all(item + "/discussions"));
    for (const auto& discussion : discussions) {
      const auto id = json::text(discussion, "id");
      const auto& notes = json::member(discussion, "notes");
      if (!notes.is_array() || notes.empty()) continue;
      for (const auto& note : notes)
        if (!is_bots(note, "author")) add(time_of(note, "created_at"), note_body(project_, row, note, id, kind));
      const auto& first = notes.front();
      // Told as often as the change moves: its time may lie before the cursor.
      if (kind == ItemKind::change && json::boolean(first, "resolved") && !is_bots(first, "resolved_by"))
        settled_.push_back({time_of(first, "resolved_at"), settled_body(project_, row, first, id)});
    }
    return {};
  }

  Result<void> read_change(const json::Value& row) {
    return read_words(row, path_ + "/merge_requests/" + std::to_string(json::integer(row, "iid")), ItemKind::change);
  }

  Result<void> read_issue(const json::Value& row) {
    if (json::boolean(row, "confidential")) return {};
    const auto item = path_ + "/issues/" + std::to_string(json::integer(row, "iid"));
    if (!is_bots(row, "author")) add(time_of(row, "created_at"), opened_body(project_, row));
    GREENROOM_TRY(states, api_.all(item + "/resource_state_events"));
    for (const auto& one : states)
      if (!is_bots(one, "user")) add(time_of(one, "created_at"), state_body(project_, row, one));
    GREENROOM_TRY(labels, api_.all(item + "/resource_label_events"));
    for (const auto& one : labels)
      if (!is_bots(one, "user")) add(time_of(one, "created_at"), label_body(project_, row, one));
    return read_words(row, item, ItemKind::issue);
  }

  Result<Host::Deeds> page_of(TimePoint until, bool more) {
    const auto by_time = [](const Deed& a, const Deed& b) { return a.at < b.at; };
    std::stable_sort(deeds_.begin(), deeds_.end(), by_time);
    std::size_t end = std::min(kPage, deeds_.size());
    while (end > 0 && end < deeds_.size() && deeds_[end].at == deeds_[end - 1].at) ++end;
    if (end < deeds_.size()) {
      until = deeds_[end - 1].at;
      more = true;
      deeds_.resize(end);
    } else {
      deeds_.insert(deeds_.end(), settled_.begin(), settled_.end());
      std::stable_sort(deeds_.begin(), deeds_.end(), by_time);
    }
    Host::Deeds told{{}, cursor_of(until), more};
    for (const auto& deed : deeds_) tell(json::dump(deed.body), told.told);
    return told;
  }

  static void tell(std::string body, std::vector<model::Delivery>& told) {
    const auto event = event_of(body);
    if (!event || !*event) return;  // a system note, or what not everyone may see
    model::Delivery delivery;
    delivery.host = "gitlab";
    delivery.semantic_key = meaning_of(**event);
    delivery.host_delivery = delivery_id(delivery.semantic_key);
    delivery.event_name = name_in(body).value_or("");
    delivery.body = std::move(body);
    told.push_back(std::move(delivery));
  }

  Api& api_;
  std::string path_;
  std::int64_t bot_;
  TimePoint from_;
  json::Value project_;
  std::vector<Deed> deeds_, settled_;
};

}  // namespace

bool is_cursor(std::string_view text) { return is_id(text) && text.size() < 15; }

Result<Host::Deeds> deeds_since(Api& api, std::int64_t project, std::int64_t bot, const std::string& cursor,
                                TimePoint now) {
  const auto from =
      cursor.empty() ? std::chrono::floor<milliseconds>(now - kFirstLook) : TimePoint(milliseconds(std::stoll(cursor)));
  return Gathering(api, "/projects/" + std::to_string(project), bot, from).gather();
}

}  // namespace greenroom::hosts::gitlab
