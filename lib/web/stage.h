#pragma once
// How far a newcomer has come in a project, and numbers about newcomers that show no single person. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/clock.h"

namespace greenroom::web {

enum class Stage { arrived, talked, first_change, merged, returned };
inline constexpr int kStages = 5;

struct Journey {
  int replies = 0, changes = 0, merged = 0, merged_lately = 0;  // lately: the last 90 days
};
Stage stage_of(const Journey& journey);
std::string_view words_for(Stage stage);

inline constexpr std::size_t kSmallestCohort = 5;  // below it a number would point at persons

struct Cohort {
  std::vector<int> reached;              // how many people came at least to each stage; empty when suppressed
  std::optional<Duration> median_reply;  // to the first helpful reply; nullopt when there are too few to say
};
Cohort summarise(const std::vector<Stage>& stages, std::vector<Duration> first_replies);

}  // namespace greenroom::web
