#include "lib/egress/relay.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include "lib/base/clock.h"

namespace greenroom::egress {
namespace {

constexpr std::size_t kBuffer = 64u << 10;

class Direction {
 public:
  Direction(int from, int to) : from_(from), to_(to), buffer_(kBuffer) {}

  // False: this direction is broken. Counts what it read.
  bool move(std::atomic<std::uint64_t>& bytes) {
    if (first_ == last_ && !ended_ && !read(bytes)) return false;
    if (first_ != last_ && !write()) return false;
    if (ended_ && first_ == last_ && !told_) {
      ::shutdown(to_, SHUT_WR);
      told_ = true;
    }
    return true;
  }
  bool done() const { return told_; }
  void add_to(std::vector<pollfd>& sockets) const {
    if (first_ != last_)
      sockets.push_back({to_, POLLOUT, 0});
    else if (!ended_)
      sockets.push_back({from_, POLLIN, 0});
  }

 private:
  bool read(std::atomic<std::uint64_t>& bytes) {
    const ssize_t got = ::recv(from_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    first_ = 0;
    last_ = static_cast<std::size_t>(got);
    ended_ = got == 0;
    bytes += static_cast<std::uint64_t>(got);
    return true;
  }
  bool write() {
    const ssize_t sent = ::send(to_, buffer_.data() + first_, last_ - first_, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) return errno == EAGAIN || errno == EINTR;
    first_ += static_cast<std::size_t>(sent);
    return true;
  }

  int from_, to_;
  std::vector<char> buffer_;
  std::size_t first_ = 0, last_ = 0;
  bool ended_ = false, told_ = false;
};

}  // namespace

void relay(int here, int there, Ways ways, int ending, std::atomic<std::uint64_t>& bytes, std::uint64_t most,
           std::chrono::milliseconds idle) {
  Direction out(here, there), back(there, here);
  while (bytes < most && !back.done()) {
    std::vector<pollfd> sockets{{ending, POLLIN, 0}};
    if (ways == Ways::both) out.add_to(sockets);
    back.add_to(sockets);
    const int ready = ::poll(sockets.data(), sockets.size(), static_cast<int>(idle.count()));
    if (ready == 0 || (ready < 0 && errno != EINTR) || sockets[0].revents != 0) return;
    if (ways == Ways::both && !out.move(bytes)) return;
    if (!back.move(bytes)) return;
  }
}

}  // namespace greenroom::egress
