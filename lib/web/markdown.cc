#include "lib/web/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "lib/base/fd.h"
#include "lib/base/text.h"
#include "lib/review/unseen.h"

namespace greenroom::web {
namespace {

constexpr int kOptions = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_GITHUB_PRE_LANG;
constexpr std::size_t kAutolinkLimit = 16 * 1024;  // finding bare links is quadratic in the worst case
constexpr std::array<std::string_view, 3> kTags{"details", "summary", "sub"};

using Parser = Owned<cmark_parser, cmark_parser_free>;
using Node = Owned<cmark_node, cmark_node_free>;
using Iterator = Owned<cmark_iter, cmark_iter_free>;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

// Lets the three tags through, in balance over the whole text, and entities; shows everything else as it is written.
class TagFilter {
 public:
  std::string pass(std::string_view html) {
    std::string out;
    while (!html.empty()) {
      if (html.starts_with("<!--")) {
        const auto end = html.find("-->", 4);
        html.remove_prefix(end == std::string_view::npos ? html.size() : end + 3);
      } else if (const auto taken = take_tag(html, out) + take_entity(html, out); taken > 0) {
        html.remove_prefix(taken);
      } else {
        out += escaped(html.substr(0, 1));
        html.remove_prefix(1);
      }
    }
    return out;
  }
  std::string close_the_rest() {
    std::string out;
    for (; !open_.empty(); open_.pop_back()) out += "</" + std::string(open_.back()) + ">";
    return out;
  }

 private:
  std::size_t take_tag(std::string_view html, std::string& out) {
    for (const auto tag : kTags) {
      const std::string opening = "<" + std::string(tag) + ">", closing = "</" + std::string(tag) + ">";
      if (html.starts_with(opening)) {
        open_.push_back(tag);
        out += opening;
        return opening.size();
      }
      if (html.starts_with(closing) && !open_.empty() && open_.back() == tag) {
        open_.pop_back();
        out += closing;
        return closing.size();
      }
    }
    return 0;
  }
  static std::size_t take_entity(std::string_view html, std::string& out) {
    if (!html.starts_with('&')) return 0;
    const auto end = html.substr(0, 12).find(';');
    const auto name = html.substr(1, end == std::string_view::npos ? 0 : end - 1);
    const bool fit =
        !name.empty() && name.find_first_not_of("#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") ==
                             std::string_view::npos;
    if (!fit) return 0;
    out += html.substr(0, end + 1);
    return end + 1;
  }

  std::vector<std::string_view> open_;
};

void replace_html(cmark_node* node, const std::string& text, bool block) {
  cmark_node* shown = cmark_node_new(block ? CMARK_NODE_CUSTOM_BLOCK : CMARK_NODE_CUSTOM_INLINE);
  cmark_node_set_on_enter(shown, text.c_str());
  cmark_node_replace(node, shown);
  cmark_node_free(node);
}

// An image would tell a stranger's server who reads this page: it becomes a link with its words.
void replace_image(cmark_node* node) {
  cmark_node* link = cmark_node_new(CMARK_NODE_LINK);
  cmark_node_set_url(link, cmark_node_get_url(node));
  while (cmark_node* child = cmark_node_first_child(node)) cmark_node_append_child(link, child);
  cmark_node_replace(node, link);
  cmark_node_free(node);
}

// The bot's comments carry zero-width spaces that keep a git host from making mentions and links of somebody's words
// (review::plain). No page makes any, and what is copied from one should be what was written.
constexpr std::string_view kSplit = "\xE2\x80\x8B";

std::string seen_by_readers(std::string text, Author author) {
  if (author == Author::bot) {
    for (auto at = text.find(kSplit); at != std::string::npos; at = text.find(kSplit, at))
      text.erase(at, kSplit.size());
  }
  return review::show_unseen(text);
}

// After parsing: an entity ("&#8238;") is a character only then.
void show_words(cmark_node* node, Author author) {
  const auto type = cmark_node_get_type(node);
  if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_CODE_BLOCK)
    cmark_node_set_literal(node, seen_by_readers(cmark_node_get_literal(node), author).c_str());
  if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
    cmark_node_set_title(node, seen_by_readers(cmark_node_get_title(node), author).c_str());
}

// cmark's safe mode refuses "javascript:" and its kind by a list; here only what is known to be harmless stays.
void check_link(cmark_node* node) {
  const std::string url = to_lower_ascii(cmark_node_get_url(node));
  const bool known = url.starts_with("http://") || url.starts_with("https://") || url.starts_with("mailto:");
  const bool own =
      (url.starts_with("/") && !url.starts_with("//") && url.find('\\') == std::string::npos) || url.starts_with("#");
  if (!known && !own) cmark_node_set_url(node, "");
}

std::vector<cmark_node*> nodes_of(cmark_node* root) {
  std::vector<cmark_node*> nodes;
  const Iterator iterator(cmark_iter_new(root));
  for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    if (event == CMARK_EVENT_ENTER) nodes.push_back(cmark_iter_get_node(iterator.get()));
  }
  return nodes;
}

std::string clean(cmark_node* root, Author author) {
  TagFilter filter;
  for (cmark_node* node : nodes_of(root)) {
    const auto type = cmark_node_get_type(node);
    show_words(node, author);
    if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) {
      const bool block = type == CMARK_NODE_HTML_BLOCK;
      const std::string literal = seen_by_readers(cmark_node_get_literal(node), author);
      const std::string shown = author == Author::bot ? filter.pass(literal)
                                : block               ? "<p>" + escaped(trim(literal)) + "</p>\n"
                                                      : escaped(literal);
      replace_html(node, shown, block);
    } else if (type == CMARK_NODE_LINK) {
      check_link(node);
    }
  }
  for (cmark_node* node : nodes_of(root)) {
    if (cmark_node_get_type(node) != CMARK_NODE_IMAGE) continue;
    check_link(node);
    replace_image(node);
  }
  return filter.close_the_rest();
}

void attach(cmark_parser* parser, const char* name) {
  if (auto* extension = cmark_find_syntax_extension(name)) cmark_parser_attach_syntax_extension(parser, extension);
}

}  // namespace

Html render_markdown(std::string_view text, Author author) {
  cmark_gfm_core_extensions_ensure_registered();
  const Parser parser(cmark_parser_new(kOptions));
  for (const char* name : {"table", "strikethrough", "tasklist"}) attach(parser.get(), name);
  if (text.size() <= kAutolinkLimit) attach(parser.get(), "autolink");
  cmark_parser_feed(parser.get(), text.data(), text.size());
  const Node root(cmark_parser_finish(parser.get()));
  const std::string rest = clean(root.get(), author);
  const std::unique_ptr<char, decltype(&free)> html(
      cmark_render_html(root.get(), kOptions, cmark_parser_get_syntax_extensions(parser.get())), &free);
  return Html{std::string(html.get()) + rest};
}

}  // namespace greenroom::web
