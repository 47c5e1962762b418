#include "lib/base/hash.h"

#include <gtest/gtest.h>

namespace greenroom {
namespace {

// The vector that GitHub documents for X-Hub-Signature-256.
TEST(Hash, SignsLikeGitHub) {
  const Secret key("It's a Secret to Everybody");
  EXPECT_EQ(to_hex(hmac_sha256(key, "Hello, World!")),
            "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
}

// FIPS 180-2, appendix A.
TEST(Hash, NamesLikeOthersDo) { EXPECT_EQ(to_hex(sha1("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d"); }

TEST(Hash, HexAndBase64ReadBackWhatTheyWrite) {
  const std::string bytes("\x00\x01\xfe\xff", 4);
  std::string back;
  EXPECT_TRUE(from_hex(to_hex(bytes), back));
  EXPECT_EQ(back, bytes);
  EXPECT_TRUE(base64_decode(base64_encode(bytes), back));
  EXPECT_EQ(back, bytes);
  EXPECT_FALSE(from_hex("abc", back));
  EXPECT_FALSE(from_hex("zz", back));
}

}  // namespace
}  // namespace greenroom
