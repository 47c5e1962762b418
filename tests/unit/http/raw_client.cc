#include "tests/unit/http/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace greenroom::testing {
namespace {
constexpr int kPatience = 10'000;
}  // namespace

RawClient::RawClient(unsigned short port, int receive_buffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (receive_buffer > 0) ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect");
}

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::string RawClient::read(std::string_view enough) {
  std::string all;
  while (enough.empty() || all.find(enough) == std::string::npos) {
    pollfd readable{socket_.get(), POLLIN, 0};
    if (poll(&readable, 1, kPatience) != 1) return all + "[timed out]";
    char buffer[4096];
    const ssize_t count = ::recv(socket_.get(), buffer, sizeof buffer, 0);
    if (count <= 0) return all;
    all.append(buffer, static_cast<std::size_t>(count));
  }
  return all;
}

std::string RawClient::read_at_most(std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) {
    pollfd readable{socket_.get(), POLLIN, 0};
    if (poll(&readable, 1, kPatience) != 1) break;
    char buffer[4096];
    const ssize_t count = ::recv(socket_.get(), buffer, std::min(sizeof buffer, bytes - all.size()), 0);
    if (count <= 0) break;
    all.append(buffer, static_cast<std::size_t>(count));
  }
  return all;
}

bool RawClient::closed() { return read().find("[timed out]") == std::string::npos; }

}  // namespace greenroom::testing
