"""A control group that cannot be joined keeps nothing from starting."""

import subprocess
import unittest

import ground


class JoinGroup(ground.Ground):
    def test_goes_on_outside_of_a_group_that_refuses(self):
        listed = self.folder / "cgroup"
        listed.write_text(f"{self.folder}/gone\n")
        joined = subprocess.run(
            ["bash", "-euc", 'source scripts/cgroup.sh; join_group "$1"; echo started', "bash", str(listed)],
            cwd=ground.ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(joined.stdout, "started\n")
        self.assertIn(f"cannot join the control group {self.folder}/gone", joined.stderr)

    def test_is_in_the_group_that_takes_it(self):
        group = self.folder / "group"
        group.mkdir()
        listed = self.folder / "cgroup"
        listed.write_text(f"{group}\n")
        script = 'source scripts/cgroup.sh; join_group "$1"; echo $BASHPID'
        joined = subprocess.run(
            ["bash", "-euc", script, "bash", str(listed)],
            cwd=ground.ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual((group / "cgroup.procs").read_text(), joined.stdout)


if __name__ == "__main__":
    unittest.main()
