// What stays of a project's own settings.

#include "lib/checks/allowed/allowed.h"

#include <gtest/gtest.h>

#include "lib/checks/recipe.h"

namespace greenroom::checks {
namespace {

std::string left(std::string_view tool, std::string_view file, std::string_view content) {
  return allowed_settings(*allowed_settings_of(tool), file, content);
}

struct Case {
  std::string_view what, tool, file, content, left;
};

TEST(AllowedSettings, KeepWhatChoosesFindingsAndNothingThatNamesCode) {
  const Case cases[] = {
      {"flake8's keys and lists", "flake8", "setup.cfg",
       "[metadata]\nname = x\n[flake8]\nmax-line-length = 100\nextend_ignore =\n    E203,\n    W503\n",
       "[flake8]\nmax-line-length = 100\nextend_ignore = \n\tE203,\n\tW503\n"},
      {"local plug-ins", "flake8", ".flake8",
       "[flake8]\nselect: X\n[flake8:local-plugins]\nextension =\n  X = evil:X\n", "[flake8]\nselect = X\n"},
      {"pylint's hook", "pylint", ".pylintrc",
       "[MASTER]\ninit-hook='import evil'\nInit_Hook=x\n[FORMAT]\nmax-line-length=99\n",
       "[MASTER]\n[FORMAT]\nmax-line-length = 99\n"},
      {"plug-ins but pylint's own", "pylint", "pylintrc",
       "[MAIN]\nload-plugins=evil,pylint.extensions.docparams,\n   evil2,\n   pylint.extensions.mccabe\n",
       "[MAIN]\nload-plugins = pylint.extensions.docparams\n\tpylint.extensions.mccabe\n"},
      {"mypy's interpreter", "mypy", "mypy.ini",
       "[mypy]\nplugins = ./evil.py\nstrict = True\npython_executable = ./evil\n[mypy-a.*]\ndisallow_untyped_defs = "
       "True\n",
       "[mypy]\nstrict = True\n[mypy-a.*]\ndisallow_untyped_defs = True\n"},
      {"what all sections inherit", "mypy", "mypy.ini", "[DEFAULT]\nstrict = True\n[mypy]\n", "[mypy]\n"},
      {"a carriage return that begins a line", "mypy", "mypy.ini", "[mypy]\r\nexclude = a\rplugins = evil\r\n",
       "[mypy]\nexclude = a\n"},
      {"a key that looks like more of another's value", "mypy", "mypy.ini",
       "[mypy]\nexclude = a\n  plugins = b\n # c\n\n  [d]\nplugins =\n  evil\n",
       "[mypy]\nexclude = a\n\tplugins = b\n\t[d]\n"},
      {"an indented file", "mypy", "mypy.ini", "  [mypy]\n  plugins = evil\n  strict = True\n",
       "[mypy]\nstrict = True\n"},
      {"isort's formatter", "isort", ".isort.cfg", "[settings]\nprofile = black\nformatter = evil\n",
       "[settings]\nprofile = black\n"},
      {"an ini file of rubbish", "flake8", "tox.ini", "=\n[\n]\n[]\n[flake8\n: x\n  y\n", ""}};
  for (const Case& each : cases) EXPECT_EQ(left(each.tool, each.file, each.content), each.left) << each.what;
}

TEST(AllowedSettings, AreTakenFromTomlHoweverItIsWritten) {
  const Case cases[] = {
      {"a table", "mypy", "pyproject.toml", "[project]\nname = 'x'\n[tool.mypy]\nplugins = ['evil']\nstrict = true\n",
       "[tool.mypy]\nstrict = true\n"},
      {"a dotted key", "mypy", "pyproject.toml", "tool.mypy.plugins = ['evil']\ntool.mypy.strict = true\n",
       "[tool.mypy]\nstrict = true\n"},
      {"an inline table", "mypy", "pyproject.toml", "[tool]\nmypy = {'plugins' = 'evil', \"strict\" = true}\n",
       "[tool]\nmypy = { strict = true }\n"},
      {"a string with lines", "mypy", "pyproject.toml", "[tool.mypy]\nexclude = '''\nplugins = [\"evil\"]\n'''\n",
       "[tool.mypy]\nexclude = \"plugins = [\\\"evil\\\"]\\n\"\n"},
      {"a list of tables", "mypy", "pyproject.toml",
       "[[tool.mypy.overrides]]\nmodule = 'a.*'\nignore_errors = true\nplugins = 'evil'\n",
       "[[tool.mypy.overrides]]\nignore_errors = true\nmodule = \"a.*\"\n"},
      {"pylint's groups", "pylint", "pyproject.toml",
       "[tool.pylint.main]\ninit-hook = 'evil'\nload-plugins = ['evil', 'pylint.extensions.mccabe', 1]\n"
       "[tool.pylint.format]\nmax-line-length = 99\n",
       "[tool.pylint.format]\nmax-line-length = 99\n\n[tool.pylint.main]\nload-plugins = [ "
       "\"pylint.extensions.mccabe\" "
       "]\n"},
      {"ruff's own file", "ruff", "ruff.toml", "extend = '../evil.toml'\nline-length = 99\n[lint]\nselect = ['E']\n",
       "line-length = 99\n\n[lint]\nselect = [ \"E\" ]\n"},
      {"black", "black", "pyproject.toml", "[tool.black]\nline_length = 100\nworkers = 9\ncode = 'x'\n",
       "[tool.black]\nline_length = 100\n"},
      {"what is no TOML", "black", "pyproject.toml", "[tool.black]\nline-length = \n", ""}};
  for (const Case& each : cases) {
    std::string text = left(each.tool, each.file, each.content);
    EXPECT_EQ(text.substr(std::min(text.size(), text.find_first_not_of('\n'))), each.left) << each.what;
  }
}

TEST(AllowedSettings, AreKnownForEveryToolWhoseOwnAreHandedOver) {
  for (const char* tool : {"flake8", "ruff", "pylint", "mypy", "black", "isort"}) {
    ASSERT_NE(allowed_settings_of(tool), nullptr) << tool;
    for (const char* key : {"plugins", "python-executable", "init-hook", "extension-pkg-allow-list", "formatter",
                            "settings-path", "extend", "cache-dir", "config", "custom-typeshed-dir", "output-file",
                            "unsafe-load-any-extension", "enable-extensions", "require-plugins", "runtime-src-paths"})
      EXPECT_FALSE(allows_key(*allowed_settings_of(tool), key)) << tool << " " << key;
  }
  EXPECT_EQ(allowed_settings_of("clang-format"), nullptr);
}

}  // namespace
}  // namespace greenroom::checks
