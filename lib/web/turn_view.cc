#include "lib/web/turn_view.h"

#include "lib/web/words.h"

namespace greenroom::web {

TurnFacts turn_facts_in(const pg::Row& row) {
  TurnFacts facts;
  facts.checking = row.boolean("checking");
  facts.attention = row.boolean("leaves_something");
  facts.waiting = row.boolean("awaits_approval");
  facts.last_push = row.time("last_push");
  facts.last_author_reply = row.maybe_time("last_author_reply");
  facts.open_question = row.maybe_time("open_question");
  facts.last_project_reply = row.maybe_time("last_project_reply");
  return facts;
}

bool is_viewers(const Turn& turn, const TurnNames& names) {
  return (turn.side == Side::author && names.viewer_is_author) ||
         (turn.side == Side::project && names.viewer_helps && !names.viewer_is_author);
}

void fill_turn(View& view, const Turn& turn, const TurnNames& names, TimePoint now) {
  std::string words, tone = "others";
  switch (turn.side) {
    case Side::nobody: words = "Nobody is waited for", tone = "done"; break;
    case Side::greenroom: words = "Checks are running", tone = "machine"; break;
    case Side::author: words = names.viewer_is_author ? "Your turn" : "Waiting for " + names.author; break;
    case Side::project:
      words = is_viewers(turn, names) ? "Your turn: " + names.author + " waits for an answer"
              : names.helper.empty()  ? "Waiting for a reviewer"
                                      : "Waiting for " + names.helper;
      break;
  }
  if (is_viewers(turn, names)) tone = "yours";
  view.set("TURN", words).set("TURN_TONE", tone);
  if (turn.side == Side::author || turn.side == Side::project)
    view.set("TURN_SINCE", "for " + span_words(now - turn.since));
}

}  // namespace greenroom::web
