#include "tests/markdown/rendered.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <functional>
#include <pugixml.hpp>

#include "tests/support/temp_directory.h"

namespace greenroom::testing {
namespace {

Node read(const pugi::xml_node& from) {
  Node node;
  const bool element = from.type() == pugi::node_element;
  node.name = element ? from.name() : from.type() == pugi::node_comment ? "!" : "";
  if (!element) node.text = from.value();
  for (const auto& attribute : from.attributes()) node.attributes[attribute.name()] = attribute.value();
  for (const auto& child : from.children()) node.children.push_back(read(child));
  return node;
}

void walk(const Node& node, const std::function<bool(const Node&)>& enters) {
  if (!enters(node)) return;
  for (const auto& child : node.children) walk(child, enters);
}

std::string text_of(const Node& node) {
  std::string out;
  walk(node, [&](const Node& one) {
    if (one.name.empty()) out += one.text;
    return true;
  });
  return out;
}

}  // namespace

// Started without a copy of this process, which the sanitizers make large: a test renders a hundred texts.
Result<std::string> html_of(const std::string& markdown) {
  static const TempDirectory folder;
  const auto in = folder.path() + "/in.md", out = folder.path() + "/out.html";
  folder.write("in.md", markdown);
  std::vector<std::string> words{"cmark-gfm", "--unsafe", "--hardbreaks", "--github-pre-lang"};
  for (const char* extension : {"table", "strikethrough", "autolink", "tagfilter", "tasklist", "footnotes"}) {
    words.emplace_back("-e");
    words.emplace_back(extension);
  }
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, argv[0], &files, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) return bug(std::string("cmark-gfm does not start: ") + std::strerror(failed));
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0) return bug("cmark-gfm failed");
  return folder.read("out.html");
}

Result<Node> tree_of(const std::string& html) {
  pugi::xml_document document;
  const auto read_as = pugi::parse_escapes | pugi::parse_comments | pugi::parse_ws_pcdata;
  const auto whole = "<body>" + html + "</body>";
  const auto result = document.load_buffer(whole.data(), whole.size(), read_as, pugi::encoding_utf8);
  if (!result) return rejected(std::string(result.description()) + " at " + std::to_string(result.offset));
  if (document.first_child().next_sibling()) return rejected("it ends before its end");
  return read(document.first_child());
}

std::string structure_of(const Node& node) {
  if (node.name.empty()) return "";
  std::string out = node.name;
  for (const auto& [name, value] : node.attributes) out += " " + name + (name == "lang" ? "=" + value : "");
  std::string inner;
  for (const auto& child : node.children) inner += structure_of(child);
  return "<" + out + (inner.empty() ? ">" : ">" + inner + "</>");
}

std::vector<std::string> prose_of(const Node& root) {
  std::vector<std::string> out;
  walk(root, [&](const Node& node) {
    if (node.name == "code" || node.name == "pre") return false;
    if (node.name.empty()) out.push_back(node.text);
    return true;
  });
  return out;
}

std::vector<std::string> code_blocks_of(const Node& root) {
  std::vector<std::string> out;
  walk(root, [&](const Node& node) {
    if (node.name != "pre") return true;
    out.push_back(text_of(node));
    return false;
  });
  return out;
}

std::vector<std::string> addresses_of(const Node& root) {
  std::vector<std::string> out;
  walk(root, [&](const Node& node) {
    for (const auto& [name, value] : node.attributes)
      if (name == "href" || name == "src") out.push_back(value);
    return true;
  });
  return out;
}

std::vector<std::string> names_of(const Node& root) {
  std::vector<std::string> out;
  walk(root, [&](const Node& node) {
    if (!node.name.empty()) out.push_back(node.name);
    return true;
  });
  return out;
}

}  // namespace greenroom::testing
