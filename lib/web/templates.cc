#include "lib/web/templates.h"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

namespace greenroom::web {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kPragma = "{{%AUTOESCAPE context=\"HTML\"}}";
constexpr auto kStrip = ctemplate::STRIP_BLANK_LINES;

void fill(ctemplate::TemplateDictionary& dictionary, const View& view) {
  for (const auto& [name, text] : view.texts()) dictionary.SetValue(name, text);
  for (const auto& [name, text] : view.texts_everywhere()) dictionary.SetTemplateGlobalValue(name, text);
  for (const auto& child : view.children()) {
    auto* inner =
        child.file.empty() ? dictionary.AddSectionDictionary(child.name) : dictionary.AddIncludeDictionary(child.name);
    if (!child.file.empty()) inner->SetFilename(child.file);
    fill(*inner, *child.view);
  }
}

// Every "{{NAME:none}}" has to be Html.
bool escapes_everything_else(const std::string& text) {
  for (auto at = text.find(":none"); at != std::string::npos; at = text.find(":none", at + 1)) {
    const auto open = text.rfind("{{", at);
    const auto name = open == std::string::npos ? std::string() : text.substr(open + 2, at - open - 2);
    if (!name.ends_with("_HTML")) return false;
  }
  return true;
}

// Every "{{…_VALUE}}" stands in value="…", alone.
bool sends_back_only(const std::string& text) {
  constexpr std::string_view kName = "_VALUE}}", kBefore = "value=\"{{";
  for (auto at = text.find(kName); at != std::string::npos; at = text.find(kName, at + 1)) {
    const auto open = text.rfind("{{", at);
    const auto begin =
        open == std::string::npos || open + 2 < kBefore.size() ? std::string::npos : open + 2 - kBefore.size();
    if (begin == std::string::npos || !std::string_view(text).substr(begin).starts_with(kBefore)) return false;
    if (text.substr(at + kName.size(), 1) != "\"") return false;
  }
  return true;
}

Result<void> check(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in) return user_fault("cannot read " + file.string());
  if (!text.starts_with(kPragma)) return user_fault(file.string() + " does not begin with " + std::string(kPragma));
  if (!escapes_everything_else(text))
    return user_fault(file.string() + " has :none at a name that does not end in _HTML");
  if (!sends_back_only(text))
    return user_fault(file.string() + " has a name that ends in _VALUE outside of value=\"…\"");
  return {};
}

}  // namespace

struct Templates::Impl {
  ctemplate::TemplateCache cache;
};

Result<std::unique_ptr<Templates>> Templates::load(const std::string& directory) {
  auto impl = std::make_unique<Impl>();
  if (!impl->cache.SetTemplateRootDirectory(directory)) return user_fault("there is no folder " + directory);
  std::error_code error;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().extension() == ".html") files.push_back(entry.path());
  }
  if (error || files.empty()) return user_fault("there are no page templates in " + directory);
  for (const auto& file : files) {
    GREENROOM_CHECK(check(file));
    if (!impl->cache.LoadTemplate(file.filename().string(), kStrip)) return user_fault("cannot parse " + file.string());
  }
  impl->cache.Freeze();
  return std::unique_ptr<Templates>(new Templates(std::move(impl)));
}

Templates::Templates(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Templates::~Templates() = default;

std::string Templates::render(const std::string& file, const View& view) const {
  ctemplate::TemplateDictionary dictionary(file);
  fill(dictionary, view);
  std::string out;
  if (!impl_->cache.ExpandNoLoad(file, kStrip, &dictionary, nullptr, &out))
    throw std::logic_error("no page template " + file);
  return out;
}

}  // namespace greenroom::web
