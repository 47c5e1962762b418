#include "lib/git/checkout_state.h"

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "lib/base/hash.h"
#include "lib/base/text.h"

namespace greenroom::git {
namespace {

constexpr std::string_view kVersion = "greenroom-checkout-1";

std::string read_all(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool parse_number(std::string_view text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::string boot_id() { return std::string(trim(read_all("/proc/sys/kernel/random/boot_id"))); }

std::string print_state(const CheckoutState& state, std::string_view boot) {
  const std::string body =
      join({std::string(kVersion), std::string(boot), state.tree, std::to_string(state.totals.entries),
            std::to_string(state.totals.bytes), state.identity},
           "\n");
  return body + "\n" + to_hex(sha256(body)) + "\n";
}

std::optional<CheckoutState> parse_state(std::string_view text, std::string_view boot) {
  const auto lines = split_lines(text);
  if (lines.size() != 7 || lines[0] != kVersion || lines[1] != boot || !is_sha(lines[2])) return std::nullopt;
  CheckoutState state;
  state.tree = std::string(lines[2]);
  state.identity = std::string(lines[5]);
  if (!parse_number(lines[3], state.totals.entries) || !parse_number(lines[4], state.totals.bytes)) return std::nullopt;
  if (print_state(state, boot) != text) return std::nullopt;
  return state;
}

std::optional<CheckoutState> load_state(const std::string& file) { return parse_state(read_all(file), boot_id()); }

Result<void> save_state(const std::string& file, const CheckoutState& state) {
  const std::string fresh = file + ".new";
  {
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    out << print_state(state, boot_id());
    out.close();
    if (!out) return transient("cannot write '" + fresh + "'; is the disk full?");
  }
  std::error_code error;
  std::filesystem::rename(fresh, file, error);
  if (error) return transient("cannot rename '" + fresh + "': " + error.message());
  return {};
}

}  // namespace greenroom::git
