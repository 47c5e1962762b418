#include <algorithm>

#include "lib/base/synchronized.h"
#include "lib/pg/pg.h"

namespace greenroom::pg {

struct Pool::Impl {
  struct State {
    std::vector<std::unique_ptr<Connection>> idle;
    std::size_t free_places = 0;
  };
  const Options options;
  Synchronized<State> state;
};

Pool::Pool(Options options, std::size_t size) : impl_(new Impl{std::move(options), {}}) {
  impl_->state.with([&](Impl::State& state) { state.free_places = std::max<std::size_t>(1, size); });
}

Pool::~Pool() = default;

Result<Pool::Lease> Pool::borrow() {
  std::unique_ptr<Connection> connection;
  const auto take_place = [&](Impl::State& state) {
    if (state.free_places == 0) return false;
    --state.free_places;
    if (!state.idle.empty()) {
      connection = std::move(state.idle.back());
      state.idle.pop_back();
    }
    return true;
  };
  if (!impl_->state.wait_for(std::chrono::seconds(5), take_place)) {
    return transient("every database connection of the pool is in use");
  }
  if (connection && connection->usable()) return Lease(*this, std::move(connection));
  auto opened = Connection::open(impl_->options);
  if (!opened) {
    impl_->state.update([](Impl::State& state) { ++state.free_places; });
    return tl::unexpected(std::move(opened).error());
  }
  return Lease(*this, std::move(*opened));
}

Result<Rows> Pool::run(const Query& query, const Params& params) {
  return with<Rows>([&](Connection& connection) { return connection.run(query, params); });
}

Result<void> Pool::transaction(const std::function<Result<void>(Connection&)>& body) {
  return with<void>([&](Connection& connection) { return connection.transaction(body); });
}

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection)
    : pool_(&pool), connection_(std::move(connection)) {}

Pool::Lease::Lease(Lease&& other) noexcept : pool_(other.pool_), connection_(std::move(other.connection_)) {}

Pool::Lease::~Lease() {
  if (!connection_) return;
  const bool keep = connection_->usable();
  pool_->impl_->state.update([&](Impl::State& state) {
    ++state.free_places;
    if (keep) state.idle.push_back(std::move(connection_));
  });
}

}  // namespace greenroom::pg
