"""Every check of structure.py fails on a tree that is wrong, and passes on one that is right."""

import tempfile
import unittest
from pathlib import Path

import structure

LAYERS = "| room | layer | may include |\n|---|---|---|\n| base | 0 | |\n| pg | 1 | |\n| store | 3 | pg |\n| bot | 4 | store |\n"


class Structure(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        for folder in ("lib/bot/behaviours", "sql/migrations", "sql/queries", "tests/unit/bot", "docs"):
            (self.root / folder).mkdir(parents=True)
        self.write("docs/layers.md", LAYERS)
        self.write("lib/bot/behaviours.cc", "")

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def expect(self, words):
        found = structure.violations(self.root)
        self.assertTrue(any(words in line for line in found), f"'{words}' is not among {found}")

    def test_a_right_tree_passes(self):
        self.write("lib/store/a.cc", '#include "lib/pg/pg.h"\n#include "lib/base/x.h"\n')
        self.assertEqual(structure.violations(self.root), [])

    def test_a_page_that_names_a_test_which_is_not_there(self):
        self.write("tests/unit/a_test.cc", "TEST_F(Door, IsShut) {}\nTEST_P(Door, IsLocked) {}\n")
        self.write("docs/attacks.md", "| push it | `Door.IsShut`, `.IsLocked` |\n")
        self.assertEqual(structure.violations(self.root), [])
        self.write("docs/attacks.md", "| push it | `Door.IsShut`, `.IsBarred` |\n")
        self.expect("names the test Door.IsBarred")

    def test_an_include_upwards(self):
        self.write("lib/pg/a.cc", '#include "lib/store/s.h"\n')
        self.expect("lies above it")

    def test_an_include_that_is_not_listed(self):
        self.write("lib/bot/a.cc", '#include "lib/pg/pg.h"\n')
        self.expect("does not list")

    def test_a_room_without_a_row(self):
        self.write("lib/new/a.cc", "")
        self.expect("no row")

    def test_a_wrapped_header_elsewhere(self):
        self.write("lib/store/a.cc", "#include <libpq-fe.h>\n")
        self.expect("belongs to pg alone")

    def test_a_long_file(self):
        self.write("lib/store/a.cc", "\n" * 401)
        self.expect("401 lines")

    def test_a_migration_without_a_way_down(self):
        self.write("sql/migrations/0001_x.up.sql", "")
        self.expect("no way down")

    def test_a_query_that_does_not_exist(self):
        self.write("lib/store/a.cc", 'query("job/none")')
        self.expect("does not exist")

    def test_a_query_that_nothing_asks_for(self):
        self.write("sql/queries/job/lost.sql", "")
        self.expect("nothing asks for it")

    def test_a_room_without_a_page(self):
        self.write("docs/layers.md", LAYERS.replace("| bot | 4 | store |\n", ""))
        self.expect("no page of docs/")

    def test_a_behaviour_without_list_and_test(self):
        self.write("lib/bot/behaviours/nudge/nudge.cc", "")
        self.expect("not in the list")
        self.expect("has no test")

    def test_a_test_that_sleeps(self):
        self.write("tests/unit/a.cc", "std::this_thread::sleep_for(x);")
        self.expect("sleeps")

    def test_an_unfinished_note(self):
        self.write("lib/store/a.cc", "// " + "TO" + "DO later")
        self.expect("unfinished")


if __name__ == "__main__":
    unittest.main()
