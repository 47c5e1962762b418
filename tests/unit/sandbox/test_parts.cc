#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "lib/sandbox/exit_status.h"
#include "lib/sandbox/memory_file.h"
#include "lib/sandbox/out_of_memory.h"
#include "lib/sandbox/resource_limits.h"

namespace greenroom::sandbox {
namespace {

TEST(ExitStatus, IsReadFromBubblewrapsReport) {
  const auto status = parse_exit_status("{ \"child-pid\": 42 }\n{ \"exit-code\": 3 }\n");
  EXPECT_EQ(status.init, 42);
  EXPECT_EQ(status.exit_code, 3);
}

TEST(ExitStatus, IsAbsentWhenTheSandboxWasNotBuilt) {
  EXPECT_EQ(parse_exit_status("").exit_code, std::nullopt);
  EXPECT_EQ(parse_exit_status("{ \"child-pid\": 42 }\n").exit_code, std::nullopt);
  EXPECT_EQ(parse_exit_status("{ \"exit-code\": ").exit_code, std::nullopt);
}

TEST(ResourceLimits, BoundTheAddressSpaceOnlyWithoutACgroup) {
  Limits limits;
  limits.memory_bytes = 100;
  const auto value = [&](int resource, MemoryGuard guard) -> std::optional<rlim_t> {
    const auto all = resource_limits(limits, guard);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const ResourceLimit& limit) { return limit.resource == resource; });
    return found == all.end() ? std::nullopt : std::optional(found->value);
  };
  EXPECT_EQ(value(RLIMIT_AS, MemoryGuard::address_space), 400u);
  EXPECT_EQ(value(RLIMIT_AS, MemoryGuard::cgroup), std::nullopt);
  EXPECT_EQ(value(RLIMIT_CORE, MemoryGuard::cgroup), 0u);
  EXPECT_EQ(value(RLIMIT_NPROC, MemoryGuard::cgroup), 256u);
}

TEST(MemoryFile, IsReadWholeWhateverItsPosition) {
  const auto file = memory_file("content");
  ASSERT_TRUE(file);
  EXPECT_EQ(read_memory_file(*file), "content");
  EXPECT_EQ(read_memory_file(*file), "content");
}

process::Outcome ended(int code, const std::string& complaint) {
  process::Outcome outcome;
  outcome.exit_code = code;
  outcome.err.head = complaint;
  return outcome;
}

TEST(OutOfMemory, IsGuessedFromTheSignalOrTheComplaint) {
  EXPECT_TRUE(looks_out_of_memory(ended(137, "")));
  EXPECT_TRUE(looks_out_of_memory(ended(1, "Traceback\nMemoryError\n")));
  EXPECT_TRUE(looks_out_of_memory(ended(134, "what():  std::bad_alloc")));
  EXPECT_FALSE(looks_out_of_memory(ended(1, "AssertionError")));
  EXPECT_FALSE(looks_out_of_memory(ended(0, "MemoryError was expected")));
  process::Outcome killed = ended(137, "");
  killed.timed_out = true;
  EXPECT_FALSE(looks_out_of_memory(killed));
}

}  // namespace
}  // namespace greenroom::sandbox
