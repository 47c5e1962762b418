"""Which process the number in a pid file is of, and that no other is ended."""

import subprocess
import unittest

import ground

SCRIPTS = "source scripts/terminal.sh; source scripts/machine.sh; source scripts/layout.sh; "


class Processes(ground.Ground):
    def setUp(self):
        super().setUp()
        self.run_folder = self.state / "run"
        self.run_folder.mkdir(parents=True)
        (self.state / "app/bin").mkdir(parents=True)
        (self.state / "app/bin/keep.sh").write_text("read -r _\n")

    def sh(self, words):
        environment = {**self.environment, "GREENROOM_ROOT": str(ground.ROOT)}
        return subprocess.run(["bash", "-c", SCRIPTS + words], cwd=ground.ROOT, env=environment, check=False).returncode

    def started(self, *command):
        """A process of this command, whose number stands in the runner's pid file. It ends with its input."""
        process = subprocess.Popen(command, stdin=subprocess.PIPE)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        (self.run_folder / "runner.pid").write_text(f"{process.pid}\n")
        return process

    def is_running(self):
        return self.sh("is_running runner") == 0

    def test_what_was_started_is_running_whatever_its_words_are(self):
        process = self.started("bash", "-c", "read -r _")
        self.assertEqual(self.sh(f'birth_of {process.pid} >"$run/runner.birth"'), 0)
        self.assertTrue(self.is_running())

    def test_another_process_with_its_number_is_not_it_and_is_not_ended(self):
        process = self.started("bash", "-c", "read -r _; : keep.sh runner greenroom-runner")
        (self.run_folder / "runner.birth").write_text(f"{process.pid} another-run-of-the-machine 17\n")
        self.assertFalse(self.is_running())
        self.assertEqual(self.sh("stop_pid runner 1"), 0)
        self.assertIsNone(process.poll(), "a stranger's process was ended")
        self.assertFalse((self.run_folder / "runner.pid").exists())

    def test_without_a_birth_its_keeper_is_it(self):
        bin_folder = self.state / "app/bin"
        self.started("bash", str(bin_folder / "keep.sh"), "runner", str(bin_folder / "greenroom-runner"))
        self.assertTrue(self.is_running())

    def test_without_a_birth_a_stranger_that_names_it_is_not(self):
        process = self.started("bash", "-c", "read -r _; : runner scripts/up.sh keep.sh")
        self.assertFalse(self.is_running())
        self.assertEqual(self.sh("stop_pid runner 1"), 0)
        self.assertIsNone(process.poll(), "a stranger's process was ended")

    def test_without_a_birth_a_stranger_that_ends_with_its_command_is_not(self):
        bin_folder = self.state / "app/bin"
        command = (str(bin_folder / "keep.sh"), "runner", str(bin_folder / "greenroom-runner"))
        process = self.started("bash", "-c", "read -r _", *command)
        self.assertFalse(self.is_running())
        self.assertEqual(self.sh("stop_pid runner 1"), 0)
        self.assertIsNone(process.poll(), "a stranger's process was ended")

    def test_a_birth_of_an_earlier_number_says_nothing(self):
        (self.run_folder / "runner.birth").write_text("1 an-earlier-run 17\n")
        self.started("bash", "-c", "read -r _")
        self.assertFalse(self.is_running())

    def test_what_was_started_is_ended(self):
        process = self.started("bash", "-c", "read -r _")
        self.sh(f'birth_of {process.pid} >"$run/runner.birth"')
        ending = subprocess.Popen(
            ["bash", "-c", SCRIPTS + "stop_pid runner 20"],
            cwd=ground.ROOT,
            env={**self.environment, "GREENROOM_ROOT": str(ground.ROOT)},
        )
        self.assertEqual(process.wait(timeout=20), -15)
        self.assertEqual(ending.wait(timeout=20), 0)


if __name__ == "__main__":
    unittest.main()
