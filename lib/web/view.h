#pragma once
// What a page shows, as data: named texts, sections that repeat, and partial templates. Built by pure functions, given
// to Templates. A text is escaped wherever it lands; only Html, which the Markdown renderer alone makes, is not, and
// its name ends in _HTML so that a template cannot take the one for the other.
//
// Every text reaches a page through set() and everywhere(), and there the characters that nobody sees become visible
// (review::show_unseen), whoever wrote them. What a browser has to send back byte for byte is set with send_back(): its
// name ends in _VALUE, and a template may put it into a value="…" only, where nobody reads it. Addresses need no such
// way out: whoever makes one percent-encodes what is not plain in it.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace greenroom::web {

struct Html {
  std::string text;  // safe as it is
};

class View {
 public:
  // Throws std::logic_error when the name ends in _HTML or _VALUE.
  View& set(std::string_view name, std::string_view text);
  View& set(std::string_view name, const std::string& text) { return set(name, std::string_view(text)); }
  View& set(std::string_view name, const char* text) { return set(name, std::string_view(text)); }
  View& set(std::string_view name, std::int64_t number) { return set(name, std::to_string(number)); }
  View& set(std::string_view name, int number) { return set(name, std::to_string(number)); }
  View& set(std::string_view name, Html html);                     // throws std::logic_error without _HTML
  View& send_back(std::string_view name, std::string_view text);   // throws std::logic_error without _VALUE
  View& show(std::string_view section, bool shown = true);         // a section without texts of its own
  View& add(std::string_view section);                             // one more repetition of a section
  View& include(std::string_view place, std::string_view file);    // one more inclusion of a partial template
  View& everywhere(std::string_view name, std::string_view text);  // seen in partial templates too

  // For tests.
  std::string text(std::string_view name) const;
  std::vector<const View*> sections(std::string_view name) const;

  struct Child {
    std::string name, file;  // file is empty for a section
    std::unique_ptr<View> view;
  };
  const std::map<std::string, std::string, std::less<>>& texts() const { return texts_; }
  const std::map<std::string, std::string, std::less<>>& texts_everywhere() const { return everywhere_; }
  const std::vector<Child>& children() const { return children_; }

 private:
  std::map<std::string, std::string, std::less<>> texts_, everywhere_;
  std::vector<Child> children_;
};

}  // namespace greenroom::web
