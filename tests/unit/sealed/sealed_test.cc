#include "lib/sealed/sealed.h"

#include <gtest/gtest.h>

namespace greenroom {
namespace {

TEST(Sealed, OnlyTheReaderOpensIt) {
  const auto reader = make_box_keys(), other = make_box_keys();
  const auto sealed = seal(Secret("a token"), reader.public_key);
  ASSERT_TRUE(sealed);
  EXPECT_EQ(sealed->find("a token"), std::string::npos);
  const auto opened = open_sealed(*sealed, reader);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->reveal(), "a token");
  EXPECT_FALSE(open_sealed(*sealed, other));
}

TEST(Sealed, WhatWasChangedOrCutOffIsRefused) {
  const auto reader = make_box_keys();
  auto sealed = seal(Secret("a token"), reader.public_key);
  ASSERT_TRUE(sealed);
  EXPECT_FALSE(open_sealed(sealed->substr(0, 20), reader));
  sealed->back() = static_cast<char>(sealed->back() ^ 1);
  EXPECT_FALSE(open_sealed(*sealed, reader));
  EXPECT_FALSE(seal(Secret("a token"), "short"));
}

}  // namespace
}  // namespace greenroom
