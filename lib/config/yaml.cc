#include "lib/config/yaml.h"

#include <yaml-cpp/yaml.h>

#include "lib/base/text.h"

namespace greenroom::config {
namespace {

constexpr std::size_t kMaxBytes = 64 * 1024, kMaxEntries = 512;
constexpr int kMaxDepth = 8;

struct Reader {
  const std::string& file;
  std::vector<Entry> entries;

  tl::unexpected<Error> wrong(const YAML::Mark& mark, const std::string& what) const {
    return user_fault(file + ":" + std::to_string(mark.line + 1) + ": " + what);
  }

  Result<std::string> joined(const YAML::Node& list, const std::string& name) const {
    std::string text;
    for (const YAML::Node& item : list) {
      if (!item.IsScalar()) return wrong(item.Mark(), "'" + name + "' is a list of plain words");
      if (item.Scalar().find(',') != std::string::npos)
        return wrong(item.Mark(), "an item of '" + name + "' holds a comma");
      text += (text.empty() ? "" : ",") + item.Scalar();
    }
    return text;
  }

  Result<void> add(std::string name, std::string value, const YAML::Mark& mark) {
    if (entries.size() == kMaxEntries) return wrong(mark, "more than " + std::to_string(kMaxEntries) + " settings");
    for (const Entry& entry : entries)
      if (entry.name == name)
        return wrong(mark, "'" + name + "' is set twice, first on line " + std::to_string(entry.line));
    entries.push_back({std::move(name), std::move(value), mark.line + 1});
    return {};
  }

  Result<void> walk(const YAML::Node& map, const std::string& prefix, int depth) {
    if (depth > kMaxDepth) return wrong(map.Mark(), "nested deeper than " + std::to_string(kMaxDepth) + " levels");
    for (const auto& pair : map) {
      if (!pair.first.IsScalar()) return wrong(map.Mark(), "a setting's name is a plain word");
      const std::string name = prefix + pair.first.Scalar();
      const YAML::Node& value = pair.second;
      if (value.IsMap()) {
        GREENROOM_CHECK(walk(value, name + ".", depth + 1));
      } else if (value.IsSequence()) {
        GREENROOM_TRY(text, joined(value, name));
        GREENROOM_CHECK(add(name, text, pair.first.Mark()));
      } else {
        GREENROOM_CHECK(add(name, value.IsNull() ? "" : value.Scalar(), pair.first.Mark()));
      }
    }
    return {};
  }
};

}  // namespace

Result<std::vector<Entry>> read_yaml(std::string_view text, const std::string& file) {
  if (text.size() > kMaxBytes) return user_fault(file + ": larger than 64 KiB");
  if (!is_utf8(text)) return user_fault(file + ": not valid UTF-8");
  try {
    const YAML::Node root = YAML::Load(std::string(text));
    if (root.IsNull()) return std::vector<Entry>{};
    if (!root.IsMap()) return user_fault(file + ":1: settings are written as 'name: value'");
    Reader reader{file, {}};
    GREENROOM_CHECK(reader.walk(root, "", 1));
    return std::move(reader.entries);
  } catch (const YAML::Exception& error) {
    return user_fault(file + ":" + std::to_string(error.mark.line + 1) + ": " + error.msg);
  }
}

}  // namespace greenroom::config
