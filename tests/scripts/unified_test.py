"""The limits of a whole job under control groups of version 2, on a kernel that has no others: user-mode Linux."""

import os
import pathlib
import subprocess
import unittest

import ground

KERNEL = pathlib.Path("/usr/bin/linux.uml")
MACHINE = ground.ROOT / "tests/scripts/unified_machine.sh"


class Unified(ground.Ground):
    @unittest.skipUnless(KERNEL.exists(), "user-mode-linux is not installed")
    def test_limits_hold_where_groups_are_of_version_two_only(self):
        memory = ["mem=1536M", f"uml_dir={self.folder}"]
        files = ["root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro"]
        started = ["quiet", "con=null", "con0=null,fd:1", f"init={MACHINE}", f"program={ground.PROGRAMS}/sandbox_groups"]
        machine = subprocess.run(
            [str(KERNEL), *memory, *files, *started],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        said = machine.stdout.decode(errors="replace").replace("\r\n", "\n")
        self.assertIn("the tests ended with 0\n", said, said)
        self.assertRegex(said, r"\[  PASSED  \] [1-9]\d* tests\.\n", said)
        self.assertNotIn("[  SKIPPED ]", said, said)
        self.assertIn("nothing of the group is left", said)


if __name__ == "__main__":
    ground.main()
