#pragma once
// Whether a job ended for want of room to write in: measured where its room is a tmpfs of its own, else guessed from
// what it said. For the message to the author ("write less" instead of "your tests fail"), never a verdict.

#include "lib/base/fd.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::sandbox {

// `room` is a folder of the job's own tmpfs, after the job; nullptr when it had none. A job that ended well had room.
Room room_of(const process::Outcome& outcome, const Fd* room);

}  // namespace greenroom::sandbox
