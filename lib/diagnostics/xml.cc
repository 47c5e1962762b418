#include "lib/diagnostics/xml.h"

#include <algorithm>

namespace greenroom::diagnostics {
namespace {

constexpr std::size_t kMaxBytes = 32u << 20;
constexpr int kMaxDepth = 64;

struct DepthLimit final : pugi::xml_tree_walker {
  bool for_each(pugi::xml_node&) override { return depth() < kMaxDepth; }
};

}  // namespace

bool load_xml(std::string_view text, pugi::xml_document& document) {
  if (text.empty() || text.size() > kMaxBytes || text.find("<!DOCTYPE") != std::string_view::npos) return false;
  if (!document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8)) return false;
  DepthLimit limit;
  return document.traverse(limit);
}

}  // namespace greenroom::diagnostics
