// Threads rather than an event loop: a build opens a handful of connections, and each is one short story.

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <list>
#include <thread>

#include "lib/base/log.h"
#include "lib/base/synchronized.h"
#include "lib/egress/egress.h"
#include "lib/egress/head.h"
#include "lib/egress/io.h"
#include "lib/egress/relay.h"

namespace greenroom::egress {
namespace {

constexpr std::size_t kMostNamed = 16;

std::string answer(int status, std::string_view reason, std::string_view sentence) {
  const std::string body = std::string(sentence) + "\n";
  return "HTTP/1.1 " + std::to_string(status) + " " + std::string(reason) + "\r\nContent-Type: text/plain\r\n" +
         "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

void name_once(std::vector<std::string>& names, std::string name) {
  if (names.size() < kMostNamed && std::find(names.begin(), names.end(), name) == names.end())
    names.push_back(std::move(name));
}

// A path may be longer than an address holds; one through the folder's descriptor is not.
Result<Fd> listen_in(const std::string& folder, const std::string& name) {
  const Fd inside(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(inside.get()) + "/" + name;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const bool made = inside && socket &&
                    ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                    ::fchmodat(inside.get(), name.c_str(), 0600, 0) == 0 && ::listen(socket.get(), 64) == 0;
  if (!made) return transient("listen in '" + folder + "': " + std::strerror(errno));
  return socket;
}

}  // namespace

struct Proxy::Impl {
  struct Serving {
    std::atomic<bool> done = false;
    std::thread thread;
  };

  std::string path;
  std::vector<Allowed> allowed;
  ProxyLimits limits;
  Fd listener, ending;
  std::atomic<std::uint64_t> bytes{0};
  Synchronized<Traffic> traffic;
  std::list<Serving> serving;  // of the accepting thread
  std::thread accepting;

  void accept() {
    while (true) {
      pollfd ready[] = {{listener.get(), POLLIN, 0}, {ending.get(), POLLIN, 0}};
      if (::poll(ready, 2, -1) < 0 && errno != EINTR) break;
      if (ready[1].revents != 0) break;
      serving.remove_if([](Serving& one) {
        if (one.done) one.thread.join();
        return one.done.load();
      });
      Fd client(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
      if (!client) {  // gone again, or no descriptor left: asking at once would only spin
        ::poll(&ready[1], 1, 50);
        continue;
      }
      if (serving.size() >= static_cast<std::size_t>(limits.connections) || bytes >= limits.bytes) {
        send_all(client.get(), answer(503, "Service Unavailable", "The proxy has no more room."),
                 patience(ending.get(), limits.head));
        continue;
      }
      Serving& one = serving.emplace_back();
      one.thread = std::thread([this, &one, mine = std::move(client)]() mutable {
        serve(mine);
        mine.reset();
        one.done = true;
      });
    }
    for (Serving& one : serving) one.thread.join();
  }

  // The head, and what came behind it.
  bool read_request(int client, std::string& head, std::string& rest) const {
    const Patience until = patience(ending.get(), limits.head);
    char piece[4096];
    while (true) {
      const auto end = head.find("\r\n\r\n");
      if (end != std::string::npos) {
        rest = head.substr(end + 4);
        head.resize(end + 4);
        return true;
      }
      if (head.size() > kMaxHead || !wait_for(client, POLLIN, until)) return false;
      const ssize_t got = ::recv(client, piece, sizeof piece, 0);
      if (got <= 0) return false;
      head.append(piece, static_cast<std::size_t>(got));
    }
  }

  void serve(const Fd& client) {
    std::string head, rest;
    if (!read_request(client.get(), head, rest)) return;
    const auto say = [&](std::string_view words) {
      send_all(client.get(), words, patience(ending.get(), limits.head));
    };
    const auto request = read_head(head);
    if (!request) return say(answer(400, "Bad Request", request.error().message));
    const std::string name = to_string(request->to);
    const auto wanted =
        std::find_if(allowed.begin(), allowed.end(), [&](const Allowed& one) { return one.to == request->to; });
    const bool tunnel = request->kind == ProxyRequest::Kind::tunnel;
    if (wanted == allowed.end()) {
      traffic.with([&](Traffic& all) { name_once(all.refused, name); });
      return say(answer(403, "Forbidden", name + " is not the package index of this machine's operator."));
    }
    if (tunnel == wanted->plain) {
      traffic.with([&](Traffic& all) { name_once(all.refused, (tunnel ? "https://" : "http://") + name); });
      return say(answer(403, "Forbidden",
                        name + (tunnel ? " is an http:// index: ask it with GET, not through a tunnel."
                                       : " is an https:// index: ask it through a tunnel, not in the open.")));
    }
    const auto server = connect_to(request->to, patience(ending.get(), limits.connect));
    if (!server) {
      traffic.with([&](Traffic& all) { name_once(all.unreachable, name + ": " + server.error().message); });
      return say(answer(502, "Bad Gateway", name + " does not answer: " + server.error().message + "."));
    }
    if (tunnel) say("HTTP/1.1 200 Connection established\r\n\r\n");
    if (!send_all(server->get(), tunnel ? rest : request->head, patience(ending.get(), limits.idle))) return;
    relay(client.get(), server->get(), tunnel ? Ways::both : Ways::back_only, ending.get(), bytes, limits.bytes,
          limits.idle);
  }
};

Proxy::Proxy(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Proxy>> Proxy::start(const std::string& folder, std::vector<Allowed> allowed,
                                            ProxyLimits limits) {
  auto impl = std::make_unique<Impl>();
  impl->path = folder + "/egress";
  impl->allowed = std::move(allowed);
  impl->limits = limits;
  GREENROOM_TRY(listener, listen_in(folder, "egress"));
  impl->listener = std::move(listener);
  impl->ending = Fd(::eventfd(0, EFD_CLOEXEC));
  if (!impl->ending) return transient(std::string("eventfd: ") + std::strerror(errno));
  impl->accepting = std::thread([raw = impl.get()] { raw->accept(); });
  return std::unique_ptr<Proxy>(new Proxy(std::move(impl)));
}

Proxy::~Proxy() {
  const std::uint64_t one = 1;
  if (::write(impl_->ending.get(), &one, sizeof one) != sizeof one) log::error("a proxy cannot be told to end");
  impl_->accepting.join();
  ::unlink(impl_->path.c_str());
}

std::string Proxy::socket() const { return impl_->path; }

Traffic Proxy::traffic() const {
  Traffic all = impl_->traffic.with([](const Traffic& traffic) { return traffic; });
  all.bytes = impl_->bytes;
  all.out_of_bytes = all.bytes >= impl_->limits.bytes;
  return all;
}

}  // namespace greenroom::egress
