// The second half of a connection: what it sends.

#include <algorithm>
#include <boost/asio/post.hpp>

#include "lib/http/connection.h"

namespace greenroom::http {
namespace beast = boost::beast;
namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds kLinger{2};  // for a peer that is still sending what was refused
constexpr std::string_view kEnd = "0\r\n\r\n";

}  // namespace

void Connection::respond(Response response, bool head_only) {
  if (gone_) return;
  asio::post(stream_.get_executor(), [self = shared_from_this(), response = std::move(response), head_only] {
    const After after = self->keep_alive_ && !self->shared_->draining ? After::keep : After::close;
    std::string bytes = head_of(response, Framing::length, after);
    if (!head_only && has_body(response.status)) bytes += response.body;
    self->write(std::move(bytes), after);
  });
}

void Connection::fail(const Response& response) {
  write(head_of(response, Framing::length, After::close) + response.body, After::close);
}

// An answer, or one piece of a stream, on its way.
struct Connection::Outgoing {
  std::string bytes;
  std::chrono::steady_clock::time_point deadline;
  std::function<void()> written;
  std::size_t sent = 0;
};

void Connection::write(std::string bytes, After after) {
  const auto deadline = std::chrono::steady_clock::now() + shared_->options.answer_timeout;
  write_some(std::make_shared<Outgoing>(Outgoing{std::move(bytes), deadline, [this, after] { on_written(after); }}));
}

// One step at a time: the clock begins anew whenever the peer has taken something.
void Connection::write_some(std::shared_ptr<Outgoing> outgoing) {
  const auto soon = std::chrono::steady_clock::now() + shared_->options.write_timeout;
  stream_.expires_at(std::min(soon, outgoing->deadline));
  stream_.async_write_some(asio::buffer(outgoing->bytes) + outgoing->sent,
                           [self = shared_from_this(), outgoing](beast::error_code error, std::size_t count) {
                             if (error) return self->close();
                             outgoing->sent += count;
                             if (outgoing->sent < outgoing->bytes.size()) return self->write_some(outgoing);
                             outgoing->written();
                           });
}

void Connection::on_written(After after) {
  shared_->wait(this);
  if (after == After::keep && !shared_->draining) return await_request();
  linger();
}

// The peer may still be sending what we refused to read: close our side first, so that the answer arrives.
void Connection::linger() {
  beast::error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  stream_.expires_after(kLinger);
  swallow(std::make_shared<std::array<char, 16384>>());
}

// Closing while bytes of the peer lie unread would reset the connection and take the answer with it.
void Connection::swallow(std::shared_ptr<std::array<char, 16384>> sink) {
  stream_.async_read_some(asio::buffer(*sink), [self = shared_from_this(), sink](beast::error_code error, std::size_t) {
    if (error) return self->close();
    self->swallow(sink);
  });
}

void Connection::begin_stream(const Response& head, bool head_only) {
  if (gone_) return;
  std::string bytes = head_of(head, Framing::chunks, After::close);
  queued_bytes_ += bytes.size();
  asio::post(stream_.get_executor(), [self = shared_from_this(), bytes = std::move(bytes), head_only]() mutable {
    self->last_queued_ = head_only;
    self->enqueue(std::move(bytes));
  });
}

bool Connection::push(std::string_view piece) {
  if (gone_) return false;
  if (queued_bytes_ > shared_->options.stream_limit) {
    abort();
    return false;
  }
  std::string chunk = chunk_of(piece);
  queued_bytes_ += chunk.size();
  asio::post(stream_.get_executor(),
             [self = shared_from_this(), chunk = std::move(chunk)]() mutable { self->enqueue(std::move(chunk)); });
  return true;
}

void Connection::end_stream() {
  queued_bytes_ += kEnd.size();
  asio::post(stream_.get_executor(), [self = shared_from_this()] {
    self->last_queued_ = true;
    self->enqueue(std::string(kEnd));
  });
}

void Connection::enqueue(std::string bytes) {
  if (gone_) return;
  pieces_.push_back(std::move(bytes));
  if (!writing_) write_next_piece();
}

void Connection::write_next_piece() {
  if (pieces_.empty()) {
    stream_.expires_never();
    if (last_queued_) on_written(After::close);
    return;
  }
  writing_ = true;
  const std::size_t size = pieces_.front().size();
  const auto deadline = std::chrono::steady_clock::now() + shared_->options.answer_timeout;
  auto outgoing = std::make_shared<Outgoing>(Outgoing{std::move(pieces_.front()), deadline, [this, size] {
                                                        writing_ = false;
                                                        queued_bytes_ -= size;
                                                        write_next_piece();
                                                      }});
  pieces_.pop_front();
  write_some(std::move(outgoing));
}

}  // namespace greenroom::http
