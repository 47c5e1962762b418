#include "lib/connect/remark_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/json/json.h"

namespace greenroom::connect {
namespace {

using Sign = hosts::Remark::Sign;

constexpr std::size_t kSentence = 1000;
constexpr std::pair<Sign, std::string_view> kSigns[] = {
    {Sign::fine, "fine"}, {Sign::note, "note"}, {Sign::missing, "missing"}};

std::string_view name_of(Sign sign) {
  return std::find_if(std::begin(kSigns), std::end(kSigns), [sign](const auto& row) { return row.first == sign; })
      ->second;
}

std::string storable(std::string sentence) {
  std::erase(sentence, '\0');
  return shorten(scrub_utf8(sentence), kSentence);
}

}  // namespace

std::string to_json(const hosts::Remarks& remarks) {
  auto all = json::Value::array();
  for (const auto& remark : remarks)
    all.push_back({{"sign", name_of(remark.sign)}, {"sentence", storable(remark.sentence)}});
  return json::dump(all);
}

Result<hosts::Remarks> remarks_from_json(std::string_view text) {
  GREENROOM_TRY(all, json::parse(text));
  if (!all.is_array()) return bug("remarks are no list");
  hosts::Remarks remarks;
  for (const auto& one : all) {
    const auto sign = json::text(one, "sign");
    const auto* row =
        std::find_if(std::begin(kSigns), std::end(kSigns), [&](const auto& each) { return each.second == sign; });
    if (row == std::end(kSigns)) return bug("a remark has no sign");
    remarks.push_back({row->first, json::text(one, "sentence")});
  }
  return remarks;
}

}  // namespace greenroom::connect
