#include "lib/http/server.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "lib/base/log.h"
#include "lib/http/connection.h"

namespace greenroom::http {
namespace asio = boost::asio;
using asio::ip::tcp;

void Shared::closed(const Connection* connection, const std::string& peer) {
  const std::lock_guard lock(mutex);
  connections.erase(connection);
  if (const auto found = per_peer.find(peer); found != per_peer.end() && --found->second == 0) per_peer.erase(found);
  if (connections.empty()) emptied.notify_all();
}

struct Server::Impl {
  Impl(ServerOptions given, Handler answer) : handler(std::move(answer)) {
    shared->options = std::move(given);
    shared->dispatch = [this](Request request, std::shared_ptr<Responder> responder) {
      dispatch(std::move(request), std::move(responder));
    };
  }

  Handler handler;
  std::shared_ptr<Shared> shared = std::make_shared<Shared>();
  std::unique_ptr<asio::thread_pool> blocking;
  std::vector<std::thread> threads;
  // What is posted until the server ends is run: an idle server's threads must not run out of work before.
  asio::executor_work_guard<asio::io_context::executor_type> working{shared->io.get_executor()};
  tcp::acceptor acceptor{shared->io};

  void dispatch(Request request, std::shared_ptr<Responder> responder) {
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
      if (!error) admit(std::move(socket));
      accept();
    });
  }

  void admit(tcp::socket socket) {
    boost::system::error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error || shared->draining) return;
    const std::string peer = endpoint.address().to_string();
    socket.set_option(tcp::no_delay(true), error);
    std::shared_ptr<Connection> connection;
    {
      const std::lock_guard lock(shared->mutex);
      const ServerOptions& options = shared->options;
      if (static_cast<int>(shared->connections.size()) >= options.max_connections ||
          shared->per_peer[peer] >= options.max_connections_per_peer)
        return;
      ++shared->per_peer[peer];
      connection = std::make_shared<Connection>(std::move(socket), peer, shared);
      shared->connections.emplace(connection.get(), connection);
    }
    connection->start();
  }

  std::vector<std::shared_ptr<Connection>> living() {
    std::vector<std::shared_ptr<Connection>> all;
    const std::lock_guard lock(shared->mutex);
    for (const auto& [pointer, weak] : shared->connections)
      if (auto connection = weak.lock()) all.push_back(std::move(connection));
    return all;
  }

  void stop_accepting() {
    asio::post(shared->io, [this] {
      boost::system::error_code ignored;
      acceptor.close(ignored);
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

unsigned short Server::port() const { return impl_->acceptor.local_endpoint().port(); }

bool Server::drain(std::chrono::milliseconds patience) {
  impl_->shared->draining = true;
  impl_->stop_accepting();
  for (const auto& connection : impl_->living()) connection->wind_down();
  Shared& shared = *impl_->shared;
  std::unique_lock lock(shared.mutex);
  return shared.emptied.wait_for(lock, patience, [&] { return shared.connections.empty(); });
}

Server::~Server() {
  impl_->shared->draining = true;
  impl_->stop_accepting();
  for (const auto& connection : impl_->living()) connection->abort();
  if (impl_->blocking) impl_->blocking->join();
  impl_->working.reset();
  // With every socket closed the threads run out of work and end by themselves; stopping them would strand handlers.
  for (std::thread& thread : impl_->threads) thread.join();
}

}  // namespace greenroom::http
