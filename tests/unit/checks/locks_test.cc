// uv.lock and Pipfile.lock as plain values: what is to be built, and what is not followed.

#include <gmock/gmock.h>

#include "lib/checks/providers/left_out.h"
#include "lib/checks/providers/provider.h"
#include "tests/unit/checks/view.h"

namespace greenroom::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Base = std::map<std::string, std::string, std::less<>>;

Result<std::optional<EnvironmentPlan>> planned(const Provider& provider, const Base& base) {
  std::vector<std::string> files;
  for (const auto& [name, content] : base) files.push_back(name);
  return provider.plan(
      files,
      [&](std::string_view path) {
        const auto found = base.find(path);
        return found == base.end() ? std::string() : found->second;
      },
      operators());
}

EnvironmentPlan plan_of(const Provider& provider, const Base& base) {
  const auto plan = planned(provider, base);
  EXPECT_TRUE(plan) << plan.error().describe();
  EXPECT_TRUE(plan && *plan);
  return plan && *plan ? **plan : EnvironmentPlan();
}

std::vector<std::string> names_of(const EnvironmentPlan& plan) {
  std::vector<std::string> names;
  for (const auto& [name, content] : plan.sources) names.push_back(name);
  return names;
}

std::string fault_of(const Provider& provider, const Base& base) {
  const auto plan = planned(provider, base);
  EXPECT_FALSE(plan);
  return plan ? "" : plan.error().message;
}

const std::string kUvLock = R"(version = 1
[[package]]
name = "shotlist"
source = { registry = "https://index.example/simple" }
[[package]]
name = "shots"
source = { editable = "." }
[[package]]
name = "gitty"
source = { git = "https://maya:secret@host.example/gitty?rev=main#7c8400f" }
[[package]]
name = "naming"
source = { directory = "libs/naming" }
[[package]]
name = "frames"
source = { url = "https://host.example/frames-1.0-py3-none-any.whl" }
[[package]]
name = "tools"
source = { path = "wheels/tools-1.0-py3-none-any.whl" }
)";

TEST(UvLock, IsBuiltFromTheLockAndEveryProjectFile) {
  const auto plan = plan_of(uv_provider(), {{"uv.lock", kUvLock},
                                            {"pyproject.toml", "[project]\n"},
                                            {"uv.toml", ""},
                                            {"packages/a/pyproject.toml", "[project]\n"},
                                            {"notpyproject.toml", ""},
                                            {"src/shots.py", ""}});
  EXPECT_EQ(plan.provider, "uv");
  EXPECT_EQ(plan.lock, "uv.lock");
  EXPECT_TRUE(plan.pinned);
  EXPECT_THAT(plan.needs, ElementsAre("uv"));
  EXPECT_THAT(names_of(plan), ElementsAre("uv.lock", "uv.toml", "pyproject.toml", "packages/a/pyproject.toml"));
}

TEST(UvLock, NamesWhatComesFromNoIndex) {
  EXPECT_THAT(plan_of(uv_provider(), {{"uv.lock", kUvLock}, {"pyproject.toml", ""}}).left_out,
              ElementsAre("uv.lock: gitty, from git https://host.example/gitty?rev=main#7c8400f",
                          "uv.lock: naming, from the folder libs/naming",
                          "uv.lock: frames, from the address https://host.example/frames-1.0-py3-none-any.whl",
                          "uv.lock: tools, from the file wheels/tools-1.0-py3-none-any.whl"));
}

TEST(UvLock, IsNoneWithoutItsProject) {
  EXPECT_EQ(*planned(uv_provider(), {{"uv.lock", kUvLock}}), std::nullopt);
  EXPECT_EQ(*planned(uv_provider(), {{"pyproject.toml", ""}}), std::nullopt);
  EXPECT_EQ(*planned(uv_provider(), {{"tools/uv.lock", kUvLock}, {"pyproject.toml", ""}}), std::nullopt);
}

