#include "lib/web/check_view.h"

#include "lib/http/server.h"
#include "lib/web/words.h"

namespace greenroom::web {

void fill_check(View& view, const model::CheckResult& check, model::JobId job) {
  const StateWords words = words_for(check.state);
  view.set("NAME", check.name).set("SIGN", words.sign).set("STATE", words.words).set("TONE", words.tone);
  view.set("HEADLINE", check.headline.empty() ? words.words : check.headline);
  view.set("TOOK", took(check.started_at, check.finished_at));
  view.set("ANCHOR", "/jobs/" + model::to_string(job) + "#" + http::percent_encode(check.name));
}

CheckWords words_for(const CheckCounts& counts) {
  if (counts.checking) return {"checks are running", "quiet"};
  struct Part {
    std::int64_t count;
    const char *one, *many, *tone;
  };
  CheckWords all;
  for (const auto& [count, one, many, tone] :
       {Part{counts.failed, " failed", " failed", "wrong"},
        Part{counts.attention, " has something to look at", " have something to look at", "look"},
        Part{counts.ours, " did not finish", " did not finish", "ours"},
        Part{counts.waiting, " waits for a person of the project", " wait for a person of the project", "quiet"}}) {
    if (count == 0) continue;
    const bool first = all.words.empty();
    all.words += (first ? counted(count, "check", "checks") : ", " + std::to_string(count)) + (count == 1 ? one : many);
    if (first) all.tone = tone;
  }
  if (!all.words.empty()) return all;
  if (counts.passed > 0) return {counted(counts.passed, "check passes", "checks pass"), "good"};
  return {"no checks yet", "quiet"};
}

}  // namespace greenroom::web
