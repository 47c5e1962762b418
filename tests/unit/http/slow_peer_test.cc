// Peers that are slow on purpose, byte by byte. Where a time-out must not be what helps, it is an hour.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "lib/base/synchronized.h"
#include "lib/http/server.h"
#include "tests/support/wait.h"
#include "tests/unit/http/raw_client.h"

namespace greenroom::http {
namespace {

using ::testing::HasSubstr;
using testing::RawClient;
using ::testing::StartsWith;
using testing::wait_until;
using namespace std::chrono_literals;

constexpr std::size_t kMuch = 32u << 20;  // more than a socket's buffers hold
constexpr int kLittle = 4096;
constexpr const char* kEnd = "Host: x\r\nConnection: close\r\n\r\n";

class SlowPeers : public ::testing::Test {
 protected:
  SlowPeers() {
    options.header_timeout = options.body_timeout = options.idle_timeout = options.write_timeout =
        options.answer_timeout = 1h;
  }
  // "/much" is a large answer, "/stream" a stream that the test writes, "/held" is answered by the test.
  void start() {
    auto started = Server::start(options, [this](Request request, std::shared_ptr<Responder> responder) {
      if (request.path == "/much") return responder->send({200, {}, std::string(kMuch, 'm')});
      if (request.path == "/stream") return keep(streams, responder->stream({}));
      if (request.path == "/held") return keep(held, std::move(responder));
      responder->send(Response::text(200, "answer to " + request.path));
    });
    ASSERT_TRUE(started) << started.error().describe();
    server = std::move(*started);
  }
  RawClient say(std::string_view bytes, int receive_buffer = 0) {
    RawClient client(server->port(), receive_buffer);
    client.send(bytes);
    return client;
  }
  std::string ask(const std::string& path) { return say("GET " + path + " HTTP/1.1\r\n" + kEnd).read(); }
  std::vector<RawClient> many(int count, std::string_view bytes) {
    std::vector<RawClient> clients;
    for (int i = 0; i < count; ++i) clients.push_back(say(bytes));
    return clients;
  }

  template <class T>
  using Kept = Synchronized<std::vector<std::shared_ptr<T>>>;
  template <class T>
  static void keep(Kept<T>& kept, std::shared_ptr<T> one) {
    kept.update([&](auto& all) { all.push_back(std::move(one)); });
  }
  template <class T>
  static std::vector<std::shared_ptr<T>> take(Kept<T>& kept, std::size_t count) {
    EXPECT_TRUE(kept.wait_for(10s, [&](const auto& all) { return all.size() == count; }));
    return kept.with([](auto& all) { return std::exchange(all, {}); });
  }

