"""Which process the number in a pid file is of."""

import subprocess
import unittest

import ground


class IsRunning(ground.Ground):
    def of(self, *command):
        """Whether the runner runs, when its pid file names a process of this command."""
        (self.state / "run").mkdir(parents=True, exist_ok=True)
        with subprocess.Popen(command, cwd=self.folder, stdin=subprocess.PIPE) as process:
            (self.state / "run" / "runner.pid").write_text(f"{process.pid}\n")
            script = "source scripts/terminal.sh; source scripts/machine.sh; source scripts/layout.sh; is_running runner"
            asked = subprocess.run(
                ["bash", "-c", script],
                cwd=ground.ROOT,
                env={**self.environment, "GREENROOM_ROOT": str(ground.ROOT)},
                check=False,
            )
            process.stdin.close()
        return asked.returncode == 0

    def setUp(self):
        super().setUp()
        (self.folder / "scripts").mkdir()
        for name in ("up.sh", "keep.sh"):
            (self.folder / "scripts" / name).write_text("read -r _\n")

    def test_its_keeper_is_it(self):
        self.assertTrue(self.of("bash", "scripts/keep.sh", "runner"))

    def test_what_up_has_just_started_is_it_before_it_has_its_name(self):
        self.assertTrue(self.of("bash", "scripts/up.sh", "--detach"))

    def test_another_program_with_its_number_is_not(self):
        self.assertFalse(self.of("bash", "-c", "read -r _"))


if __name__ == "__main__":
    unittest.main()
