#include "bench/ingest/load.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "lib/base/fd.h"

namespace greenroom::bench {
namespace {

using Steady = std::chrono::steady_clock;
constexpr int kThreads = 2, kPatience = 30'000;
constexpr std::string_view kStored = "\r\n\r\nstored\n";  // the end of the webhook's 202

Fd connect_to(unsigned short port) {
  Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) socket.reset();
  return socket;
}

// One thread's share of the connections.
class Sender {
 public:
  Sender(unsigned short port, const std::vector<std::string>& requests, std::atomic<std::size_t>& next, int connections)
      : requests_(requests), next_(next) {
    for (int i = 0; i < connections; ++i) lanes_.push_back({connect_to(port), {}, {}});
  }

  Load run() {
    for (Lane& lane : lanes_) send_next(lane);
    while (true) {
      std::vector<pollfd> waiting;
      for (const Lane& lane : lanes_) waiting.push_back({lane.socket.get(), POLLIN, 0});
      if (std::ranges::none_of(waiting, [](const pollfd& p) { return p.fd >= 0; })) return load_;
      if (poll(waiting.data(), waiting.size(), kPatience) <= 0) {
        ++load_.refused;
        return load_;
      }
      for (std::size_t i = 0; i < lanes_.size(); ++i)
        if (waiting[i].revents != 0) receive(lanes_[i]);
    }
  }

 private:
  struct Lane {
    Fd socket;
    std::string answer;
    Steady::time_point sent;
  };

  void send_next(Lane& lane) {
    const std::size_t index = next_++;
    if (index >= requests_.size()) return lane.socket.reset();
    std::string_view rest = requests_[index];
    lane.answer.clear();
    lane.sent = Steady::now();
    while (!rest.empty()) {
      const ssize_t count = ::send(lane.socket.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
      if (count <= 0) return give_up(lane);
      rest.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  void receive(Lane& lane) {
    char buffer[4096];
    const ssize_t count = ::recv(lane.socket.get(), buffer, sizeof buffer, 0);
    if (count <= 0) return give_up(lane);
    lane.answer.append(buffer, static_cast<std::size_t>(count));
    if (!lane.answer.ends_with("\n") || lane.answer.find("\r\n\r\n") + 4 >= lane.answer.size()) return;
    if (!lane.answer.starts_with("HTTP/1.1 202") || !lane.answer.ends_with(kStored)) return give_up(lane);
    load_.milliseconds.push_back(std::chrono::duration<double, std::milli>(Steady::now() - lane.sent).count());
    send_next(lane);
  }

  void give_up(Lane& lane) {
    ++load_.refused;
    lane.socket.reset();
  }

  const std::vector<std::string>& requests_;
  std::atomic<std::size_t>& next_;
  std::vector<Lane> lanes_;
  Load load_;
};

}  // namespace

Load send_all(unsigned short port, const std::vector<std::string>& requests, int connections) {
  std::atomic<std::size_t> next = 0;
  std::vector<Load> parts(kThreads);
  std::vector<std::thread> threads;
  const auto start = Steady::now();
  for (Load& part : parts)
    threads.emplace_back([&] { part = Sender(port, requests, next, connections / kThreads).run(); });
  for (std::thread& thread : threads) thread.join();
  const double seconds = std::chrono::duration<double>(Steady::now() - start).count();
  Load whole;
  for (const Load& part : parts) {
    whole.milliseconds.insert(whole.milliseconds.end(), part.milliseconds.begin(), part.milliseconds.end());
    whole.refused += part.refused;
  }
  whole.per_second = static_cast<double>(whole.milliseconds.size()) / seconds;
  return whole;
}

}  // namespace greenroom::bench
