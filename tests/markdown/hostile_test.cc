// Whatever strangers write, what the bot makes of it has the structure of its template, and nothing in it is alive.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "lib/base/text.h"
#include "lib/review/review.h"
#include "lib/review/unseen.h"
#include "tests/markdown/kinds.h"
#include "tests/markdown/rendered.h"

namespace greenroom::testing {
namespace {

const Secret kKey("a key");
constexpr std::size_t kMostBytes = 65'535;  // GitHub refuses a comment beyond

// What GitHub and others make a ping or a link of, in text that Markdown is done with.
std::set<std::string> alive_in(const Node& tree) {
  static const std::regex live(
      R"(@[A-Za-z0-9_]|#[0-9]|[gG][hH]-[0-9]|\b[A-Z][A-Z0-9]+-[0-9]|\b[0-9a-f]{7,40}\b|https?://|ftp://|[wW]{3}\.)");
  std::set<std::string> found;
  for (const auto& text : prose_of(tree)) {
    for (auto at = std::sregex_iterator(text.begin(), text.end(), live); at != std::sregex_iterator(); ++at)
      found.insert(at->str() + " in " + text.substr(0, 200));
  }
  return found;
}

// Lines that a bot which reads the source would obey. What stands in a fence is the project's code, shown as it is.
std::vector<std::string> commands_in(const std::string& markdown) {
  std::vector<std::string> out;
  std::string open;
  for (const auto line : split_lines(markdown)) {
    const auto text = trim(line);
    const auto ticks = std::min(text.find_first_not_of('`'), text.size());
    if (open.empty() && ticks >= 3)
      open = text.substr(0, ticks);
    else if (!open.empty() && text == open)
      open.clear();
    else if (open.empty() && text.starts_with('/'))
      out.emplace_back(text);
  }
  return out;
}

class Posted {
 public:
  Posted(const std::string& markdown, const std::string& slot)
      : body_(review::with_marker(markdown, slot, kKey)), slot_(slot) {
    const auto html = html_of(body_);
    EXPECT_TRUE(html) << html.error().describe();
    const auto tree = tree_of(html.value_or(""));
    EXPECT_TRUE(tree) << tree.error().describe() << "\n" << body_.substr(0, 3000);
    tree_ = tree.value_or(Node{});
    alive_ = alive_in(tree_);
  }
  const std::set<std::string>& alive() const { return alive_; }

  void expect_inert() const {
    EXPECT_TRUE(is_utf8(body_));
    EXPECT_LE(body_.size(), kMostBytes);
    EXPECT_EQ(review::find_marker(body_, kKey), slot_);
    const auto names = names_of(tree_);
    EXPECT_EQ(std::count(names.begin(), names.end(), "!"), 1) << "one marker\n" << body_;
    EXPECT_EQ(std::count(names.begin(), names.end(), "img"), 0);
    EXPECT_THAT(commands_in(body_), ::testing::IsEmpty());
  }
  // Against what the same template makes of a friend's words.
  void expect_alive_like(const Posted& calm) const {
    EXPECT_EQ(alive_, calm.alive_) << body_;
    EXPECT_EQ(addresses_of(tree_), addresses_of(calm.tree_)) << body_;
  }
  void expect_built_like(const Posted& calm) const {
    EXPECT_EQ(structure_of(tree_), structure_of(calm.tree_)) << body_;
  }
  void expect_whole(const std::vector<std::string>& codes) const {
    const auto blocks = code_blocks_of(tree_);
    for (const auto& code : codes) {
      auto shown = review::show_unseen(code);
      if (!shown.ends_with('\n')) shown += '\n';
      EXPECT_THAT(blocks, ::testing::Contains(shown)) << body_;
    }
  }

 private:
  std::string body_, slot_;
  Node tree_;
  std::set<std::string> alive_;
};

class EveryKind : public ::testing::TestWithParam<Kind> {};

TEST_P(EveryKind, StaysWhatItIsWhateverStrangersWrite) {
  const auto& kind = GetParam();
  const auto friendly = kind.make(calm_words()).markdown;
  const Posted calm(friendly, kind.slot);
  calm.expect_inert();
  for (const auto& [name, text] : hostile_texts()) {
    SCOPED_TRACE(name);
    const auto made = kind.make(everywhere(text));
    if (made.markdown == friendly) continue;  // it has no words of strangers
    const Posted posted(made.markdown, kind.slot);
    posted.expect_inert();
    posted.expect_alive_like(calm);
    if (text.size() > kLongText) continue;
    posted.expect_built_like(calm);
    posted.expect_whole(made.codes);
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, EveryKind, ::testing::ValuesIn(all_kinds()),
                         [](const auto& info) { return info.param.name; });

TEST(EveryLesson, IsOneNoteWhateverTheToolSays) {
  ASSERT_GT(lessons().all().size(), 50u);
  for (const auto& lesson : lessons().all()) {
    SCOPED_TRACE(lesson.id);
    const Posted calm(note_of(lesson, calm_words()), "thread/f1");
    const Posted posted(note_of(lesson, everywhere(everything_hostile())), "thread/f1");
    for (const auto* one : {&calm, &posted}) one->expect_inert();
    posted.expect_alive_like(calm);
    posted.expect_built_like(calm);
    EXPECT_THAT(calm.alive(), ::testing::IsEmpty()) << "a lesson pings nobody";
  }
}

}  // namespace
}  // namespace greenroom::testing
