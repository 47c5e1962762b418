#pragma once
// A job that has to stop is asked first. Bubblewrap passes no signal on, so the job's processes are found by their pid
// namespace and each gets its own. Private to this room.

namespace greenroom::sandbox {

// SIGTERM to every process of the pid namespace whose first process is `init`, as this machine numbers it, except
// `init` itself: that is bubblewrap, which ends with the job. One look at /proc: what is started during it is not
// asked. False when nobody could be asked.
bool ask_to_end(int init);

}  // namespace greenroom::sandbox
