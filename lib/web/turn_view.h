#pragma once
// Inside of lib/web: whose turn it is, read from a row and said in words.

#include "lib/pg/pg.h"
#include "lib/web/turn.h"
#include "lib/web/view.h"

namespace greenroom::web {

// Of a row of the view change_turn; whether the change is open is the caller's to say.
TurnFacts turn_facts_in(const pg::Row& row);

struct TurnNames {
  std::string author, helper;  // helper: the buddy; empty when there is none
  bool viewer_is_author = false, viewer_helps = false;
};
// Texts TURN, TURN_TONE ("yours", "others", "machine", "done") and TURN_SINCE.
void fill_turn(View& view, const Turn& turn, const TurnNames& names, TimePoint now);
bool is_viewers(const Turn& turn, const TurnNames& names);

}  // namespace greenroom::web
