"""A state folder, free ports and a way to call ./dev: what the tests of the commands stand on."""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = sys.argv.pop(1) if len(sys.argv) > 1 else str(ROOT / "build/dev/bin")
PORTS = ("DASHBOARD", "WEBHOOK", "POSTGRES", "REDIS")


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    numbers = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return numbers


class Ground(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="gr-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.state = self.folder / "state"
        self.environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "TMPDIR": str(self.folder),
            "GREENROOM_STATE": str(self.state),
        }
        self.ports = dict(zip(PORTS, free_ports(len(PORTS))))
        for name, port in self.ports.items():
            self.environment[f"GREENROOM_{name}_PORT"] = str(port)

    def dev(self, *words, **environment):
        return subprocess.run(
            [str(ROOT / "dev"), *words],
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=200,
            check=False,
        )

    def up(self, *words, **environment):
        return self.dev("up", "--programs", PROGRAMS, "--without-tools", *words, **environment)

    def with_fake(self, name, script):
        """The environment in which that program is the script."""
        folder = self.folder / "fakes"
        folder.mkdir(exist_ok=True)
        file = folder / name
        file.write_text("#!/bin/sh\n" + script + "\n")
        file.chmod(0o755)
        return {"PATH": f"{folder}:{self.environment['PATH']}"}

    def running(self):
        """What runs with this state folder in its command line, or listens at one of its ports."""
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if str(self.state) in words or f":{self.ports['REDIS']}" in words:
                found.append(words)
        return found


def main():
    if os.geteuid() == 0:
        sys.exit("The services refuse root: run this as another user, as ./dev test does.")
    unittest.main(module="__main__", verbosity=2)
