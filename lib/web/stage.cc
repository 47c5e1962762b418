#include "lib/web/stage.h"

#include <algorithm>

namespace greenroom::web {

Stage stage_of(const Journey& journey) {
  if (journey.merged_lately >= 2) return Stage::returned;
  if (journey.merged >= 1) return Stage::merged;
  if (journey.changes >= 1) return Stage::first_change;
  return journey.replies >= 1 ? Stage::talked : Stage::arrived;
}

std::string_view words_for(Stage stage) {
  switch (stage) {
    case Stage::arrived: return "Arrived";
    case Stage::talked: return "In conversation";
    case Stage::first_change: return "First change";
    case Stage::merged: return "Merged";
    case Stage::returned: return "Came back";
  }
  return "";
}

Cohort summarise(const std::vector<Stage>& stages, std::vector<Duration> first_replies) {
  Cohort cohort;
  if (stages.size() >= kSmallestCohort) {
    for (int stage = 0; stage < kStages; ++stage) {
      cohort.reached.push_back(static_cast<int>(std::count_if(
          stages.begin(), stages.end(), [&](Stage reached) { return static_cast<int>(reached) >= stage; })));
    }
  }
  if (first_replies.size() >= kSmallestCohort) {
    const auto middle = first_replies.begin() + static_cast<std::ptrdiff_t>(first_replies.size() / 2);
    std::nth_element(first_replies.begin(), middle, first_replies.end());
    cohort.median_reply = *middle;
  }
  return cohort;
}

}  // namespace greenroom::web
