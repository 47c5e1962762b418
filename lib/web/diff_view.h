#pragma once
// Inside of lib/web: a diff as the template takes it, with each thread under its line. Pure; bounded.

#include <map>
#include <string>
#include <vector>

#include "lib/diff/diff.h"
#include "lib/hosts/local/reading.h"
#include "lib/web/discussion_view.h"
#include "lib/web/view.h"

namespace greenroom::web {

inline constexpr int kFilesShown = 100;
inline constexpr int kLinesShown = 3000;  // of all files together; a browser takes seconds over more

// A thread with the place where it stands in the diff that is shown. line 0: at the head of the file.
struct PlacedThread {
  const hosts::local::Thread* thread = nullptr;
  std::string path;
  int line = 0;
};

// Fills FILE sections and, where something was left out, CUT. Threads that found no place stand in ELSEWHERE.
void fill_diff(View& view, const diff::Diff& diff, const std::vector<PlacedThread>& threads, const ThreadPlace& place,
               TimePoint now);

}  // namespace greenroom::web
