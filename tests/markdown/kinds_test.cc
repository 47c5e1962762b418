// No text of the bot's without a kind, no kind without its golden files.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include "lib/bot/behaviour.h"
#include "lib/model/effect.h"
#include "lib/review/review.h"
#include "tests/markdown/golden.h"
#include "tests/markdown/kinds.h"
#include "tests/markdown/rendered.h"

namespace greenroom::testing {
namespace {

using Stage = review::Facts::Stage;

std::set<std::string> names() {
  std::set<std::string> out;
  for (const auto& kind : all_kinds()) out.insert(kind.name);
  return out;
}

// A stage, depth or limit that is new does not compile here: it needs a kind.
std::string kind_of(Stage stage) {
  switch (stage) {
    case Stage::waiting: return "summary_waiting";
    case Stage::running: return "summary_running";
    case Stage::done: return "summary_done";
    case Stage::superseded: return "summary_superseded";
    case Stage::dead_letter: return "summary_dead_letter";
    case Stage::closed: return "summary_closed";
    case Stage::merged: return "summary_merged";
  }
  return "";
}
std::string kind_of(teaching::Depth depth) {
  switch (depth) {
    case teaching::Depth::full: return "thread_full";
    case teaching::Depth::brief: return "thread_brief";
    case teaching::Depth::code_only: return "thread_code_only";
  }
  return "";
}
std::string kind_of(model::Limit limit) {
  switch (limit) {
    case model::Limit::none: return "summary_unfinished";
    case model::Limit::time: return "summary_stopped_time";
    case model::Limit::memory: return "summary_stopped_memory";
    case model::Limit::room: return "summary_stopped_room";
  }
  return "";
}
// What an effect brings that a host renders; "" where it is no Markdown. (GitHub reads a check run's words as Markdown:
// its adapter escapes them, and tests/conformance looks at that.)
std::string kind_of(model::EffectKind effect) {
  switch (effect) {
    case model::EffectKind::create_comment: return "help";
    case model::EffectKind::edit_comment: return "summary_done";
    case model::EffectKind::create_thread: return "thread_full";
    case model::EffectKind::reply_thread: return "reply_gone";
    case model::EffectKind::set_status:
    case model::EffectKind::delete_comment:
    case model::EffectKind::resolve_thread:
    case model::EffectKind::unresolve_thread:
    case model::EffectKind::add_label:
    case model::EffectKind::remove_label:
    case model::EffectKind::react:
    case model::EffectKind::assign: return "";
  }
  return "";
}

template <class Enum>
void expect_each(Enum last) {
  const auto known = names();
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const auto kind = kind_of(static_cast<Enum>(i));
    EXPECT_TRUE(kind.empty() || known.contains(kind)) << kind;
  }
}

TEST(Kinds, HoldEveryStageDepthLimitAndEffect) {
  expect_each(Stage::merged);
  expect_each(teaching::Depth::code_only);
  expect_each(model::Limit::room);
  expect_each(model::EffectKind::assign);
}

// How many places of a behaviour's source say something. Whoever adds one gives it a kind, and counts it here.
const std::map<std::string, int> kPlaces{{"approval", 3}, {"buddy", 9},  {"good_first_issue", 3},
                                         {"help", 2},     {"review", 2}, {"welcome", 1}};

int places_in(const std::string& behaviour) {
  const std::string file = GREENROOM_SOURCE_DIR "/lib/bot/behaviours/" + behaviour + "/" + behaviour + ".cc";
  std::ifstream in(file);
  std::string source{std::istreambuf_iterator<char>(in), {}};
  EXPECT_FALSE(source.empty()) << file;
  static const std::regex said(R"(answer\(event,|model::Say\{|model::SetSection\{)");
  static const std::regex taken_back(R"(model::SetSection\{[^}]*, ""\})");
  const auto count = [&](const std::regex& what) {
    return static_cast<int>(std::distance(std::sregex_iterator(source.begin(), source.end(), what), {}));
  };
  return count(said) - count(taken_back);
}

TEST(Kinds, HoldEveryTextOfEveryBehaviour) {
  ASSERT_EQ(bot::all_behaviours().size(), kPlaces.size());
  for (const auto& behaviour : bot::all_behaviours()) {
    const std::string name(behaviour.name);
    ASSERT_TRUE(kPlaces.contains(name)) << name;
    EXPECT_EQ(places_in(name), kPlaces.at(name)) << name << ": a text that is new needs a kind in kinds_bot.cc";
    EXPECT_GE(static_cast<int>(std::count_if(bot_kinds().begin(), bot_kinds().end(),
                                             [&](const Kind& kind) {
                                               const auto prefix = name == "review" ? "run" : name;
                                               return kind.name.starts_with(prefix);
                                             })),
              kPlaces.at(name))
        << name;
  }
}

TEST(Kinds, HaveNamesOfTheirOwn) { EXPECT_EQ(names().size(), all_kinds().size()); }

class GoldenMarkdown : public ::testing::TestWithParam<Kind> {};

TEST_P(GoldenMarkdown, ReadsAsItShould) {
  expect_golden(GetParam().name + ".md", GetParam().make(calm_words()).markdown + "\n");
}

TEST_P(GoldenMarkdown, IsHarmlessHtmlOfHostileWords) {
  const auto html = html_of(GetParam().make(everywhere(everything_hostile())).markdown);
  ASSERT_TRUE(html) << html.error().describe();
  expect_golden(GetParam().name + ".html", *html);
}

INSTANTIATE_TEST_SUITE_P(Of, GoldenMarkdown, ::testing::ValuesIn(all_kinds()),
                         [](const auto& info) { return info.param.name; });

TEST(Goldens, AreThoseOfTheKindsAndNoOthers) {
  const auto known = names();
  for (const auto& file : std::filesystem::directory_iterator(golden_folder()))
    EXPECT_TRUE(known.contains(file.path().stem())) << file.path() << " is of no kind any more";
}

}  // namespace
}  // namespace greenroom::testing