  static constexpr const char* kHalfHeader = "GET / HTTP/1.1\r\nX: ";
  static constexpr const char* kHalfBody = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 26214400\r\n\r\nabc";
  ServerOptions options;
  Kept<StreamWriter> streams;
  Kept<Responder> held;
  std::unique_ptr<Server> server;  // last: its threads use the others
};

TEST_F(SlowPeers, HalfOpenConnectionsPushOutEachOther) {
  start();
  auto half_open = many(300, kHalfHeader);
  EXPECT_THAT(ask("/readyz"), HasSubstr("answer to /readyz"));
  EXPECT_TRUE(half_open.front().closed());
  half_open.back().send(std::string("y\r\n") + kEnd);
  EXPECT_THAT(half_open.back().read(), HasSubstr("answer to /")) << "the newest keep their places";
}

TEST_F(SlowPeers, SlowBodiesPushOutEachOther) {
  options.max_connections = 8;
  start();
  auto slow = many(20, kHalfBody);
  EXPECT_THAT(ask("/readyz"), HasSubstr("answer to /readyz"));
  EXPECT_TRUE(slow.front().closed());
}

TEST_F(SlowPeers, ARequestInFlightIsNeverPushedOut) {
  options.max_connections_per_peer = 4;
  start();
  auto busy = many(3, std::string("GET /held HTTP/1.1\r\n") + kEnd);
  const auto responders = take(held, 3);
  const auto half_open = many(20, kHalfHeader);
  EXPECT_THAT(ask("/one"), HasSubstr("answer to /one"));
  for (const auto& responder : responders) responder->send(Response::text(200, "at last"));
  for (RawClient& client : busy) EXPECT_THAT(client.read(), HasSubstr("at last"));
}

TEST_F(SlowPeers, ANewcomerIsClosedWhenAllAreInFlight) {
  options.max_connections = 2;
  start();
  auto busy = many(2, std::string("GET /held HTTP/1.1\r\n") + kEnd);
  const auto responders = take(held, 2);
  EXPECT_EQ(ask("/three"), "");
  for (const auto& responder : responders) responder->send(Response::text(200, "at last"));
  for (RawClient& client : busy) EXPECT_THAT(client.read(), HasSubstr("at last"));
  EXPECT_TRUE(wait_until([&] { return ask("/four").find("answer to /four") != std::string::npos; }));
}

TEST_F(SlowPeers, AnIdleConnectionMakesRoom) {
  options.max_connections = 1;
  start();
  auto idle = say("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(idle.read("answer to /1"), HasSubstr("200 OK"));
  // The answer may be read a moment before the server knows that it was.
  EXPECT_TRUE(wait_until([&] { return ask("/2").find("answer to /2") != std::string::npos; }));
  EXPECT_TRUE(idle.closed());
}

TEST_F(SlowPeers, AHeaderThatDoesNotEndIsClosed) {
  options.header_timeout = 1s;  // long enough for the whole header below
  start();
  EXPECT_EQ(say(kHalfHeader).read(), "");
  // Also the second of a connection, whose first byte may take longer.
  auto kept = say("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(kept.read("answer to /1"), HasSubstr("200 OK"));
  kept.send(kHalfHeader);
  EXPECT_TRUE(kept.closed());
}

TEST_F(SlowPeers, AConnectionThatAsksNothingMoreIsClosed) {
  options.idle_timeout = 50ms;
  start();
  auto kept = say("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(kept.read("answer to /1"), HasSubstr("200 OK"));
  EXPECT_TRUE(kept.closed());
}

TEST_F(SlowPeers, ABodyThatDoesNotEndIsAnswered408) {
  options.body_timeout = 50ms;
  start();
  EXPECT_THAT(say(kHalfBody).read(), StartsWith("HTTP/1.1 408"));
}

TEST_F(SlowPeers, AnAnswerThatNobodyReadsIsCutOff) {
  options.write_timeout = 200ms;
  start();
  auto reader = say(std::string("GET /held HTTP/1.1\r\n") + kEnd, kLittle);
  take(held, 1).front()->send({200, {}, std::string(kMuch, 'm')});
  EXPECT_TRUE(server->drain(10s)) << "the connection is given back without the reader";
  EXPECT_LT(reader.read().size(), kMuch);
}

TEST_F(SlowPeers, AReaderIsServedWhileItTakesSomeThoughTheWholeTakesLonger) {
  options.write_timeout = 3s;
  start();
  auto reader = say(std::string("GET /much HTTP/1.1\r\n") + kEnd, kLittle);
  std::size_t taken = 0;
  for (int rest = 0; rest < 2; ++rest) {
    taken += reader.read_at_most(2u << 20).size();  // more than the buffers on the way hold
    const auto paused = std::chrono::steady_clock::now();
    EXPECT_TRUE(wait_until([&] { return std::chrono::steady_clock::now() - paused > 1600ms; }));
  }
  taken += reader.read().size();
  EXPECT_GT(taken, kMuch) << "it was cut off after the time of one step";
}

TEST_F(SlowPeers, AReaderThatTakesTooLongInAllIsCutOff) {
  options.answer_timeout = 200ms;
  start();
  auto reader = say(std::string("GET /much HTTP/1.1\r\n") + kEnd, kLittle);
  std::size_t taken = 0;
  bool cut = false;
  // A little at a time, so that it is never still for long: all of it would take 10 s.
  for (int step = 0; step < 512 && !cut; ++step) {
    const std::size_t some = reader.read_at_most(64 * 1024).size();
    cut = some < 64 * 1024;
    taken += some;
    const auto paused = std::chrono::steady_clock::now();
    EXPECT_TRUE(wait_until([&] { return std::chrono::steady_clock::now() - paused > 20ms; }));
  }
  EXPECT_TRUE(cut);
  EXPECT_LT(taken, kMuch / 2);
}

TEST_F(SlowPeers, AStreamThatNobodyReadsIsCutOffAndOthersAreNot) {
  options.write_timeout = 200ms;
  options.stream_limit = 2 * kMuch;
  start();
  auto slow = say(std::string("GET /stream HTTP/1.1\r\n") + kEnd, kLittle);
  const auto stalled = take(streams, 1).front();
  auto reader = say(std::string("GET /stream HTTP/1.1\r\n") + kEnd);
  const auto read = take(streams, 1).front();
  EXPECT_TRUE(stalled->write(std::string(kMuch, 's')));
  EXPECT_TRUE(wait_until([&] { return !stalled->write("more"); }));
  EXPECT_TRUE(read->write("still here"));
  read->finish();
  EXPECT_THAT(reader.read(), ::testing::AllOf(HasSubstr("still here"), ::testing::EndsWith("0\r\n\r\n")));
  EXPECT_LT(slow.read().size(), kMuch);
}

TEST_F(SlowPeers, AStreamKeepsAtMostItsLimitForItsReader) {
  options.stream_limit = 64 * 1024;
  start();
  auto slow = say(std::string("GET /stream HTTP/1.1\r\n") + kEnd, kLittle);
  const auto stream = take(streams, 1).front();
  const std::string piece(16 * 1024, 's');
  std::size_t taken = 0;
  while (taken < kMuch && stream->write(piece)) taken += piece.size();
  EXPECT_LT(taken, kMuch);
  EXPECT_LT(slow.read().size(), kMuch) << "cut off, an hour before its time-out";
  EXPECT_FALSE(stream->write("more"));
}

TEST_F(SlowPeers, ADrainEndsInTimeWithEachOfThem) {
  options.body_timeout = options.write_timeout = 200ms;
  start();
  auto header = say(kHalfHeader), body = say(kHalfBody);
  auto much = say(std::string("GET /much HTTP/1.1\r\n") + kEnd, kLittle);
  auto stream = say(std::string("GET /stream HTTP/1.1\r\n") + kEnd, kLittle);
  const auto writer = take(streams, 1).front();
  writer->write(std::string(kMuch, 's'));
  writer->finish();
  EXPECT_TRUE(server->drain(10s));
  for (RawClient* client : {&header, &body, &much, &stream}) EXPECT_TRUE(client->closed());
}

TEST_F(SlowPeers, WhatADrainDoesNotWaitForIsCutOff) {
  start();
  auto body = say(kHalfBody);
  auto much = say(std::string("GET /much HTTP/1.1\r\n") + kEnd, kLittle);
  auto busy = say(std::string("GET /held HTTP/1.1\r\n") + kEnd);
  const auto responder = take(held, 1).front();
  EXPECT_FALSE(server->drain(1ms));
  server.reset();
  for (RawClient* client : {&body, &much, &busy}) EXPECT_TRUE(client->closed());
  responder->send(Response::text(200, "too late, and harmless"));
}

}  // namespace
}  // namespace greenroom::http
