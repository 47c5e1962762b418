#pragma once
// What somebody who connects a repository is told: one thing that was looked at, in one sentence for people.

#include <string>
#include <utility>
#include <vector>

namespace greenroom::hosts {

struct Remark {
  enum class Sign { fine, note, missing };  // note: worth knowing, and nothing has to be done
  Sign sign = Sign::fine;
  std::string sentence;  // of what is missing also what to do. May hold names that the host gave: print it as such
};
using Remarks = std::vector<Remark>;

inline Remark fine(std::string sentence) { return {Remark::Sign::fine, std::move(sentence)}; }
inline Remark note(std::string sentence) { return {Remark::Sign::note, std::move(sentence)}; }
inline Remark missing(std::string sentence) { return {Remark::Sign::missing, std::move(sentence)}; }

}  // namespace greenroom::hosts
