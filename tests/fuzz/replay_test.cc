// The kept corpus as ordinary tests: what once was found stays mended, without clang.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "tests/fuzz/targets.h"

namespace greenroom::fuzz {
namespace {

const std::filesystem::path kCorpus = std::filesystem::path(GREENROOM_SOURCE_DIR) / "tests/fuzz/corpus";

std::string content(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class Corpus : public testing::TestWithParam<Target> {};

TEST_P(Corpus, EveryInputPassesThroughItsTarget) {
  int inputs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kCorpus / GetParam().name)) {
    SCOPED_TRACE(entry.path().string());
    GetParam().run(GetParam().name, content(entry.path()));
    ++inputs;
  }
  EXPECT_GT(inputs, 0) << "no corpus for " << GetParam().name;
}

// A pull request may be cut off anywhere; so is each input here.
TEST_P(Corpus, EveryBeginningOfAnInputPassesToo) {
  for (const auto& entry : std::filesystem::directory_iterator(kCorpus / GetParam().name)) {
    const std::string whole = content(entry.path());
    for (std::size_t length = 0; length < whole.size() && length < 512; ++length)
      GetParam().run(GetParam().name, std::string_view(whole).substr(0, length));
  }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus, testing::ValuesIn(all_targets()));

TEST(CorpusFolders, AreOfTargetsThatExist) {
  std::set<std::string> names;
  for (const Target& target : all_targets()) names.insert(target.name);
  for (const auto& entry : std::filesystem::directory_iterator(kCorpus))
    EXPECT_TRUE(names.contains(entry.path().filename())) << entry.path();
}

}  // namespace
}  // namespace greenroom::fuzz