TEST(UvLock, SaysWhereItCannotBeRead) {
  EXPECT_THAT(fault_of(uv_provider(), {{"uv.lock", "version = 1\nx x\n"}, {"pyproject.toml", ""}}),
              HasSubstr("uv.lock line 2: "));
  EXPECT_EQ(fault_of(uv_provider(), {{"uv.lock", std::string(kMaxLockBytes + 1, '\n')}, {"pyproject.toml", ""}}),
            "uv.lock: larger than eight megabytes");
  const std::string odd = "package = [1, {name = 2, source = 3}, {source = {git = 4}}, {source = {git = \"a\"}}]";
  EXPECT_THAT(plan_of(uv_provider(), {{"uv.lock", odd}, {"pyproject.toml", ""}}).left_out,
              ElementsAre("uv.lock: a package, from git a"));
}

const std::string kPipfileLock = R"({"_meta": {"hash": {"sha256": "x"}, "sources": []},
 "default": {"shotlist": {"version": "==1.3", "hashes": ["sha256:00"]},
             "gitty": {"git": "ssh://git@host.example/gitty.git", "ref": "7c8400f"}},
 "develop": {"naming": {"path": "libs/naming", "editable": true}, "shots": {"path": ".", "editable": true},
             "frames": {"file": "https://host.example/frames.whl"}},
 "docs": {"theme": {"path": "theme"}}})";

TEST(PipfileLock, IsBuiltFromBothFiles) {
  const auto plan = plan_of(pipenv_provider(), {{"Pipfile.lock", kPipfileLock}, {"Pipfile", "[packages]\n"}});
  EXPECT_EQ(plan.provider, "pipenv");
  EXPECT_EQ(plan.lock, "Pipfile.lock");
  EXPECT_TRUE(plan.pinned);
  EXPECT_THAT(plan.needs, ElementsAre("pipenv", "virtualenv"));
  EXPECT_THAT(names_of(plan), ElementsAre("Pipfile.lock", "Pipfile"));
  EXPECT_THAT(plan.left_out, ElementsAre("Pipfile.lock: gitty, from git ssh://host.example/gitty.git",
                                         "Pipfile.lock: frames, from the address https://host.example/frames.whl",
                                         "Pipfile.lock: naming, from the folder libs/naming"));
}

TEST(PipfileLock, IsNoneWithoutItsPipfile) {
  EXPECT_EQ(*planned(pipenv_provider(), {{"Pipfile.lock", kPipfileLock}}), std::nullopt);
  EXPECT_EQ(*planned(pipenv_provider(), {{"Pipfile", ""}}), std::nullopt);
}

TEST(PipfileLock, SaysWhyItCannotBeRead) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"{\"x\": ", "the text is not JSON"},
      {"[]", "the member _meta is missing"},
      {"{\"_meta\": {}, \"default\": []}", "default is not an object"},
      {"{\"_meta\": {}, \"default\": {\"a\": \"==1\"}}", "a is not an object"}};
  for (const auto& [lock, why] : cases)
    EXPECT_EQ(fault_of(pipenv_provider(), {{"Pipfile.lock", lock}, {"Pipfile", ""}}),
              "Pipfile.lock: " + why + "; `pipenv lock` writes it anew");
}

TEST(LeftOut, RepeatsNoPasswordAndIsBounded) {
  std::vector<std::string> lines;
  leave_out(lines, "uv.lock", "a\x1b", "git", "https://maya:p@ss@host.example:8443/a@b");
  leave_out(lines, "uv.lock", "b", "git", std::string(500, 'x'));
  EXPECT_EQ(lines[0], "uv.lock: a\\x1b, from git https://host.example:8443/a@b");
  EXPECT_LT(lines[1].size(), 120u);
  for (int i = 0; i < 100; ++i) leave_out(lines, "uv.lock", "c", "git", "d");
  EXPECT_EQ(lines.size(), 50u);
}

}  // namespace
}  // namespace greenroom::checks
