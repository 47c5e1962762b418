#pragma once
// Archives as bytes, without a program or a library to make them: nothing in them is compressed. Pure.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace greenroom::testing {

using ArchiveFiles = std::vector<std::pair<std::string, std::string>>;  // path → content

std::string zip(const ArchiveFiles& files);
std::string tar_gz(const ArchiveFiles& files);  // paths of at most 99 bytes

}  // namespace greenroom::testing
