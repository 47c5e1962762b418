#pragma once
// Markdown to safe HTML, on cmark-gfm (tables, strikethrough, task lists). Its headers stay in markdown.cc. Pure,
// thread-safe, never fails. The text is hostile: no HTML of its own, no images, no links but http, https and mailto, no
// character that nobody sees.

#include <string_view>

#include "lib/web/view.h"

namespace greenroom::web {

enum class Author {
  person,  // tags in the text are shown as text
  bot,     // <details>, <summary> and <sub> of Greenroom's own comments work, always in balance; comments vanish
};

Html render_markdown(std::string_view text, Author author);

}  // namespace greenroom::web
