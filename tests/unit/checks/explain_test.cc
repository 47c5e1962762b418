// What the real tools printed over locks that give no environment, kept in environment_output/ as they printed it over
// an index on loopback; and the sentence for the lock's author.

#include "lib/checks/providers/explain/explain.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace greenroom::checks {
namespace {

const std::filesystem::path kFolder =
    std::filesystem::path(GREENROOM_SOURCE_DIR) / "tests/unit/checks/environment_output";

std::string printed(const std::string& name) {
  std::ifstream stream(kFolder / (name + ".txt"), std::ios::binary);
  EXPECT_TRUE(stream) << name;
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string explained(const std::string& name, const std::string& output) {
  EnvironmentPlan plan;
  const bool uv = name.starts_with("uv-"), pipenv = name.starts_with("pipenv-");
  plan.lock = uv ? "uv.lock" : pipenv ? "Pipfile.lock" : "requirements.txt";
  const auto fault = (uv ? explain_uv : pipenv ? explain_pipenv : explain_pip)(plan, output);
  return fault ? fault->code + " " + fault->message : "nothing";
}

struct Story {
  std::string name, sentence;
};
const std::vector<Story>& stories() {
  static const std::vector<Story> all{
      {"pip-version",
       "ENV001 requirements.txt asks for studio-frames==9.0, which the package index does not have; it has 1.0 and "
       "2.0"},
      {"pip26-version",
       "ENV001 requirements.txt asks for studio-frames==9.0, which the package index does not have; it has 1.0 and "
       "2.0"},
      {"pip-package", "ENV002 requirements.txt asks for shot-namng, and the package index has no package of that name"},
      {"pip-conflict", "ENV003 wants-old 1.0 needs studio-frames<2, but wants-new 1.0 needs studio-frames>=2"},
      {"pip26-conflict", "ENV003 wants-old 1.0 needs studio-frames<2, but wants-new 1.0 needs studio-frames>=2"},
      {"pip-conflict-of-one",
       "ENV003 requirements.txt asks for studio-frames==1.0, but wants-new 1.0 needs studio-frames>=2"},
      {"pip-constraint",
       "ENV003 requirements.txt asks for studio-frames==1.0, but requirements.txt allows only studio-frames==2.0"},
      {"pip-source-only",
       "ENV004 requirements.txt asks for only-source==1.0, which the package index does not have as a wheel for this "
       "machine"},
      {"pip-other-platform",
       "ENV004 requirements.txt asks for mac-only, which the package index does not have as a wheel for this machine"},
      {"pip-hash",
       "ENV005 the package index's file of studio-frames==1.0 does not have the hash that stands in requirements.txt"},
      {"pip26-hash",
       "ENV005 the package index's file of studio-frames==1.0 does not have the hash that stands in requirements.txt"},
      {"pip-hash-missing", "ENV005 requirements.txt has hashes for some of its packages only"},
      {"pip-python", "ENV006 requirements.txt asks for for-later, which needs Python >=3.99"},
      {"pip-python-of-this-version", "ENV006 requirements.txt asks for for-later-too==2.0, which needs Python >=3.99"},
      {"pip-unreadable", "ENV008 requirements.txt holds \"studio-frames == = 1\", which is not a requirement"},
      {"pip26-unreadable", "ENV008 requirements.txt holds \"studio-frames == = 1\", which is not a requirement"},
      {"pip-marker", "ENV008 pip cannot read requirements.txt"},
      {"pip-not-text", "ENV008 pip cannot read requirements.txt"},
      {"pip-refused", "nothing"},
      {"pip-unwell", "nothing"},

      {"uv-version", "ENV001 uv.lock asks for studio-frames==9.0, which the package index does not have"},
      {"uv-package", "ENV002 uv.lock asks for shot-namng==1.0, and the package index has no package of that name"},
      {"uv-conflict", "ENV003 uv.lock asks for studio-frames==1.0, but also for studio-frames==2.0"},
      {"uv-source-only",
       "ENV004 uv.lock asks for only-source==1.0, which the package index does not have as a wheel for this machine"},
      {"uv-other-platform",
       "ENV004 uv.lock asks for mac-only==1.0, which the package index does not have as a wheel for this machine"},
      {"uv-hash",
       "ENV005 the package index's file of studio-frames==1.0 does not have the hash that stands in uv.lock"},
      {"uv-hash-missing", "ENV005 uv.lock has no hash for studio-frames==1.0"},
      {"uv-python", "ENV006 uv.lock asks for for-later==1.0, which needs Python >=3.99"},
      {"uv-python-of-project", "ENV006 pyproject.toml needs Python >=3.12, and this machine has 3.11.2"},
      {"uv-stale", "ENV007 uv.lock was made from an older pyproject.toml; `uv lock` renews it"},
      {"uv-stale-added", "ENV007 uv.lock was made from an older pyproject.toml; `uv lock` renews it"},
      {"uv-stale-removed", "ENV007 uv.lock was made from an older pyproject.toml; `uv lock` renews it"},
      {"uv-unreadable-project", "ENV008 uv cannot read pyproject.toml: TOML parse error at line 6, column 3"},
      {"uv-unreadable-lock", "ENV008 uv cannot read uv.lock: TOML parse error at line 34, column 3"},
      {"uv-lock-not-text", "ENV008 uv cannot read uv.lock"},
      {"uv-lock-of-another-time", "ENV008 uv.lock was made by a uv whose format this machine's uv does not know"},
      {"uv-fits", "nothing"},
      {"uv-refused", "nothing"},
      {"uv-unwell", "nothing"},

      {"pipenv-version",
       "ENV001 Pipfile.lock asks for studio-frames==9.0, which the package index does not have; it has 1.0 and 2.0"},
      {"pipenv-package",
       "ENV002 Pipfile.lock asks for shot-namng==1.0, and the package index has no package of that name"},
      {"pipenv-source-only",
       "ENV004 Pipfile.lock asks for only-source==1.0, which the package index does not have as a wheel for this "
       "machine"},
      {"pipenv-other-platform",
       "ENV004 Pipfile.lock asks for mac-only==1.0, which the package index does not have as a wheel for this machine"},
      {"pipenv-hash",
       "ENV005 the package index's file of studio-frames==1.0 does not have the hash that stands in Pipfile.lock"},
      {"pipenv-python", "ENV006 Pipfile.lock asks for for-later==1.0, which needs Python >=3.99"},
      {"pipenv-stale", "ENV007 Pipfile.lock was made from an older Pipfile; `pipenv lock` renews it"},
      {"pipenv-unreadable-pipfile", "ENV008 pipenv cannot read Pipfile: Invalid key \"x x\" at line 2 col 3"},
  };
  return all;
}

TEST(Explain, SaysOfEachRealOutputWhatItsAuthorCanDo) {
  for (const Story& story : stories())
    EXPECT_EQ(explained(story.name, printed(story.name)), story.sentence) << story.name;
}

TEST(Explain, EveryKeptOutputHasItsSentence) {
  std::set<std::string> told, kept;
  for (const Story& story : stories()) told.insert(story.name);
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) kept.insert(entry.path().stem().string());
  EXPECT_EQ(told, kept);
}

// pip prints the same over all of them; its log decides, and without it nobody is told that a package does not exist.
TEST(Explain, BlamesNoLockForWhatPipDoesNotTell) {
  const std::string said =
      "ERROR: Could not find a version that satisfies the requirement a (from versions: none)\n"
      "ERROR: No matching distribution found for a\n";
  const std::string page = "http://index/simple/a/";
  EXPECT_EQ(explained("pip-", said), "nothing");
  EXPECT_EQ(explained("pip-", said + "Could not fetch URL http://index/simple/ab/: 404 Client Error"), "nothing");
  EXPECT_EQ(explained("pip-", said + "Could not fetch URL " + page + ": 503 Server Error"), "nothing");
  EXPECT_EQ(explained("pip-", said + "Could not fetch URL " + page + ": 404 Client Error").substr(0, 6), "ENV002");
  EXPECT_EQ(explained("pip-", said + "Could not fetch URL " + page + ": 404 Client Error\nCould not fetch URL " + page +
                                  ": 503 Server Error"),
            "nothing");
}

// One version may have a wheel, and the one that is asked for none.
TEST(Explain, LooksForTheWheelOfTheVersionThatIsAskedFor) {
  const std::string said =
      "ERROR: Could not find a version that satisfies the requirement a==3.0 (from versions: 1.0)\n";
  const auto skipped = [](const std::string& file) {
    return "Skipping link: No sources permitted for a: http://i/files/" + file + " (from http://i/simple/a/)\n";
  };
  EXPECT_EQ(explained("pip-", said + skipped("a-3.0.tar.gz")).substr(0, 6), "ENV004");
  EXPECT_EQ(explained("pip-", said + skipped("a-2.0.tar.gz")).substr(0, 6), "ENV001");
}

TEST(Explain, SurvivesARequirementOfNothingButSigns) {
  for (const std::string requirement : {"studio-frames==", "studio-frames===", "=="})
    EXPECT_THAT(explained("pip", "ERROR: Could not find a version that satisfies the requirement " + requirement +
                                     " (from versions: 1.0)"),
                ::testing::Not(::testing::HasSubstr("\n")));
}

TEST(Explain, ShowsNothingThatCouldBeMoreThanText) {
  const std::string odd = "ERROR: Could not find a version that satisfies the requirement a==1\x1b[2J\x07" +
                          std::string(5000, 'x') + " (from versions: 1.0)\nERROR: Cannot";
  EXPECT_EQ(explained("pip-", odd), "nothing");  // the line is cut before it names the versions
  const auto colour =
      explained("uv-", "  cause: Because there is no version of a==\x1b[31m1\xff and you require a, we\n");
  EXPECT_EQ(colour, "ENV001 uv.lock asks for a==\\x1b[31m1\\xff, which the package index does not have");
  const auto many = explained("uv-", "Hash mismatch for `" + std::string(3000, 'y') + "`");
  EXPECT_LT(many.size(), 250u);
}

}  // namespace
}  // namespace greenroom::checks
