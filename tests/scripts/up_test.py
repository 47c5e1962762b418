"""./dev up, demo and down, for real: a push becomes a review, and nothing is left running."""

import os
import pty
import re
import select
import time
import unittest
import urllib.request

import ground

READY = "Greenroom is ready."


class Up(ground.Ground):
    def tearDown(self):
        self.dev("down")

    def review(self):
        result = self.dev("demo")
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn("Next step", result.stdout)
        self.assertIn("Give the parameter the default None", result.stdout)
        return result.stdout

    def test_up_demo_down_and_up_again(self):
        first = self.up("--detach")
        self.assertEqual(first.returncode, 0, first.stdout)
        link = re.search(r"Sign in +(http\S+)", first.stdout).group(1)
        with urllib.request.urlopen(link, timeout=10) as page:
            self.assertIn("Continue as Ben", page.read().decode())
        self.assertIn("/changes/1", self.review())

        told = self.dev("greenroom", "explain", "delivery", "1")
        self.assertEqual(told.returncode, 0, told.stdout)
        self.assertIn("change_opened", told.stdout)

        sandbox = self.dev("greenroom", "doctor", "sandbox")
        self.assertEqual(sandbox.returncode, 0, sandbox.stdout)
        self.assertRegex(sandbox.stdout, r"network +yes")

        second = self.up("--detach")
        self.assertEqual(second.returncode, 0, second.stdout)
        self.assertIn("up to date", second.stdout)

        stopped = self.dev("down")
        self.assertEqual(stopped.returncode, 0, stopped.stdout)
        self.assertEqual(self.running(), [])

        again = self.up("--detach")
        self.assertEqual(again.returncode, 0, again.stdout)
        self.assertIn("/changes/2", self.review(), "the first change is forgotten")

    def test_a_service_that_dies_comes_back(self):
        self.assertIn(READY, self.up("--detach").stdout)
        keeper = (self.state / "run/bot.pid").read_text().strip()
        with open(f"/proc/{keeper}/task/{keeper}/children", encoding="ascii") as children:
            os.kill(int(children.read().split()[0]), 9)
        self.review()

    def test_a_cluster_whose_making_was_cut_off_is_made_anew(self):
        left = self.state / "postgres.new"
        left.mkdir(parents=True)
        for name, text in (("PG_VERSION", "15\n"), ("postgresql.conf", "# no more\n")):
            (left / name).write_text(text)
        started = self.up("--detach")
        self.assertIn(READY, started.stdout)
        self.assertFalse(left.exists())

    def test_an_end_of_another_program_is_not_ours(self):
        (self.state / "run").mkdir(parents=True)
        (self.state / "run/bot.pid").write_text(str(os.getpid()))
        self.assertEqual(self.dev("down").returncode, 0)  # and this test still runs

    def test_control_c_stops_everything(self):
        words = [str(ground.ROOT / "dev"), "up", "--programs", ground.PROGRAMS, "--without-tools"]
        child, terminal = pty.fork()
        if child == 0:
            os.execve(words[0], words, self.environment)
        said, limit = "", time.monotonic() + 120
        while time.monotonic() < limit and "Greenroom is stopped" not in said:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            try:
                more = os.read(terminal, 4096).decode(errors="replace")
            except OSError:
                break
            if "Ctrl-C stops" in said + more and "Ctrl-C stops" not in said:
                os.write(terminal, b"\x03")
            said += more
        os.waitpid(child, 0)
        os.close(terminal)
        self.assertIn("Greenroom is stopped", said)
        self.assertEqual(self.running(), [])


if __name__ == "__main__":
    ground.main()
