#include "lib/http/places.h"

#include <gtest/gtest.h>

#include <array>

namespace greenroom::http {
namespace {

// Guests are only compared: the addresses of these.
const std::array<char, 8> kGuests{};
const void* guest(std::size_t number) { return &kGuests[number]; }

TEST(Places, TheNewcomerPushesOutWhoHasWaitedLongest) {
  Places places({2, 2});
  EXPECT_TRUE(places.take(guest(0), "a").given);
  EXPECT_TRUE(places.take(guest(1), "a").given);
  const auto seat = places.take(guest(2), "a");
  EXPECT_TRUE(seat.given);
  EXPECT_EQ(seat.evicted, guest(0));
  EXPECT_FALSE(places.serve(guest(0))) << "its place is gone";
  EXPECT_EQ(places.take(guest(3), "a").evicted, guest(1));
}

TEST(Places, NobodyIsPushedOutWhileThereIsRoom) {
  Places places({3, 2});
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(places.take(guest(i), "a").evicted, nullptr);
  EXPECT_EQ(places.take(guest(2), "b").evicted, nullptr);
}

TEST(Places, WhoIsServedKeepsItsPlace) {
  Places places({2, 2});
  places.take(guest(0), "a");
  places.take(guest(1), "a");
  EXPECT_TRUE(places.serve(guest(0)));
  EXPECT_EQ(places.take(guest(2), "a").evicted, guest(1));
  EXPECT_TRUE(places.serve(guest(2)));
  const auto seat = places.take(guest(3), "b");
  EXPECT_FALSE(seat.given);
  EXPECT_EQ(seat.evicted, nullptr);
}

TEST(Places, WhoIsAnsweredWaitsBehindEveryone) {
  Places places({2, 2});
  places.take(guest(0), "a");
  places.take(guest(1), "a");
  EXPECT_TRUE(places.serve(guest(0)));
  places.wait(guest(0));
  EXPECT_EQ(places.take(guest(2), "a").evicted, guest(1));
  EXPECT_EQ(places.take(guest(3), "a").evicted, guest(0));
}

TEST(Places, ANewcomerPushesOutItsOwnPeerFirst) {
  Places places({3, 3});
  places.take(guest(0), "good");
  places.take(guest(1), "bad");
  places.take(guest(2), "bad");
  EXPECT_EQ(places.take(guest(3), "bad").evicted, guest(1));
  EXPECT_EQ(places.take(guest(4), "new").evicted, guest(0)) << "none of its own: the longest of all";
}

TEST(Places, APeerAtItsLimitTakesNoPlaceOfOthers) {
  Places places({8, 1});
  places.take(guest(0), "a");
  places.take(guest(1), "b");
  EXPECT_TRUE(places.serve(guest(1)));
  EXPECT_FALSE(places.take(guest(2), "b").given);
  EXPECT_TRUE(places.serve(guest(0)));
}

TEST(Places, WhoHasWaitedLongestOfAllCanBePushedOutForNobody) {
  Places places({8, 8});
  EXPECT_EQ(places.evict(), nullptr);
  places.take(guest(0), "a");
  places.take(guest(1), "b");
  EXPECT_TRUE(places.serve(guest(0)));
  EXPECT_EQ(places.evict(), guest(1));
  EXPECT_EQ(places.evict(), nullptr) << "who is served stays";
}

TEST(Places, WhoLeavesMakesRoom) {
  Places places({1, 1});
  places.take(guest(0), "a");
  EXPECT_TRUE(places.serve(guest(0)));
  places.leave(guest(0));
  places.leave(guest(0));
  const auto seat = places.take(guest(1), "a");
  EXPECT_TRUE(seat.given);
  EXPECT_EQ(seat.evicted, nullptr);
}

}  // namespace
}  // namespace greenroom::http
