#pragma once
// Blocking steps on non-blocking sockets, each with a deadline and an ending that is heard at once. Private.

#include <chrono>
#include <string>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/fd.h"
#include "lib/egress/egress.h"

namespace greenroom::egress {

using Deadline = std::chrono::steady_clock::time_point;

// `ending`: a descriptor that becomes readable once everything is to end.
struct Patience {
  int ending = -1;
  Deadline until;
};
Patience patience(int ending, std::chrono::milliseconds time);

// Waits for `events` (poll's) on a socket. False: the time is up, or everything ends.
bool wait_for(int socket, short events, const Patience& patience);
// Everything is sent, or false.
bool send_all(int socket, std::string_view bytes, const Patience& patience);
// Resolves the name and connects to the first address that answers. Errors: transient, with the system's words.
Result<Fd> connect_to(const Destination& to, const Patience& patience);

}  // namespace greenroom::egress
