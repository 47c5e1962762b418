#include "lib/connect/remark_json.h"

#include <gmock/gmock.h>

#include "lib/base/text.h"

namespace greenroom::connect {
namespace {

TEST(RemarkJson, ComesBackAsItWas) {
  const hosts::Remarks remarks{hosts::fine("Good."), hosts::note("\"Quoted\" – é"), hosts::missing("Do this.")};
  const auto back = remarks_from_json(to_json(remarks));
  ASSERT_TRUE(back) << back.error().describe();
  ASSERT_EQ(back->size(), remarks.size());
  for (std::size_t i = 0; i < remarks.size(); ++i) {
    EXPECT_EQ((*back)[i].sign, remarks[i].sign);
    EXPECT_EQ((*back)[i].sentence, remarks[i].sentence);
  }
}

TEST(RemarkJson, KeepsWhatAHostSaidWithinWhatARowHolds) {
  const auto back = remarks_from_json(to_json({hosts::missing(std::string("a\0b\xff", 4) + std::string(5000, 'x'))}));
  ASSERT_TRUE(back);
  const auto& sentence = back->front().sentence;
  EXPECT_LE(sentence.size(), 1010u);
  EXPECT_TRUE(is_utf8(sentence));
  EXPECT_EQ(sentence.find('\0'), std::string::npos);
  EXPECT_TRUE(sentence.starts_with("ab"));
}

TEST(RemarkJson, RefusesWhatIsNoRemark) {
  for (const char* text : {"", "{}", "[1]", R"([{"sign": "odd", "sentence": "x"}])", R"([{"sentence": "x"}])"})
    EXPECT_FALSE(remarks_from_json(text)) << text;
}

}  // namespace
}  // namespace greenroom::connect
