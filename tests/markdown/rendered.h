#pragma once
// Markdown as a git host shows it: rendered by the program cmark-gfm with GitHub's extensions and with raw HTML left
// in, so that whatever got through shows, and read back as a tree.

#include <map>
#include <string>
#include <vector>

#include "lib/base/error.h"

namespace greenroom::testing {

struct Node {
  std::string name;  // of an element; "": text; "!": a comment
  std::string text;  // of text and comments
  std::map<std::string, std::string> attributes;
  std::vector<Node> children;
};

// The HTML. Errors: bug (the program is missing or failed).
Result<std::string> html_of(const std::string& markdown);
// Its tree, in an element "body". Errors: rejected (elements that do not close each other: no template of ours).
Result<Node> tree_of(const std::string& html);

// Elements and their classes, without words: what the text is, not what it says.
std::string structure_of(const Node& node);
// Texts outside of code, one for each text node.
std::vector<std::string> prose_of(const Node& node);
std::vector<std::string> code_blocks_of(const Node& node);
// Every value of an attribute that names an address, anywhere.
std::vector<std::string> addresses_of(const Node& node);
std::vector<std::string> names_of(const Node& node);  // of every element; "!" of comments

}  // namespace greenroom::testing
