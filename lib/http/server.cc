#include "lib/http/server.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <thread>

#include "lib/base/log.h"
#include "lib/http/connection.h"

namespace greenroom::http {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds kRest{100};
// Left alone, the system makes it megabytes, and the server would see a slow reader take nothing for minutes.
constexpr int kSendBuffer = 256 * 1024;

}  // namespace

struct Server::Impl {
  Impl(ServerOptions given, Handler answer)
      : handler(std::move(answer)), shared(std::make_shared<Shared>(std::move(given))) {
    shared->dispatch = [this](Request request, std::shared_ptr<Responder> responder) {
      dispatch(std::move(request), std::move(responder));
    };
  }

  Handler handler;
  const std::shared_ptr<Shared> shared;
  std::unique_ptr<asio::thread_pool> blocking;
  std::vector<std::thread> threads;
  // What is posted until the server ends is run: an idle server's threads must not run out of work before.
  asio::executor_work_guard<asio::io_context::executor_type> working{shared->io.get_executor()};
  // On a strand: it is closed from another thread than the one that accepts.
  tcp::acceptor acceptor{asio::make_strand(shared->io)};
  asio::steady_timer rest{acceptor.get_executor()};
  unsigned short port = 0;

  void dispatch(Request request, std::shared_ptr<Responder> responder) {
    if (shared->options.at_once)
      if (auto answer = shared->options.at_once(request)) return responder->send(std::move(*answer));
    if (!blocking) return call(std::move(request), std::move(responder));
    asio::post(*blocking, [this, request = std::move(request), responder = std::move(responder)]() mutable {
      call(std::move(request), std::move(responder));
    });
  }

  // A handler that throws has a bug; the peer gets 500 by the unanswered responder, everyone else is served on.
  void call(Request request, std::shared_ptr<Responder> responder) {
    const std::string path = request.path;
    try {
      handler(std::move(request), std::move(responder));
    } catch (const std::exception& error) {
      log::error("request handler threw", {{"path", path}, {"what", std::string_view(error.what())}});
    }
  }

  void accept() {
    acceptor.async_accept(asio::make_strand(shared->io), [this](boost::system::error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted || !acceptor.is_open()) return;
      if (error) return accept_later();
      admit(std::move(socket));
      accept();
    });
  }

  // Out of descriptors. Who has waited longest gives back one; asking again at once would only spin.
  void accept_later() {
    if (const auto evicted = shared->evict()) evicted->abort();
    rest.expires_after(kRest);
    rest.async_wait([this](boost::system::error_code error) {
      if (!error) accept();
    });
  }

  void admit(tcp::socket socket) {
    boost::system::error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return;
    const std::string peer = endpoint.address().to_string();
    socket.set_option(tcp::no_delay(true), error);
    socket.set_option(asio::socket_base::send_buffer_size(kSendBuffer), error);
    const auto connection = std::make_shared<Connection>(std::move(socket), peer, shared);
    std::shared_ptr<Connection> evicted;
    if (!shared->admit(connection, peer, evicted)) return;
    if (evicted) evicted->abort();
    connection->start();
  }

  void stop_accepting() {
    asio::post(acceptor.get_executor(), [this] {
      boost::system::error_code ignored;
      acceptor.close(ignored);
      rest.cancel();
    });
  }

  Result<void> listen() {
    boost::system::error_code error;
    const ServerOptions& options = shared->options;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) return user_fault("'" + options.address + "' is no address to listen on");
    const tcp::endpoint endpoint(address, options.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (!error) port = acceptor.local_endpoint(error).port();
    if (error == asio::error::address_in_use)
      return user_fault("port " + std::to_string(options.port) +
                        " is in use: stop the other program, or choose another port");
    if (error)
      return user_fault("cannot listen on " + options.address + ":" + std::to_string(options.port) + ": " +
                        error.message());
    return {};
  }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Handler handler) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(handler));
  GREENROOM_CHECK(impl->listen());
  const ServerOptions& chosen = impl->shared->options;
  if (chosen.blocking_threads > 0)
    impl->blocking = std::make_unique<asio::thread_pool>(static_cast<std::size_t>(chosen.blocking_threads));
  impl->accept();
  for (int i = 0; i < chosen.io_threads; ++i) impl->threads.emplace_back([raw = impl.get()] { raw->shared->io.run(); });
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

unsigned short Server::port() const { return impl_->port; }

bool Server::drain(std::chrono::milliseconds patience) {
  impl_->shared->draining = true;
  impl_->stop_accepting();
  for (const auto& connection : impl_->shared->living()) connection->wind_down();
  Shared& shared = *impl_->shared;
  std::unique_lock lock(shared.mutex);
  return shared.emptied.wait_for(lock, patience, [&] { return shared.connections.empty(); });
}

Server::~Server() {
  impl_->shared->draining = true;
  impl_->stop_accepting();
  for (const auto& connection : impl_->shared->living()) connection->abort();
  if (impl_->blocking) impl_->blocking->join();
  impl_->working.reset();
  // With every socket closed the threads run out of work and end by themselves; stopping them would strand handlers.
  for (std::thread& thread : impl_->threads) thread.join();
}

}  // namespace greenroom::http
