#pragma once
// Fd owns one file descriptor; Deleter<free_fn> makes a unique_ptr out of any C library's free function.

#include <memory>
#include <utility>

namespace greenroom {

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }
  void reset();  // closes; EINTR counts as closed, as Linux does

 private:
  int fd_ = -1;
};

template <auto free_fn>
struct Deleter {
  template <class T>
  void operator()(T* pointer) const {
    free_fn(pointer);
  }
};

// using GitTree = Owned<git_tree, git_tree_free>;
template <class T, auto free_fn>
using Owned = std::unique_ptr<T, Deleter<free_fn>>;

}  // namespace greenroom
