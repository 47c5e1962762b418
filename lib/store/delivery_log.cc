#include "lib/store/delivery_log.h"

#include <nlohmann/json.hpp>

#include "lib/json/json.h"
#include "lib/pg/query.h"

namespace greenroom::store {
namespace {

pg::Connection::Step step_of(const model::Delivery& delivery) {
  json::Value headers = json::Value::object();
  for (const auto& [name, value] : delivery.headers) headers[name] = value;
  return {pg::query("delivery/store"),
          {delivery.trace.hex, delivery.host, delivery.host_delivery, delivery.event_name,
           delivery.semantic_key.empty() ? pg::Param(nullptr) : pg::Param(delivery.semantic_key), json::dump(headers),
           pg::Bytes{delivery.body}, delivery.received_at}};
}

}  // namespace

Result<Stored> store_delivery(pg::Connection& db, const model::Delivery& delivery) {
  const auto step = step_of(delivery);
  GREENROOM_TRY(rows, db.run(step.query, step.params));
  return rows.empty() ? Stored::known : Stored::fresh;
}

DeliveryLog::DeliveryLog(DeliveryLogOptions options) : options_(std::move(options)) {
  for (int i = 0; i < options_.writers; ++i) writers_.emplace_back([this] { write(); });
}

DeliveryLog::~DeliveryLog() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  arrived_.notify_all();
  for (std::thread& writer : writers_) writer.join();
}

bool DeliveryLog::store(model::Delivery delivery, Done done) {
  const std::size_t size = delivery.body.size();
  {
    const std::lock_guard lock(mutex_);
    if (ending_ || queue_.size() >= options_.queue || bytes_ + size > options_.queue_bytes) return false;
    bytes_ += size;
    queue_.push_back({std::move(delivery), std::move(done)});
  }
  arrived_.notify_one();
  return true;
}

std::size_t DeliveryLog::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

// Whatever has gathered while the last commit was under way, at most one batch. Nobody waits for a batch to fill.
std::vector<DeliveryLog::Entry> DeliveryLog::take() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return ending_ || !queue_.empty(); });
  std::vector<Entry> entries;
  while (!queue_.empty() && entries.size() < options_.batch) {
    bytes_ -= queue_.front().delivery.body.size();
    entries.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return entries;
}

void DeliveryLog::write() {
  std::unique_ptr<pg::Connection> db;
  while (true) {
    auto entries = take();  // gone before the next wait: an answered request must not be kept by it
    if (entries.empty()) return;
    commit(db, entries);
  }
}

void DeliveryLog::commit(std::unique_ptr<pg::Connection>& db, std::vector<Entry>& entries) const {
  const auto answer_all = [&](const Error& error) {
    for (const Entry& entry : entries) entry.done(tl::unexpected<Error>(error));
  };
  if (!db || !db->usable()) {
    auto opened = pg::Connection::open(options_.database);
    if (!opened) return answer_all(opened.error());
    db = std::move(*opened);
  }
  std::vector<pg::Connection::Step> steps;
  for (const Entry& entry : entries) steps.push_back(step_of(entry.delivery));
  steps.push_back({pg::query("delivery/announce"), {}});
  const auto results = db->run_pipeline(steps);
  if (results) {
    for (std::size_t i = 0; i < entries.size(); ++i)
      entries[i].done((*results)[i].empty() ? Stored::known : Stored::fresh);
    return;
  }
  // One row that the database refuses must not take the others with it.
  const bool one_is_bad = results.error().kind == ErrorKind::rejected || results.error().kind == ErrorKind::bug;
  if (!one_is_bad || entries.size() == 1) return answer_all(results.error());
  for (Entry& entry : entries) {
    std::vector<Entry> alone;
    alone.push_back(std::move(entry));
    commit(db, alone);
  }
}

}  // namespace greenroom::store
