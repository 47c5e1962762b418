// The provider rez with the real rez, in the real sandbox, over package folders that the test fills.

#include <cstdlib>
#include <filesystem>

#include "lib/base/text.h"
#include "lib/checks/providers/rez_paths.h"
#include "lib/teaching/teaching.h"
#include "tests/unit/environment/fixture.h"

namespace greenroom::environment {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
namespace fs = std::filesystem;

class RealRez : public EnvironmentFixture {
 protected:
  void SetUp() override {
    const char* pinned = std::getenv("GREENROOM_TOOLS");
    if (pinned == nullptr) GTEST_SKIP() << "rez is one of the pinned tools, which are not installed";
    static const checks::Toolbox tools = checks::find_tools(pinned);
    tools_ = &tools;
    set("ENVIRONMENTS_REZ_PACKAGES_PATH", (folder / "site") + "," + (folder / "studio"));
    fs::create_directories(folder / "site");
    for (const char* version : {"1.0.0", "1.2.0", "2.0.0"})
      release("shotlib", version, std::string("requires = ['mathlib-") + version[0] + "']\n");
    for (const char* version : {"1.5.0", "2.3.0"}) release("mathlib", version);
  }

  // A version of a family whose one module says where it came from.
  void release(const std::string& family, const std::string& version, const std::string& more = "",
               const std::string& where = "studio") {
    const std::string root = where + "/" + family + "/" + version;
    folder.write(root + "/python/" + family + ".py", "version = '" + version + "'\n");
    folder.write(root + "/package.py", "name = '" + family + "'\nversion = '" + version + "'\n" + more +
                                           "def commands():\n    env.PYTHONPATH.append('{root}/python')\n"
                                           "    env." +
                                           upper(family) + "_HOME = '{root}'\n");
  }
  void release_python(const std::string& version, const std::string& script) {
    const std::string root = "studio/python/" + version;
    folder.write(root + "/package.py",
                 "name = 'python'\nversion = '" + version + "'\ndef commands():\n    env.PATH.prepend('{root}/bin')\n");
    folder.write(root + "/bin/python", "#!/bin/sh\n" + script + "\n");
    fs::permissions(folder / (root + "/bin/python"), fs::perms(0755));
  }
  static std::string upper(std::string name) {
    for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return name;
  }

  static std::map<std::string, std::string> project(const std::string& text) {
    return {{"package.py", "name = 'shottool'\nversion = '0.1'\n" + text}};
  }
  Settings with_rez() { return {folder / "environments", *tools_, config, execute, clock}; }
  Result<Provided> resolve(const std::string& text) { return provide(chosen(project(text)), with_rez()); }

  std::string fault_of(const std::string& text) {
    const auto provided = resolve(text);
    if (!provided) return "error: " + provided.error().describe();
    if (!provided->fault) return "no fault: " + provided->log;
    return provided->fault->code + ": " + provided->fault->message;
  }
  static std::string variable(const Environment& environment, std::string_view name) {
    for (const auto& [each, value] : environment.built.variables)
      if (each == name) return value;
    return "not set";
  }

