#pragma once
// What an ended git process may leave in a mirror: half packs, and locks that would stop every later fetch.

#include <string>

namespace greenroom::git {

// Removes them. Only for whoever holds the mirror's lock: no git process is at work in it then.
void remove_leftovers(const std::string& directory);

}  // namespace greenroom::git
