#include "lib/base/error.h"

namespace greenroom {

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::user_fault: return "user_fault";
    case ErrorKind::not_found: return "not_found";
    case ErrorKind::transient: return "transient";
    case ErrorKind::rejected: return "rejected";
    case ErrorKind::in_doubt: return "in_doubt";
    case ErrorKind::bug: return "bug";
  }
  return "bug";
}

Error Error::within(std::string_view doing) && {
  context = context.empty() ? std::string(doing) : std::string(doing) + ": " + context;
  return std::move(*this);
}

std::string Error::describe() const {
  std::string text(name_of(kind));
  if (!context.empty()) text += ": " + context;
  return text + ": " + message;
}

}  // namespace greenroom
