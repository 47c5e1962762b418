#pragma once
// Content handed to a child by descriptor, without a name that anybody could open or exchange.

#include <string>
#include <string_view>

#include "lib/base/error.h"
#include "lib/base/fd.h"

namespace greenroom::sandbox {

// At its start, ready to be read. Errors: transient.
Result<Fd> memory_file(std::string_view content);
std::string read_memory_file(const Fd& file);  // all of it, wherever its position is

}  // namespace greenroom::sandbox
