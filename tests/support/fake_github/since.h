#pragma once
// Inside of fake_github only: the parameters `since`, `sort` and `direction` that lists of issues and comments have.

#include <algorithm>
#include <vector>

#include "tests/support/fake_github/call.h"

namespace greenroom::testing::fake {

class Since {
 public:
  enum class Usual { oldest_first, newest_first };

  explicit Since(const Call& call)
      : by_update_(call.request.query_value("sort") == "updated"), direction_(call.request.query_value("direction")) {
    const std::string given = call.request.query_value("since");
    if (given.empty()) return;
    const auto time = parse_time(given);
    if (!time) refuse(422, "Invalid 'since': not a time in ISO 8601");
    from_ = *time;
  }

  bool holds(TimePoint updated) const { return updated >= from_; }

  // Of values with `created`, `updated` and `id`.
  template <class Value>
  void sort(std::vector<const Value*>& all, Usual usual) const {
    const bool ascending = direction_.empty() ? usual == Usual::oldest_first : direction_ == "asc";
    std::stable_sort(all.begin(), all.end(), [&](const Value* a, const Value* b) {
      const auto key = [&](const Value* one) { return std::pair(by_update_ ? one->updated : one->created, one->id); };
      return ascending ? key(a) < key(b) : key(b) < key(a);
    });
  }

 private:
  bool by_update_;
  std::string direction_;
  TimePoint from_ = TimePoint::min();
};

}  // namespace greenroom::testing::fake
