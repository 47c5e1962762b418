#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A test file that tries to reach out, in six ways; each attempt asserts that it was refused. DASHBOARD is a port of
// this machine that does answer, to whoever is outside of the sandbox.
constexpr const char* kEscape = R"py(import os
import socket
import subprocess
from pathlib import Path

import pytest


def test_no_network() -> None:
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", DASHBOARD), timeout=5)


def test_no_secret_in_the_environment() -> None:
    assert not [name for name in os.environ if "TOKEN" in name or "SECRET" in name or "PASSWORD" in name]
    assert not [name for name in os.environ if name.startswith("GREENROOM")]


def test_no_other_process_is_seen() -> None:
    assert len([entry for entry in os.listdir("/proc") if entry.isdigit()]) < 10


def test_no_new_namespace() -> None:
    assert subprocess.run(["unshare", "-U", "true"], capture_output=True).returncode != 0


def test_nothing_outside_is_writable() -> None:
    for folder in ("/etc", "/usr", "/var"):
        with pytest.raises(OSError):
            Path(folder, "greenroom-was-here").write_text("x")


def test_the_checkout_is_thrown_away() -> None:
    Path("src/shotlist/naming.py").write_text("raise SystemExit(1)")
)py";

std::string escape_to(int port) {
  std::string text = kEscape;
  const std::string_view name = "DASHBOARD";
  return text.replace(text.find(name), name.size(), std::to_string(port));
}

TEST(SandboxEscape, EveryAttemptFailsAndTheNextJobIsUntouched) {
  Line line;
  line.seed(small_project());
  const auto change = line.push("mallory/escape", {{"tests/test_zz_escape.py", escape_to(line.dashboard_port())}});
  line.settle();
  EXPECT_EQ(line.statuses(change)["greenroom/pytest"], "success") << line.text(
      "SELECT convert_from(log_tail, 'UTF8') || convert_from(log_head, 'UTF8') AS value FROM check_run WHERE name = "
      "'pytest'");
  const auto next = line.push("maya/after", {{"README.md", "# Shotlist, again\n"}});
  line.settle();
  EXPECT_EQ(line.statuses(next)["greenroom/pytest"], "success");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
