#pragma once
// What a checkout's directory holds, remembered beside it. Absent or not believed: the checkout is written anew.

#include <optional>
#include <string>

#include "lib/base/error.h"
#include "lib/git/change_list.h"

namespace greenroom::git {

struct CheckoutState {
  std::string tree;  // hexadecimal
  TreeTotals totals;
  std::string identity;  // of the directory
};

std::string print_state(const CheckoutState& state, std::string_view boot);
// nullopt unless the text is whole and from this boot: after a power cut the files' contents may be lost.
std::optional<CheckoutState> parse_state(std::string_view text, std::string_view boot);

std::string boot_id();
std::optional<CheckoutState> load_state(const std::string& file);
Result<void> save_state(const std::string& file, const CheckoutState& state);  // atomically. Errors: transient

}  // namespace greenroom::git
