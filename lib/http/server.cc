#include "lib/http/server.h"

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

struct Server::Impl {
  Impl(ServerOptions given, Handler answer)
      : options(std::move(given)), handler(std::move(answer)),
        shared{options, [this](Request request, std::shared_ptr<Responder> responder) { dispatch(std::move(request), std::move(responder)); },
               draining, [this](const Connection* connection, const std::string& peer) { closed(connection, peer); }} {}

  ServerOptions options;
  Handler handler;
  std::atomic<bool> draining = false;
  std::mutex mutex;
  std::condition_variable emptied;
  std::map<const Connection*, std::weak_ptr<Connection>> connections;
  std::map<std::string, int> per_peer;
  Connection::Shared shared;
  std::unique_ptr<asio::thread_pool> blocking;
  std::vector<std::thread> threads;
  asio::io_context io;  // destroyed first: its queued handlers still hold connections
  tcp::acceptor acceptor{io};

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

  void closed(const Connection* connection, const std::string& peer) {
    const std::lock_guard lock(mutex);
    connections.erase(connection);
    if (const auto found = per_peer.find(peer); found != per_peer.end() && --found->second == 0) per_peer.erase(found);
    if (connections.empty()) emptied.notify_all();
  }

  void accept() {
    acceptor.async_accept(asio::make_strand(io), [this](boost::system::error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted || !acceptor.is_open()) return;
      if (!error) admit(std::move(socket));
      accept();
    });
  }

  void admit(tcp::socket socket) {
    boost::system::error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return;
    const std::string peer = endpoint.address().to_string();
    socket.set_option(tcp::no_delay(true), error);
    std::shared_ptr<Connection> connection;
    {
      const std::lock_guard lock(mutex);
      if (static_cast<int>(connections.size()) >= options.max_connections || per_peer[peer] >= options.max_connections_per_peer) return;
      ++per_peer[peer];
      connection = std::make_shared<Connection>(std::move(socket), peer, shared);
      connections.emplace(connection.get(), connection);
    }
    connection->start();
  }

  std::vector<std::shared_ptr<Connection>> living() {
    std::vector<std::shared_ptr<Connection>> all;
    const std::lock_guard lock(mutex);
    for (const auto& [pointer, weak] : connections)
      if (auto connection = weak.lock()) all.push_back(std::move(connection));
    return all;
  }

  void stop_accepting() {
    asio::post(io, [this] {
      boost::system::error_code ignored;
      acceptor.close(ignored);
    });
  }

  Result<void> listen() {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) return user_fault("'" + options.address + "' is no address to listen on");
    const tcp::endpoint endpoint(address, options.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error == asio::error::address_in_use)
      return user_fault("port " + std::to_string(options.port) + " is in use: stop the other program, or choose another port");
    if (error) return user_fault("cannot listen on " + options.address + ":" + std::to_string(options.port) + ": " + error.message());
    return {};
  }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Handler handler) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(handler));
  GREENROOM_CHECK(impl->listen());
  if (impl->options.blocking_threads > 0) impl->blocking = std::make_unique<asio::thread_pool>(static_cast<std::size_t>(impl->options.blocking_threads));
  impl->accept();
  for (int i = 0; i < impl->options.io_threads; ++i) impl->threads.emplace_back([raw = impl.get()] { raw->io.run(); });
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

unsigned short Server::port() const { return impl_->acceptor.local_endpoint().port(); }

bool Server::drain(std::chrono::milliseconds patience) {
  impl_->draining = true;
  impl_->stop_accepting();
  for (const auto& connection : impl_->living()) connection->wind_down();
  std::unique_lock lock(impl_->mutex);
  return impl_->emptied.wait_for(lock, patience, [this] { return impl_->connections.empty(); });
}

Server::~Server() {
  impl_->draining = true;
  impl_->stop_accepting();
  for (const auto& connection : impl_->living()) connection->abort();
  if (impl_->blocking) impl_->blocking->join();
  impl_->io.stop();
  for (std::thread& thread : impl_->threads) thread.join();
}

}  // namespace greenroom::http
