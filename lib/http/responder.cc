#include <atomic>

#include "lib/http/connection.h"

namespace greenroom::http {
namespace {

class Stream final : public StreamWriter {
 public:
  explicit Stream(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}
  ~Stream() override { finish(); }
  bool write(std::string_view piece) override { return piece.empty() || connection_->push(piece); }
  void finish() override {
    if (!finished_.exchange(true)) connection_->end_stream();
  }

 private:
  std::shared_ptr<Connection> connection_;
  std::atomic<bool> finished_ = false;
};

// Of a HEAD request: its answer has ended with its headers.
class NoBody final : public StreamWriter {
 public:
  bool write(std::string_view) override { return false; }
  void finish() override {}
};

class Once final : public Responder {
 public:
  Once(std::shared_ptr<Connection> connection, bool head_only)
      : connection_(std::move(connection)), head_only_(head_only) {}
  ~Once() override {
    if (!answered_.exchange(true))
      connection_->respond(Response::text(500, "the server did not answer; try again"), head_only_);
  }
  void send(Response response) override {
    if (answered_.exchange(true)) return;
    connection_->respond(std::move(response), head_only_);
    connection_.reset();  // whoever keeps the responder does not keep the connection
  }
  std::shared_ptr<StreamWriter> stream(Response head) override {
    if (answered_.exchange(true)) return nullptr;
    connection_->begin_stream(head, head_only_);
    if (head_only_) {
      connection_.reset();
      return std::make_shared<NoBody>();
    }
    return std::make_shared<Stream>(std::move(connection_));
  }

 private:
  std::shared_ptr<Connection> connection_;
  const bool head_only_;
  std::atomic<bool> answered_ = false;
};

}  // namespace

std::shared_ptr<Responder> make_responder(std::shared_ptr<Connection> connection, bool head_only) {
  return std::make_shared<Once>(std::move(connection), head_only);
}

}  // namespace greenroom::http
