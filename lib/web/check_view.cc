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

}  // namespace greenroom::web
