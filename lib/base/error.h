#pragma once
// Result and Error: how every fallible function of Greenroom answers.
// An error's kind says what the caller does about it; its text says what a person can do.

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace greenroom {

enum class ErrorKind {
  user_fault,  // the input is wrong; the message tells the person what to change
  not_found,   // the thing does not exist, and asking again will not help
  transient,   // network, disk, database: the same call may succeed later
  rejected,    // the other side understood and refused (permission, rate, policy)
  in_doubt,    // the write may or may not have happened; look before trying again
  bug,         // an invariant of ours is broken
};

std::string_view name_of(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::bug;
  std::string message;  // one sentence; only user_fault text is shown to people outside
  std::string context;  // what we were doing, outermost first: "claim job: connect"

  // Puts `doing` in front of the context. One call a layer.
  Error within(std::string_view doing) &&;
  std::string describe() const;  // "transient: claim job: connect: connection refused"
};

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  Result() = default;
};

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return tl::unexpected<Error>(Error{kind, std::move(message), {}});
}
inline tl::unexpected<Error> user_fault(std::string m) { return fail(ErrorKind::user_fault, std::move(m)); }
inline tl::unexpected<Error> not_found(std::string m) { return fail(ErrorKind::not_found, std::move(m)); }
inline tl::unexpected<Error> transient(std::string m) { return fail(ErrorKind::transient, std::move(m)); }
inline tl::unexpected<Error> rejected(std::string m) { return fail(ErrorKind::rejected, std::move(m)); }
inline tl::unexpected<Error> in_doubt(std::string m) { return fail(ErrorKind::in_doubt, std::move(m)); }
inline tl::unexpected<Error> bug(std::string m) { return fail(ErrorKind::bug, std::move(m)); }

// Passes an error upwards, adding what was being done.
inline tl::unexpected<Error> pass(Error error, std::string_view doing) {
  return tl::unexpected<Error>(std::move(error).within(doing));
}

}  // namespace greenroom

// GREENROOM_TRY(value, expression): unwraps a Result or returns its error from this function.
// GREENROOM_CHECK(expression): the same for Result<void>.
#define GREENROOM_CONCAT_(a, b) a##b
#define GREENROOM_CONCAT(a, b) GREENROOM_CONCAT_(a, b)
#define GREENROOM_TRY(value, ...) GREENROOM_TRY_(GREENROOM_CONCAT(result_, __LINE__), value, __VA_ARGS__)
#define GREENROOM_TRY_(holder, value, ...)                                           \
  auto holder = (__VA_ARGS__);                                                       \
  if (!holder) return tl::unexpected<::greenroom::Error>(std::move(holder).error()); \
  auto value = std::move(*holder)
#define GREENROOM_CHECK(...)                                                             \
  do {                                                                                   \
    auto holder_ = (__VA_ARGS__);                                                        \
    if (!holder_) return tl::unexpected<::greenroom::Error>(std::move(holder_).error()); \
  } while (false)
