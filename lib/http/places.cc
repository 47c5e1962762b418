#include "lib/http/places.h"

namespace greenroom::http {

bool Places::make_room(const std::string& peer, Guest& evicted) {
  const auto same = peers_.find(peer);
  const bool peer_is_full = same != peers_.end() && same->second.places >= limits_.per_peer;
  if (!peer_is_full && held_.size() < limits_.all) return true;
  const bool same_waits = same != peers_.end() && !same->second.waiting.empty();
  const Queue& queue = peer_is_full || same_waits ? same->second.waiting : waiting_;
  if (queue.empty()) return false;
  evicted = queue.begin()->second;
  leave(evicted);
  return true;
}

Places::Seat Places::take(Guest newcomer, const std::string& peer) {
  Seat seat{false, nullptr};
  seat.given = make_room(peer, seat.evicted);
  if (!seat.given) return seat;
  ++peers_[peer].places;
  held_.emplace(newcomer, Held{peer, next_++});
  wait(newcomer);
  return seat;
}

void Places::unqueue(const Held& held) {
  waiting_.erase(held.turn);
  peers_[held.peer].waiting.erase(held.turn);
}

bool Places::serve(Guest guest) {
  const auto found = held_.find(guest);
  if (found == held_.end()) return false;
  unqueue(found->second);
  return true;
}

void Places::wait(Guest guest) {
  const auto found = held_.find(guest);
  if (found == held_.end()) return;
  unqueue(found->second);
  found->second.turn = next_++;
  waiting_.emplace(found->second.turn, guest);
  peers_[found->second.peer].waiting.emplace(found->second.turn, guest);
}

Places::Guest Places::evict() {
  if (waiting_.empty()) return nullptr;
  const Guest longest = waiting_.begin()->second;
  leave(longest);
  return longest;
}

void Places::leave(Guest guest) {
  const auto found = held_.find(guest);
  if (found == held_.end()) return;
  unqueue(found->second);
  const auto peer = peers_.find(found->second.peer);
  if (--peer->second.places == 0) peers_.erase(peer);
  held_.erase(found);
}

}  // namespace greenroom::http
