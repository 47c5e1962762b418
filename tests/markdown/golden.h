#pragma once
// Texts kept beside the tests. GREENROOM_ACCEPT=1 writes them anew; look at the difference before you commit it.

#include <string>

namespace greenroom::testing {

std::string golden_folder();
void expect_golden(const std::string& name, const std::string& actual);

}  // namespace greenroom::testing
