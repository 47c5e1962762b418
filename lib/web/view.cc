#include "lib/web/view.h"

#include <stdexcept>

#include "lib/review/unseen.h"

namespace greenroom::web {
namespace {

bool names_html(std::string_view name) { return name.ends_with("_HTML"); }
bool names_value(std::string_view name) { return name.ends_with("_VALUE"); }

std::string shown(std::string_view name, std::string_view text) {
  if (names_html(name) || names_value(name)) throw std::logic_error("a text is never called " + std::string(name));
  return review::show_unseen(text);
}

}  // namespace

View& View::set(std::string_view name, std::string_view text) {
  texts_[std::string(name)] = shown(name, text);
  return *this;
}

View& View::set(std::string_view name, Html html) {
  if (!names_html(name)) throw std::logic_error("HTML has to be called …_HTML, not " + std::string(name));
  texts_[std::string(name)] = std::move(html.text);
  return *this;
}

View& View::send_back(std::string_view name, std::string_view text) {
  if (!names_value(name))
    throw std::logic_error("what is sent back has to be called …_VALUE, not " + std::string(name));
  texts_[std::string(name)] = text;
  return *this;
}

View& View::show(std::string_view section, bool shown) {
  if (shown) add(section);
  return *this;
}

View& View::add(std::string_view section) {
  children_.push_back({std::string(section), "", std::make_unique<View>()});
  return *children_.back().view;
}

View& View::include(std::string_view place, std::string_view file) {
  children_.push_back({std::string(place), std::string(file), std::make_unique<View>()});
  return *children_.back().view;
}

View& View::everywhere(std::string_view name, std::string_view text) {
  everywhere_[std::string(name)] = shown(name, text);
  return *this;
}

std::string View::text(std::string_view name) const {
  const auto found = texts_.find(name);
  return found == texts_.end() ? std::string() : found->second;
}

std::vector<const View*> View::sections(std::string_view name) const {
  std::vector<const View*> found;
  for (const auto& child : children_) {
    if (child.name == name) found.push_back(child.view.get());
  }
  return found;
}

}  // namespace greenroom::web
