"""./dev root: what it says when it cannot make a root filesystem, and that what stood there before stays."""

import ground


class Root(ground.Ground):
    def setUp(self):
        super().setUp()
        self.root = self.folder / "roots" / "jobs"
        self.sources = self.folder / "sources"
        (self.folder / "archive").mkdir()
        self.sources.write_text(f"deb [trusted=yes] file://{self.folder}/archive ./\n")
        self.environment["GREENROOM_APT_SOURCES"] = str(self.sources)

    def expect(self, result, *sentences):
        self.assertEqual(result.returncode, 1, result.stdout)
        for sentence in sentences:
            self.assertIn(sentence, result.stdout)
        left = list(self.root.parent.glob(".root.*"))
        self.assertEqual(left, [], "what was half made is gone")

    def test_an_option_that_it_does_not_know(self):
        self.expect(self.dev("root", "--fast"), "'root' does not know '--fast'")

    def test_two_folders(self):
        self.expect(self.dev("root", "/a", "/b"), "'/a' and '/b' are two")

    def test_a_package_whose_name_is_an_option(self):
        self.expect(self.dev("root", "--with", "--help"), "--with needs the name of a Debian package")

    def test_a_folder_that_is_somebodys(self):
        self.root.mkdir(parents=True)
        (self.root / "letter").write_text("dear")
        self.expect(self.dev("root", str(self.root)), "is no root filesystem of ours", "./dev root FOLDER")
        self.assertEqual((self.root / "letter").read_text(), "dear")

    def test_a_place_that_cannot_be_written(self):
        (self.folder / "file").write_text("")
        self.expect(self.dev("root", str(self.folder / "file" / "root")), "Cannot write to", "./dev root FOLDER")

    def test_a_disk_that_is_nearly_full(self):
        full = self.with_fake("df", "echo Avail; echo 999")
        self.expect(self.dev("root", str(self.root), **full), "Less than 1.5 GB is free")

    def test_sources_that_are_not_there(self):
        self.expect(
            self.dev("root", str(self.root), GREENROOM_APT_SOURCES=str(self.folder / "none")),
            "GREENROOM_APT_SOURCES names no file",
        )

    def test_an_archive_that_does_not_answer(self):
        self.sources.write_text(f"deb [trusted=yes] file://{self.folder}/nowhere ./\n")
        self.expect(self.dev("root", str(self.root)), "The Debian archive does not answer", "is as it was")

    def test_an_archive_without_the_packages(self):
        (self.folder / "archive" / "Packages").write_text("")
        self.expect(self.dev("root", str(self.root)), "The Debian archive has no package '")
        self.assertFalse(self.root.exists())


if __name__ == "__main__":
    ground.main()
