#include "lib/http/shared.h"

#include "lib/http/connection.h"

namespace greenroom::http {

Shared::Shared(ServerOptions given)
    : options(std::move(given)),
      places({static_cast<std::size_t>(options.max_connections),
              static_cast<std::size_t>(options.max_connections_per_peer)}) {}

bool Shared::admit(const std::shared_ptr<Connection>& newcomer, const std::string& peer,
                   std::shared_ptr<Connection>& evicted) {
  const std::lock_guard lock(mutex);
  if (draining) return false;  // under the lock: what is admitted before is seen by who ends it
  const Places::Seat seat = places.take(newcomer.get(), peer);
  if (!seat.given) return false;
  evicted = living(seat.evicted);
  connections.emplace(newcomer.get(), newcomer);
  return true;
}

std::shared_ptr<Connection> Shared::living(Places::Guest guest) {
  const auto found = connections.find(static_cast<const Connection*>(guest));
  return found == connections.end() ? nullptr : found->second.lock();
}

std::shared_ptr<Connection> Shared::evict() {
  const std::lock_guard lock(mutex);
  return living(places.evict());
}

bool Shared::serve(const Connection* connection) {
  const std::lock_guard lock(mutex);
  return places.serve(connection);
}

void Shared::wait(const Connection* connection) {
  const std::lock_guard lock(mutex);
  places.wait(connection);
}

void Shared::closed(const Connection* connection) {
  const std::lock_guard lock(mutex);
  connections.erase(connection);
  places.leave(connection);
  if (connections.empty()) emptied.notify_all();
}

std::vector<std::shared_ptr<Connection>> Shared::living() {
  std::vector<std::shared_ptr<Connection>> all;  // outlives the lock: the last reference may be among them
  const std::lock_guard lock(mutex);
  for (const auto& [pointer, weak] : connections)
    if (auto connection = weak.lock()) all.push_back(std::move(connection));
  return all;
}

}  // namespace greenroom::http
