#pragma once
// The configuration and environment of the one git process that talks to a host: everything a hostile server or
// repository could use is switched off here. Pure.

#include <string>
#include <utility>
#include <vector>

namespace greenroom::git {

// The text of the only configuration file (besides the mirror's own) that git reads.
std::string git_configuration();

// An askpass program that answers from descriptor `token_fd`, which the child inherits.
std::string askpass_script();

std::vector<std::pair<std::string, std::string>> git_environment(const std::string& configuration_file,
                                                                 const std::string& allow_protocol);

// Whether `url` starts with one of the protocols in "https:ssh".
bool is_allowed_url(const std::string& url, const std::string& allow_protocol);

}  // namespace greenroom::git