  const checks::Toolbox* tools_ = nullptr;
};

TEST_F(RealRez, ResolvesWhatThePackageRequiresAndAJobImportsIt) {
  const auto provided = resolve("requires = ['shotlib-1']\n");
  ASSERT_TRUE(provided) << provided.error().describe();
  ASSERT_TRUE(provided->environment) << provided->log << (provided->fault ? provided->fault->message : "");
  const Environment& environment = *provided->environment;
  EXPECT_EQ(environment.built.python, "/usr/bin/python3");
  EXPECT_THAT(environment.built.packages, ElementsAre(Pair("mathlib", "1.5.0"), Pair("shotlib", "1.2.0")));
  EXPECT_EQ(variable(environment, "PYTHONPATH"), "/opt/rez/1/mathlib/1.5.0/python:/opt/rez/1/shotlib/1.2.0/python")
      << "in rez's order";
  EXPECT_EQ(variable(environment, "SHOTLIB_HOME"), "/opt/rez/1/shotlib/1.2.0");
  EXPECT_EQ(variable(environment, "REZ_SHOTLIB_ROOT"), "/opt/rez/1/shotlib/1.2.0");
  EXPECT_EQ(in_job(environment,
                   "import os, shotlib, mathlib\nprint(shotlib.__file__, mathlib.version)\n"
                   "try: open(os.environ['SHOTLIB_HOME'] + '/x', 'w')\nexcept OSError as e: print(e.strerror)"),
            "/opt/rez/1/shotlib/1.2.0/python/shotlib.py 1.5.0\nRead-only file system\n");
}

TEST_F(RealRez, TakesTheFirstVariantAndWhatTestsRequireAndNothingOfTheBuild) {
  release("cmake", "3.0");
  release("checker", "1.0");
  release("linter", "1.0");
  const auto provided = resolve(
      "requires = ['mathlib']\nbuild_requires = ['cmake']\nvariants = [['shotlib-1.0'], ['shotlib-2']]\n"
      "tests = {'unit': {'command': 'pytest', 'requires': ['checker']}, "
      "'lint': {'command': 'linter', 'requires': ['linter']}}\n");
  ASSERT_TRUE(provided && provided->environment) << (provided ? provided->log : provided.error().describe());
  EXPECT_THAT(provided->environment->built.packages,
              ElementsAre(Pair("checker", "1.0"), Pair("mathlib", "1.5.0"), Pair("shotlib", "1.0.0")));
}

TEST_F(RealRez, PrefersTheFirstFolder) {
  release("mathlib", "2.3.0", "", "site");
  const auto provided = resolve("requires = ['mathlib-2']\n");
  ASSERT_TRUE(provided && provided->environment);
  EXPECT_EQ(variable(*provided->environment, "MATHLIB_HOME"), "/opt/rez/0/mathlib/2.3.0");
}

TEST_F(RealRez, AReleaseGivesANewEnvironmentAndNothingElseDoes) {
  const std::string text = "requires = ['shotlib-1']\n";
  ASSERT_TRUE(resolve(text));
  const auto again = resolve(text);
  ASSERT_TRUE(again && again->environment);
  EXPECT_TRUE(again->kept);
  release("shotlib", "1.3.0", "requires = ['mathlib-1']\n");
  const auto released = resolve(text);
  ASSERT_TRUE(released && released->environment);
  EXPECT_FALSE(released->kept);
  EXPECT_THAT(released->environment->built.packages, ElementsAre(Pair("mathlib", "1.5.0"), Pair("shotlib", "1.3.0")));
}

TEST_F(RealRez, ExplainsWhatCannotBeResolved) {
  EXPECT_EQ(fault_of("requires = ['shotlib-1', 'mathlib-2']\n"),
            "ENV020: what package.py requires cannot be had together: package.py asks for mathlib-2 and shotlib-1.2.0 "
            "asks for "
            "mathlib-1");
  EXPECT_EQ(fault_of("requires = ['nosuch-1']\n"),
            "ENV021: package.py needs the rez package nosuch, which the studio's package folders do not have");
  EXPECT_EQ(fault_of("requires = ['shotlib-9']\n"),
            "ENV022: no version of shotlib fits shotlib-9; the studio's package folders have 1.0.0, 1.2.0, 2.0.0");
  EXPECT_EQ(fault_of("requires = []\nimport nosuch\n"),
            "ENV023: package.py cannot be read by rez: No module named 'nosuch' (package.py, line 4)");
  EXPECT_THAT(fault_of("requires = ['a b c']\n"), HasSubstr("ENV023: package.py cannot be read by rez: "));
  EXPECT_THAT(fault_of("requires = [\n"), HasSubstr("was never closed (package.py, line 3)"));
  release("broken", "1.0", "def late():\n    pass\n");
  folder.write("studio/broken/1.0/package.py",
               "name = 'broken'\nversion = '1.0'\ndef commands():\n    nothing.here()\n");
  EXPECT_THAT(fault_of("requires = ['broken']\n"), HasSubstr("ENV024: the commands() of a resolved package stop: "));
}

TEST_F(RealRez, SaysThatAPythonOfThePackagesHasNoPytest) {
  release_python("3.9", "exit 1");
  EXPECT_THAT(fault_of("requires = ['python']\n"), HasSubstr("ENV025: the resolved packages hold no pytest"));
}

TEST_F(RealRez, LessonsExamplesAreExplainedByTheirCode) {
  const auto book = teaching::LessonBook::load(GREENROOM_SOURCE_DIR "/templates/lessons");
  ASSERT_TRUE(book) << book.error().describe();
  release_python("3.9", "exit 1");
  release_python("3.11", "exec /usr/bin/python3 \"$@\"");
  int proved = 0;
  for (const auto& lesson : book->all()) {
    if (lesson.tool != "environment" || lesson.codes.at(0) < "ENV020") continue;
    // What a package's commands do shows where it is needed.
    const auto code_of = [&](const std::string& example) {
      if (lesson.codes[0] != "ENV024") return fault_of(example).substr(0, 8);
      folder.write("studio/brush/1.0/package.py", "name = 'brush'\nversion = '1.0'\n" + example);
      const std::string code = fault_of("requires = ['brush']\n").substr(0, 8);
      fs::remove_all(folder / "studio/brush");
      return code;
    };
    EXPECT_EQ(code_of(lesson.bad_example), lesson.codes[0] + ": ") << lesson.id;
    EXPECT_EQ(code_of(lesson.good_example), "no fault") << lesson.id;
    ++proved;
  }
  EXPECT_EQ(proved, 6);
}

TEST_F(RealRez, RunsTestsWithThePythonOfThePackages) {
  release_python("3.11", "exec /usr/bin/python3 \"$@\"");
  const auto provided = resolve("requires = ['python', 'mathlib-1']\n");
  ASSERT_TRUE(provided && provided->environment) << (provided ? provided->log : provided.error().describe());
  EXPECT_EQ(provided->environment->built.python, "/opt/rez/1/python/3.11/bin/python");
  EXPECT_EQ(in_job(*provided->environment, "import mathlib; print(mathlib.version)"), "1.5.0\n");
}

TEST_F(RealRez, KeepsWhatPackagesMayNotDecideFromJobs) {
  folder.write("studio/greedy/1.0/package.py",
               "name = 'greedy'\nversion = '1.0'\ndef commands():\n    env.LD_PRELOAD = '/tmp/x.so'\n"
               "    env.LD_LIBRARY_PATH.append('/tmp')\n    env.HOME = '/x'\n    env.PYTHONSTARTUP = '/x'\n"
               "    env.PATH.append('.')\n    env.PATH.append('{root}/bin')\n    env.GREEDY = 'yes'\n");
  const auto provided = resolve("requires = ['greedy']\n");
  ASSERT_TRUE(provided && provided->environment) << (provided ? provided->log : provided.error().describe());
  const Environment& environment = *provided->environment;
  for (const char* name : {"LD_PRELOAD", "LD_LIBRARY_PATH", "HOME", "PYTHONSTARTUP", "REZ_USED_TIMESTAMP"})
    EXPECT_EQ(variable(environment, name), "not set") << name;
  EXPECT_EQ(variable(environment, "GREEDY"), "yes");
  EXPECT_EQ(variable(environment, "PATH"),
            "/opt/rez/1/greedy/1.0/bin:/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin");
}

// "http://127.0.0.1:4711/simple/" → "4711"
std::string port_of(const std::string& url) {
  const auto colon = url.rfind(':') + 1;
  return url.substr(colon, url.find('/', colon) - colon);
}

TEST_F(RealRez, RunsPackagePyWhereItReachesNothing) {
  const std::string text =
      "requires = ['mathlib-1']\nimport os, socket\n"
      "open('/tmp/mine', 'w').close()\n"
      "for path in ('/work/x', '/opt/rez/1/x', '/usr/x', '/greenroom/x'):\n"
      "    try:\n        open(path, 'w')\n        raise SystemExit('wrote ' + path)\n    except OSError:\n        "
      "pass\n"
      "try:\n    socket.create_connection(('127.0.0.1', " +
      port_of(index.url()) + "), 1)\n    raise SystemExit('connected')\nexcept OSError:\n    pass\n";
  const auto provided = resolve(text);
  ASSERT_TRUE(provided && provided->environment) << (provided ? provided->log : provided.error().describe());
  EXPECT_EQ(index.requests(), 0u);
}

}  // namespace
}  // namespace greenroom::environment
