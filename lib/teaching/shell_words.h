#pragma once
// A command that a person can paste into a shell. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace greenroom::teaching {

// "black {path}" and two files → "black a.py 'b c.py'". Without {path} the command stays as it is. Paths are quoted
// for POSIX shells, and one that starts with '-' gets "./" in front.
std::string command_for(std::string_view command, const std::vector<std::string>& paths);

}  // namespace greenroom::teaching
