#include "lib/json/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace greenroom::json {
namespace {

TEST(Json, RefusesDepthBeforeParsing) {
  const std::string deep(200'000, '[');
  const auto value = parse(deep);
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().kind, ErrorKind::user_fault);
  EXPECT_TRUE(parse(R"({"brackets in text": "[[[["})"));
}

TEST(Json, RefusesInvalidUtf8AndNeverThrowsOnDump) {
  EXPECT_FALSE(parse("\"\xff\""));
  Value value;
  value["name"] = "\xff";
  EXPECT_NE(dump(value).find("\xEF\xBF\xBD"), std::string::npos);
}

TEST(Json, LookupsFallBackInsteadOfThrowing) {
  const auto value = parse(R"({"a": 1, "b": "x", "c": true})");
  ASSERT_TRUE(value);
  EXPECT_EQ(integer(*value, "a"), 1);
  EXPECT_EQ(integer(*value, "b", 7), 7);
  EXPECT_EQ(text(*value, "b"), "x");
  EXPECT_EQ(text(member(*value, "missing"), "b", "-"), "-");
  EXPECT_TRUE(boolean(*value, "c"));
}

}  // namespace
}  // namespace greenroom::json
