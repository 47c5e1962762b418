#pragma once
// From teaching to the wanted review (compose), and from wanted versus posted to edits (reconcile). Pure.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/base/secret.h"
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
  model::JobId job;  // of the newest job; 0: none yet, or `greenroom check` at home
  enum class Stage { waiting, running, done, superseded, dead_letter, closed, merged } stage = Stage::waiting;
  std::vector<model::CheckResult> checks;
  teaching::Teaching teaching;
  std::map<std::string, std::string> sections;  // by behaviour: "welcome", "buddy": Markdown
  std::string author_name;
  std::string dashboard_url;  // "http://127.0.0.1:8080", no slash at the end
  std::string error_line;     // configuration error or dead letter reason; may be empty
  diff::Size size;            // of the change
};

// The living comment, the threads and the statuses. Tone: docs/tone.md.
model::WantedReview compose(const Facts& facts);

// Edits only. Effects carry slot and key. `version` is the review's dirty_version that is being settled: it makes the
// keys of edits unique for ever, and the same for a retry of the same version. A thread is created once in its life.
// New → create; same → nothing; gone → resolve (reply first when somebody answered); returned → unresolve;
// resolved by a person → silent for good; summary → create once, then edit when its hash differs.
// Bodies carry no marker yet: the poster adds it by with_marker(effect.body, effect.slot, key).
std::vector<model::Effect> reconcile(const model::WantedReview& wanted, const model::PostedReview& posted,
                                     const model::Target& target, std::int64_t version);

// What stands over new threads that a host shows as one review; says where the rest is.
std::string words_over_threads(std::size_t count);

// The hash that PostedReview::summary_hash is compared with.
std::string summary_hash(const model::WantedReview& wanted);

// The marker hidden in every body we post: an HTML comment with the slot and its HMAC, alone on the last line.
// find_marker returns the slot only when the body ends with a marker whose HMAC is ours: a marker that somebody
// quotes in the middle of a body means nothing. The caller also checks that the author is the bot's numeric id.
std::string marker(std::string_view slot, const Secret& key);
std::string with_marker(std::string_view body, std::string_view slot, const Secret& key);
std::optional<std::string> find_marker(std::string_view body, const Secret& key);

inline constexpr std::size_t kBodyLimit = 65536;      // bytes of one comment with its marker, the smallest of the hosts
inline constexpr std::size_t kMarkdownLimit = 65000;  // what compose() keeps every body under

// For the review row in Postgres and for golden files. from_json takes hostile text; errors: user_fault.
std::string to_json(const model::WantedReview& wanted);
Result<model::WantedReview> wanted_from_json(std::string_view text);

// The same review on a terminal, 100 columns wide at most. Control characters of the text are made visible, so nothing
// from outside can drive the terminal.
enum class Colour { no, yes };
std::string render_terminal(const Facts& facts, Colour colour);
// One whole lesson, for `greenroom explain CODE`.
std::string render_lesson(const teaching::Lesson& lesson, Colour colour);

// Rendering of hostile text (docs/review.md): no live mention, reference, command, HTML, image or broken fence.
// Characters that nobody sees (zero width, bidirectional, control) are shown by their number: ‹U+202E›.
std::string plain(std::string_view text);                             // for running text; one line
std::string html_text(std::string_view text);                         // inside <summary>: no Markdown there; one line
std::string code_span(std::string_view text);                         // one line
std::string fence(std::string_view language, std::string_view code);  // a block: longest run of backticks + 1
// plain() and html_text() of a person's name, cut to 80 bytes: what a host lets a name be is not ours to say.
std::string name_in_markdown(std::string_view name);
std::string name_in_html(std::string_view name);

}  // namespace greenroom::review
