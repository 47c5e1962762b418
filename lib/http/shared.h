#pragma once
// Inside of lib/http only: what all connections of a server have in common.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "lib/http/places.h"
#include "lib/http/server.h"

namespace greenroom::http {

class Connection;

// Each connection keeps it alive: an answer may come after the server is gone, and then goes nowhere. Thread-safe.
struct Shared {
  explicit Shared(ServerOptions given);

  const ServerOptions options;
  std::function<void(Request, std::shared_ptr<Responder>)> dispatch;
  std::atomic<bool> draining{false};
  std::mutex mutex;
  std::condition_variable emptied;
  std::map<const Connection*, std::weak_ptr<Connection>> connections;
  Places places;
  boost::asio::io_context io;

  // False: no place can be had, or the server drains. `evicted` has lost its place and has to be closed.
  bool admit(const std::shared_ptr<Connection>& newcomer, const std::string& peer,
             std::shared_ptr<Connection>& evicted);
  // Who has waited longest and has lost its place for it; nullptr when nobody waits.
  std::shared_ptr<Connection> evict();
  bool serve(const Connection* connection);
  void wait(const Connection* connection);
  void closed(const Connection* connection);  // again and again
  std::vector<std::shared_ptr<Connection>> living();

 private:
  std::shared_ptr<Connection> living(Places::Guest guest);  // under the lock
};

}  // namespace greenroom::http
