#pragma once
// From teaching to the wanted review (compose), and from wanted versus posted to edits (reconcile). Pure.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/hash.h"
#include "lib/diff/diff.h"
#include "lib/model/check.h"
#include "lib/model/effect.h"
#include "lib/model/finding.h"
#include "lib/model/review.h"
#include "lib/teaching/teaching.h"

namespace greenroom::review {

// Sets `fingerprint` on every finding. `old_path_of` maps a head path to the path the file had when the change began
// (renames), so that a rename keeps identities. Occurrence numbers count equal findings from the top.
void assign_fingerprints(std::vector<model::Finding>& findings, const std::map<std::string, std::string>& old_path_of);

struct Facts {  // everything the words depend on
  std::string head_sha;
  model::JobId job;                     // of the newest job; 0 when none
  enum class Stage { waiting, running, done, superseded, dead_letter, closed, merged } stage = Stage::waiting;
  std::vector<model::CheckResult> checks;
  teaching::Teaching teaching;
  std::map<std::string, std::string> sections;  // by behaviour: "welcome", "buddy": Markdown
  std::string author_name;
  std::string dashboard_url;            // "http://127.0.0.1:8080", no slash at the end
  std::string error_line;               // configuration error or dead letter reason; may be empty
  diff::Size size;                      // of the change
};

// The living comment, the threads and the statuses. Tone: docs/tone.md.
model::WantedReview compose(const Facts& facts);

// Edits only. Effects carry slot and key; `key_prefix` is "change/12" and every key is unique per wanted content.
// New → create; same → nothing; gone → resolve (reply first when somebody answered); returned → unresolve;
// resolved by a person → silent for good; summary → create once, then edit when its hash differs.
std::vector<model::Effect> reconcile(const model::WantedReview& wanted, const model::PostedReview& posted,
                                     const model::Target& target);

// The marker hidden in every body we post: an HTML comment with the slot and its HMAC. find_marker returns the slot
// only when the HMAC is ours. The caller also checks that the author is the bot's numeric id.
std::string marker(std::string_view slot, const Secret& key);
std::optional<std::string> find_marker(std::string_view body, const Secret& key);

// Rendering of hostile text (docs/threat-model.md): no live mention, reference, command, HTML, image or broken fence.
std::string plain(std::string_view text);                       // for running text
std::string code_span(std::string_view text);
std::string fence(std::string_view language, std::string_view code);  // longest run of backticks + 1

}  // namespace greenroom::review
