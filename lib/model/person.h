#pragma once
// People as the behaviours and the teaching see them.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/clock.h"
#include "lib/model/ids.h"

namespace greenroom::model {

struct Person {
  PersonId id;
  std::string host;
  std::int64_t host_account_id = 0;
  std::string login;
  std::string display_name;
};

// A member of the buddy roster of one repository (or of all, repository == 0).
struct Buddy {
  Person person;
  int capacity = 2;                     // newcomers at one time
  int current_load = 0;                 // open changes they are buddy of
  std::optional<TimePoint> away_until;  // expires by itself
  std::optional<TimePoint> last_picked;
  std::vector<std::string> knows;  // path prefixes, for the explanation
};

// How often a person met a lesson, in distinct earlier changes: what makes lessons fade.
using LessonMemory = std::map<std::string, int, std::less<>>;

}  // namespace greenroom::model
