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

TEST(Sealed, WordsGiveTheSameKeysEachTimeAndOtherWordsOthers) {
  const Secret words("0123456789abcdef0123456789abcdef");
  const auto keys = box_keys_of(words);
  ASSERT_TRUE(keys);
  const auto sealed = seal(Secret("a key"), keys->public_key);
  ASSERT_TRUE(sealed);
  const auto opened = open_sealed(*sealed, *box_keys_of(words));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->reveal(), "a key");
  EXPECT_FALSE(open_sealed(*sealed, *box_keys_of(Secret("0123456789abcdef0123456789abcdeg"))));
  EXPECT_FALSE(box_keys_of(Secret("0123456789abcdef0123456789abcde")));
  EXPECT_FALSE(box_keys_of(Secret()));
}

}  // namespace
}  // namespace greenroom
