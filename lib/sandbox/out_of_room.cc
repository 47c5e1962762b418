#include "lib/sandbox/out_of_room.h"

#include <signal.h>
#include <sys/statvfs.h>

#include <string_view>

namespace greenroom::sandbox {
namespace {

// A write that was too large leaves a little, and a tool that ends removes a few files of its own.
constexpr std::uint64_t kAsGoodAsFull = 64u << 10;
constexpr std::uint64_t kAsGoodAsAllFiles = 32;

bool says(const process::Outcome& outcome, std::string_view complaint) {
  for (const auto* text : {&outcome.err.head, &outcome.err.tail, &outcome.out.head, &outcome.out.tail}) {
    if (text->find(complaint) != std::string::npos) return true;
  }
  return false;
}

Room measured(const Fd* room) {
  struct statvfs left {};
  if (room == nullptr || !*room || ::fstatvfs(room->get(), &left) != 0 || left.f_blocks == 0) return Room::enough;
  if (left.f_files > 0 && left.f_favail < kAsGoodAsAllFiles) return Room::no_more_files;
  return left.f_bavail * left.f_frsize < kAsGoodAsFull ? Room::no_more_bytes : Room::enough;
}

}  // namespace

Room room_of(const process::Outcome& outcome, const Fd* room) {
  if (outcome.ok() || outcome.timed_out || outcome.cancelled) return Room::enough;
  if (const Room left = measured(room); left != Room::enough) return left;
  if (outcome.exit_code == 128 + SIGXFSZ || says(outcome, "File too large")) return Room::file_too_large;
  return says(outcome, "No space left on device") ? Room::none_it_says : Room::enough;
}

}  // namespace greenroom::sandbox
