#pragma once
// Inside of lib/web: comments and threads as the templates take them. Pure.

#include "lib/hosts/local/reading.h"
#include "lib/web/view.h"

namespace greenroom::web {

void fill_comment(View& view, const hosts::local::Comment& comment, TimePoint now);

struct ThreadPlace {
  std::string item_path;    // of the change
  bool may_settle = false;  // whether the viewer gets the button
  bool outdated = false;    // its line is no longer part of the diff
};
void fill_thread(View& view, const hosts::local::Thread& thread, const ThreadPlace& place, TimePoint now);

}  // namespace greenroom::web
