#pragma once
// Stage 6 of the line: a diagnostic placed in the change: whose line it is, and the identity that survives pushes.

#include <string>

#include "lib/model/diagnostic.h"

namespace greenroom::model {

enum class Placement {
  author_line,  // on a line this change added or edited
  context,      // inside a hunk, on an unchanged line: can be anchored, is not the author's
  file,         // file-level finding of a file this change added or edited
  elsewhere,    // not in the diff: counted, never commented on
};

struct Finding {
  Diagnostic diagnostic;
  std::string check;  // CheckResult::name
  Placement placement = Placement::elsewhere;
  std::string line_text;    // text of the anchor line at the head, without its line end, at most 4 KiB
  int hunk_first_line = 0;  // head-side bounds of the hunk that holds the anchor; 0 when in none
  int hunk_last_line = 0;
  // hex of hash(tool, rule, path following renames, normalised message, normalised line text, occurrence)
  std::string fingerprint;
};

}  // namespace greenroom::model
