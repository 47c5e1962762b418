// The sandbox in which environments are built: one folder to fill, one way out, and nothing else more than a job has.

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <thread>

#include "lib/base/fd.h"
#include "lib/egress/egress.h"
#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

// Listens on the machine's loopback and answers every connection with one word.
class Word {
 public:
  explicit Word(std::string word) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket_.get(), 8), 0);
    ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    answering_ = std::jthread([this, word = std::move(word)] {
      while (true) {
        const Fd client(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!client) return;
        came_ = true;
        ::send(client.get(), word.data(), word.size(), MSG_NOSIGNAL);
      }
    });
  }
  ~Word() { ::shutdown(socket_.get(), SHUT_RDWR); }
  std::uint16_t port() const { return port_; }
  bool anybody_came() const { return came_; }

 private:
  Fd socket_;
  std::uint16_t port_ = 0;
  std::atomic<bool> came_ = false;
  std::jthread answering_;
};

class SandboxProvision : public SandboxFixture {
 protected:
  SandboxProvision() {
    fs::create_directories(tree());
    fs::create_directories(root_ / "way");
    proxy_ = egress::Proxy::start((root_ / "way").string(), {{"127.0.0.1", index.port()}}).value();
  }
  fs::path tree() const { return root_ / "tree"; }
  Plan provision(const std::string& script) const {
    Plan plan = python(script);
    plan.provision = Provision{tree().string(), "/opt/greenroom-env", proxy_->socket()};
    return plan;
  }
  // What a CONNECT to there answers, by way of the proxy.
  std::string through_the_proxy(const std::string& to) const {
    return output(
        provision("import socket\ns = socket.socket(socket.AF_UNIX)\ns.connect('/opt/greenroom-egress')\n"
                  "s.sendall(b'CONNECT " +
                  to +
                  " HTTP/1.1\\r\\n\\r\\n')\nanswer = b''\n"
                  "while piece := s.recv(4096): answer += piece\n"
                  "print(answer.split(b' ')[1].decode(), answer.split(b'\\r\\n')[-1].decode())"));
  }

  Word index{"index"};
  std::unique_ptr<egress::Proxy> proxy_;
};

TEST_F(SandboxProvision, ReachesTheIndexAndNothingElse) {
  const Word database("database");
  EXPECT_EQ(through_the_proxy("127.0.0.1:" + std::to_string(index.port())), "200 index");
  for (const std::string& to :
       {"127.0.0.1:" + std::to_string(database.port()), "localhost:" + std::to_string(database.port()),
        std::string("192.0.2.1:443"), std::string("169.254.169.254:80"), std::string("pypi.example:443")})
    EXPECT_TRUE(through_the_proxy(to).starts_with("403 ")) << to;
  EXPECT_FALSE(database.anybody_came());
}

TEST_F(SandboxProvision, HasNoNetworkButTheWayOut) {
  EXPECT_EQ(output(provision("import socket\nfor to in (('127.0.0.1', " + std::to_string(index.port()) +
                             "), ('192.0.2.1', 443)):\n"
                             "  try: socket.create_connection(to, 5); print('in')\n"
                             "  except OSError as e: print(e.strerror)")),
            "Connection refused\nNetwork is unreachable");
  EXPECT_FALSE(index.anybody_came());
}

TEST_F(SandboxProvision, ReachesNoOtherSocketOfTheMachine) {
  const Fd database(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = (root_ / ".s.PGSQL.5432").string();
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(database.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::listen(database.get(), 1), 0);
  EXPECT_EQ(output(provision("import os, socket\ns = socket.socket(socket.AF_UNIX)\ntry: s.connect('" + path +
                             "'); print('in')\nexcept OSError as e: print(e.strerror)\n"
                             "print(sorted(os.listdir('/opt')))")),
            "No such file or directory\n['greenroom-egress', 'greenroom-env']");
}

TEST_F(SandboxProvision, FillsItsFolderAndNothingElse) {
  EXPECT_EQ(
      output(provision("import os\nopen('/opt/greenroom-env/kept', 'w').write('x')\n"
                       "for at in ('/opt/x', '/x', '/work/x', '/usr/x', '/greenroom/x', '/opt/greenroom-egress'):\n"
                       "  try: open(at, 'w'); print('wrote', at)\n"
                       "  except OSError: print('no')")),
      "no\nno\nno\nno\nno\nno");
  EXPECT_EQ(read(tree() / "kept"), "x");
}

TEST_F(SandboxProvision, CannotReplaceTheWayOut) {
  EXPECT_EQ(output(provision("import os\nfor act in (lambda: os.unlink('/opt/greenroom-egress'), "
                             "lambda: os.rename('/opt/greenroom-egress', '/tmp/x'), "
                             "lambda: os.symlink('/etc', '/opt/greenroom-env2')):\n"
                             "  try: act(); print('done')\n  except OSError: print('no')")),
            "no\nno\nno");
  EXPECT_TRUE(fs::is_socket(proxy_->socket()));
}

TEST_F(SandboxProvision, AnOrdinaryJobHasNeither) {
  EXPECT_EQ(output(shell("ls -A /opt 2>/dev/null; test -e /opt/greenroom-egress || echo none")), "none");
}

TEST_F(SandboxProvision, IsRefusedWhereItCouldBeMoreThanThat) {
  const auto refused = [&](auto change) {
    Plan plan = provision("print('ran')");
    change(plan);
    const auto outcome = execute(plan);
    return !outcome && outcome.error().kind == ErrorKind::bug;
  };
  EXPECT_FALSE(refused([](Plan&) {}));
  EXPECT_TRUE(refused([](Plan& plan) { plan.access = WorkspaceAccess::throw_away; }));
  for (const char* inside : {"/usr/local", "/opt", "/opt/a/b", "/opt/../etc", "/work", "/opt/greenroom-egress"})
    EXPECT_TRUE(refused([&](Plan& plan) { plan.provision->inside = inside; })) << inside;
  EXPECT_TRUE(refused([](Plan& plan) { plan.provision->tree = "/tmp"; })) << "a folder of somebody else";
  EXPECT_TRUE(refused([&](Plan& plan) { plan.provision->tree = (root_ / "absent").string(); }));
  fs::create_directory_symlink("/etc", root_ / "link");
  EXPECT_TRUE(refused([&](Plan& plan) { plan.provision->tree = (root_ / "link").string(); }));
  EXPECT_TRUE(refused([&](Plan& plan) { plan.provision->socket = canary().string(); })) << "a file, no socket";
  EXPECT_TRUE(refused([&](Plan& plan) { plan.binds = {{root_.string(), "/opt/greenroom-env/bin"}}; }));
  EXPECT_TRUE(refused([&](Plan& plan) { plan.binds = {{root_.string(), "/opt"}}; }));
}

}  // namespace
}  // namespace greenroom::sandbox
