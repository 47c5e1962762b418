#include "lib/egress/io.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace greenroom::egress {
namespace {

using Addresses = Owned<addrinfo, ::freeaddrinfo>;

Result<Addresses> resolve(const Destination& to) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failed = ::getaddrinfo(to.host.c_str(), std::to_string(to.port).c_str(), &hints, &found);
  if (failed != 0) return transient(::gai_strerror(failed));
  return Addresses(found);
}

// 0, or errno.
int connect_one(int socket, const addrinfo& address, const Patience& patience) {
  if (::connect(socket, address.ai_addr, address.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  if (!wait_for(socket, POLLOUT, patience)) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

}  // namespace

Patience patience(int ending, std::chrono::milliseconds time) { return {ending, system_clock().steady() + time}; }

bool wait_for(int socket, short events, const Patience& patience) {
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(patience.until - system_clock().steady()).count();
    if (left <= 0) return false;
    std::array<pollfd, 2> sockets{pollfd{socket, events, 0}, pollfd{patience.ending, POLLIN, 0}};
    const int ready = ::poll(sockets.data(), sockets.size(), static_cast<int>(std::min<long>(left, 60'000)));
    if (ready < 0 && errno != EINTR) return false;
    if (ready > 0 && sockets[1].revents != 0) return false;
    if (ready > 0 && sockets[0].revents != 0) return true;
  }
}

bool send_all(int socket, std::string_view bytes, const Patience& patience) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno != EAGAIN && errno != EINTR) {
      return false;
    } else if (!wait_for(socket, POLLOUT, patience)) {
      return false;
    }
  }
  return true;
}

Result<Fd> connect_to(const Destination& to, const Patience& patience) {
  GREENROOM_TRY(addresses, resolve(to));
  int error = EADDRNOTAVAIL;
  for (const addrinfo* each = addresses.get(); each != nullptr; each = each->ai_next) {
    Fd socket(::socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    error = socket ? connect_one(socket.get(), *each, patience) : errno;
    if (error != 0) continue;
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
  }
  return transient(std::strerror(error));
}

}  // namespace greenroom::egress
