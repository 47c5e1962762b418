#pragma once
// Remarks as a row of `connection` holds them: [{"sign": "missing", "sentence": "…"}]. Pure.

#include <string>
#include <string_view>

#include "lib/base/error.h"
#include "lib/hosts/remark.h"

namespace greenroom::connect {

// Sentences are cut to 1,000 bytes and made valid UTF-8 without NUL, which jsonb refuses.
std::string to_json(const hosts::Remarks& remarks);
// Errors: bug, when a row holds something else.
Result<hosts::Remarks> remarks_from_json(std::string_view text);

}  // namespace greenroom::connect
