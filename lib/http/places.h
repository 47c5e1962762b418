#pragma once
// Inside of lib/http only: who may be connected at one time. Every connection holds a place. When none is left, the
// guest that has waited longest without a complete request loses its own to the newcomer, first among those of the
// newcomer's peer: slow clients push out each other, and whoever says what it wants at once is always served. A guest
// whose request is complete keeps its place until it is answered. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace greenroom::http {

class Places {
 public:
  using Guest = const void*;  // only ever compared
  struct Limits {
    std::size_t all, per_peer;
  };
  struct Seat {
    bool given;
    Guest evicted;  // who lost its place for this one and has to be closed; nullptr: nobody
  };

  explicit Places(Limits limits) : limits_(limits) {}

  // The newcomer waits from now on, behind everyone. Not given when every place that it could get is being served.
  Seat take(Guest newcomer, const std::string& peer);
  // The guest's request is complete. False: its place was lost before.
  [[nodiscard]] bool serve(Guest guest);
  // The guest is answered, and waits from now on, behind everyone.
  void wait(Guest guest);
  // Who has waited longest of all loses its place; nullptr when nobody waits.
  Guest evict();
  // Also for one that has no place.
  void leave(Guest guest);

 private:
  using Turn = std::uint64_t;  // the lower, the longer it waits
  using Queue = std::map<Turn, Guest>;
  struct Peer {
    std::size_t places = 0;
    Queue waiting;
  };
  struct Held {
    std::string peer;
    Turn turn;
  };
  bool make_room(const std::string& peer, Guest& evicted);
  void unqueue(const Held& held);

  const Limits limits_;
  Turn next_ = 0;
  std::map<Guest, Held> held_;
  std::map<std::string, Peer> peers_;
  Queue waiting_;
};

}  // namespace greenroom::http
