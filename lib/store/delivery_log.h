#pragma once
// Stores deliveries, many to a commit. A delivery is answered only after its commit; what cannot be stored is refused,
// so the host sends it again. Thread-safe.

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "lib/base/error.h"
#include "lib/model/delivery.h"
#include "lib/pg/pg.h"

namespace greenroom::store {

enum class Stored { fresh, known };  // known: the same id, or the same meaning under another id

// One delivery on the caller's connection, without telling anybody. Errors: the database's.
Result<Stored> store_delivery(pg::Connection& db, const model::Delivery& delivery);

struct DeliveryLogOptions {
  pg::Options database;
  int writers = 2;           // commits in flight at one time
  std::size_t batch = 32;    // rows of one commit
  std::size_t queue = 1024;  // beyond it deliveries are refused
  std::size_t queue_bytes = 256u << 20;
};

class DeliveryLog {
 public:
  // Called once, from a writer's thread. Errors: transient, in_doubt (the commit may have happened: sending it again is
  // harmless), rejected (the database refuses this row).
  using Done = std::function<void(const Result<Stored>&)>;

  explicit DeliveryLog(DeliveryLogOptions options);
  ~DeliveryLog();  // stores what is queued, then ends

  // False when the queue is full: nothing was taken, `done` will not be called.
  bool store(model::Delivery delivery, Done done);
  std::size_t waiting() const;

 private:
  struct Entry {
    model::Delivery delivery;
    Done done;
  };
  void write();
  std::vector<Entry> take();
  void commit(std::unique_ptr<pg::Connection>& db, std::vector<Entry>& entries) const;

  const DeliveryLogOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Entry> queue_;
  std::size_t bytes_ = 0;
  bool ending_ = false;
  std::vector<std::thread> writers_;
};

}  // namespace greenroom::store
