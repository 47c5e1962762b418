"""What cannot work says so in one sentence that tells what to do, and starts nothing."""

import socket
import unittest

import ground


class Sentences(ground.Ground):
    def expect(self, result, *words):
        self.assertNotEqual(result.returncode, 0, result.stdout)
        for word in words:
            self.assertIn(word, result.stdout.splitlines()[-1])
        self.assertEqual(self.running(), [])

    def test_an_unknown_command(self):
        self.expect(self.dev("fly"), "no command 'fly'", "./dev --help")

    def test_an_unknown_word(self):
        self.expect(self.dev("up", "--fast"), "--fast", "./dev --help")

    def test_a_folder_without_programs(self):
        self.expect(self.dev("up", "--programs", str(self.folder)), "--programs needs", "build/dev/bin")

    def test_a_port_in_use(self):
        for name in ground.PORTS:
            with self.subTest(name), socket.socket() as taken:
                taken.bind(("127.0.0.1", self.ports[name]))
                taken.listen()
                self.expect(self.up(), f"Port {self.ports[name]} is in use", f"GREENROOM_{name}_PORT=NUMBER ./dev up")

    def test_a_missing_package(self):
        missing = self.with_fake("dpkg-query", "exit 1")
        self.expect(self.up(**missing), "packages are missing", "libpq-dev", "sudo ./dev packages")

    def test_a_disk_that_is_nearly_full(self):
        full = self.with_fake("df", "echo Avail; echo 999")
        self.expect(self.up(**full), "Less than 1 GB is free", "GREENROOM_STATE=FOLDER ./dev up")

    def test_a_disk_that_fills_up(self):
        full = self.with_fake("cmake", "echo 'ld: No space left on device'; exit 1")
        self.expect(self.dev("up", **full), "The disk is full. Free some space")

    def test_a_state_folder_that_cannot_be_written(self):
        (self.folder / "file").write_text("")
        result = self.up(GREENROOM_STATE=str(self.folder / "file" / "state"))
        self.expect(result, "Cannot write to", "GREENROOM_STATE=FOLDER ./dev up")

    def test_a_demo_of_what_does_not_run(self):
        self.expect(self.dev("demo"), "not running", "./dev up")

    def test_a_command_line_that_is_not_installed(self):
        self.expect(self.dev("greenroom", "doctor"), "./dev up")

    def test_help_names_every_command(self):
        help_text = self.dev("--help").stdout
        self.assertEqual(self.dev("up", "--help").stdout, help_text)
        for command in ("up", "down", "demo", "greenroom", "test", "bench", "fuzz", "root", "fmt", "lint", "packages"):
            self.assertRegex(help_text, rf"(?m)^  {command}\b")

    def test_down_of_what_does_not_run(self):
        self.assertEqual(self.dev("down").returncode, 0)


if __name__ == "__main__":
    ground.main()
