#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "lib/base/fd.h"
#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

using SandboxNetwork = SandboxFixture;

// Listens on the machine; nobody may arrive.
struct Listener {
  Fd socket;
  int port = 0;
  bool anybody_came() const { return ::accept4(socket.get(), nullptr, nullptr, SOCK_NONBLOCK) >= 0; }
};

Listener listen_on_loopback() {
  Listener listener{Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)), 0};
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  EXPECT_EQ(::bind(listener.socket.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(::listen(listener.socket.get(), 1), 0);
  ::getsockname(listener.socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  listener.port = ntohs(address.sin_port);
  return listener;
}

Listener listen_on_unix(const std::string& name, bool abstract) {
  Listener listener{Fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)), 0};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path + (abstract ? 1 : 0), name.data(), name.size());
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size() + 1);
  EXPECT_EQ(::bind(listener.socket.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(::listen(listener.socket.get(), 1), 0);
  return listener;
}

TEST_F(SandboxNetwork, CannotReachTheMachinesLoopback) {
  const Listener listener = listen_on_loopback();
  EXPECT_EQ(
      output(python("import socket\ntry: socket.create_connection(('127.0.0.1', " + std::to_string(listener.port) +
                    "), 5); print('in')\nexcept OSError as e: print(e.strerror)")),
      "Connection refused");
  EXPECT_FALSE(listener.anybody_came());
}

TEST_F(SandboxNetwork, HasNoWayOut) {
  EXPECT_EQ(output(python("import socket\nfor to in ('10.0.0.1', '192.0.2.1', '169.254.169.254'):\n"
                          "  try: socket.create_connection((to, 80), 5); print('in')\n"
                          "  except OSError as e: print(e.strerror)")),
            "Network is unreachable\nNetwork is unreachable\nNetwork is unreachable");
  EXPECT_EQ(
      output(python("import socket\ns=socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
                    "try: s.sendto(b'x', ('192.0.2.1', 53)); print('sent')\nexcept OSError as e: print(e.strerror)")),
      "Network is unreachable");
}

TEST_F(SandboxNetwork, ResolvesNoNames) {
  EXPECT_EQ(output(python("import socket\ntry: print(socket.getaddrinfo('example.org', 80))\n"
                          "except socket.gaierror: print('no name')")),
            "no name");
}

TEST_F(SandboxNetwork, CannotReachAnAbstractSocketOfTheMachine) {
  const std::string name = "greenroom-test-" + random_hex(8);
  const Listener listener = listen_on_unix(name, true);
  EXPECT_EQ(output(python("import socket\ns=socket.socket(socket.AF_UNIX)\ntry: s.connect('\\0" + name +
                          "\\0'); print('in')\nexcept OSError as e: print(e.strerror)")),
            "Connection refused");
  EXPECT_FALSE(listener.anybody_came());
}

TEST_F(SandboxNetwork, CannotReachASocketFileOfTheMachine) {
  const std::string path = (root_ / "s").string();
  const Listener listener = listen_on_unix(path, false);
  EXPECT_EQ(output(python("import socket\ns=socket.socket(socket.AF_UNIX)\ntry: s.connect('" + path +
                          "'); print('in')\nexcept OSError as e: print(e.strerror)")),
            "No such file or directory");
  EXPECT_FALSE(listener.anybody_came());
}

TEST_F(SandboxNetwork, HasNothingButItsOwnLoopback) {
  EXPECT_EQ(output(shell("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '")), "lo");
}

TEST_F(SandboxNetwork, OpensNoRawPacketNetlinkVsockOrCryptoSocket) {
  EXPECT_EQ(output(attack(
                {"socket_raw", "socket_packet", "socket_netlink", "socket_vsock", "socket_alg", "socket_disguised"})),
            "socket_raw: EPERM\nsocket_packet: EAFNOSUPPORT\nsocket_netlink: EAFNOSUPPORT\n"
            "socket_vsock: EAFNOSUPPORT\nsocket_alg: EAFNOSUPPORT\nsocket_disguised: EAFNOSUPPORT");
}

}  // namespace
}  // namespace greenroom::sandbox
