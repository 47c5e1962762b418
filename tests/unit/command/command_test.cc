#include "lib/command/command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace greenroom::command {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<Command> parsed(std::string_view text) { return parse(text, "greenroom"); }

TEST(Command, IsALineThatStartsWithASlash) {
  EXPECT_THAT(parsed("/claim"), ElementsAre(Command{"claim", ""}));
  EXPECT_THAT(parsed("Thanks!\n\n/run flake8 \nbye"), ElementsAre(Command{"run", "flake8"}));
  EXPECT_THAT(parsed("  /Good-First-Issue\r\n"), ElementsAre(Command{"good-first-issue", ""}));
  EXPECT_THAT(parsed("/buddy away until 2026-12-01"), ElementsAre(Command{"buddy", "away until 2026-12-01"}));
}

TEST(Command, IsAlsoAMentionOfTheBot) {
  EXPECT_THAT(parsed("@greenroom run flake8"), ElementsAre(Command{"run", "flake8"}));
  EXPECT_THAT(parsed("@Greenroom /help"), ElementsAre(Command{"help", ""}));
  EXPECT_THAT(parsed("@greenroomy run"), IsEmpty());
  EXPECT_THAT(parsed("@greenroom"), IsEmpty());
  EXPECT_THAT(parse("@ run", ""), IsEmpty());
}

TEST(Command, KeepsTheOrderOfSeveral) {
  EXPECT_THAT(parsed("/claim\n/run tests"), ElementsAre(Command{"claim", ""}, Command{"run", "tests"}));
}

struct Quiet {
  const char* why;
  const char* text;
};

TEST(Command, IsNotSeenWhereMarkdownShowsSomethingElse) {
  const Quiet cases[] = {
      {"in the middle of a line", "please /claim this"},
      {"a path", "/usr/bin/python3 is missing"},
      {"a slash alone", "/ nothing"},
      {"two slashes", "//claim"},
      {"starts with a digit", "/2nd try"},
      {"a quote", "> /claim"},
      {"a quote without a space", ">/claim"},
      {"a nested quote", "> > /claim"},
      {"a quote in a list", "- > /claim"},
      {"right below a quote, which Markdown joins to it", "> said Ben\n/claim"},
      {"a fence", "```\n/claim\n```"},
      {"a fence with a language", "```sh\n/claim\n```"},
      {"a longer fence around a shorter one", "````\n```\n/claim\n````"},
      {"a tilde fence", "~~~\n/claim\n```\n/claim\n~~~"},
      {"a fence in a list item", "- ```\n  /claim\n  ```"},
      {"a fence in a numbered item", "1. ```\n/claim\n```"},
      {"a fence that is never closed", "```\n/claim\n\n/claim"},
      {"indented by four", "    /claim"},
      {"indented by a tab", "\t/claim"},
      {"a code span", "`/claim`"},
      {"a code span over two lines", "see `foo\n/claim\nbar` there"},
      {"a code span of two backticks", "``\n/claim\n``x"},
      {"an HTML comment", "<!-- /claim -->"},
      {"an HTML comment over lines", "<!--\n/claim\n-->"},
      {"an HTML comment never closed", "<!--\n\n/claim"},
      {"a pre element", "<pre>\n/claim\n</pre>"},
      {"a blockquote element", "<BLOCKQUOTE class=x>\n/claim\n</blockquote>"},
      {"an empty text", ""},
  };
  for (const auto& quiet : cases) EXPECT_THAT(parsed(quiet.text), IsEmpty()) << quiet.why;
}

TEST(Command, IsSeenAgainAfterWhatHidIt) {
  const char* texts[] = {
      "> said Ben\n\n/claim",  "```\n/run\n```\n/claim",      "~~~\n```\n~~~\n/claim",   "see `code`\n/claim",
      "<!-- hint -->\n/claim", "<!--\nhint\n-->\n\n/claim",   "<pre>/run</pre>\n/claim", "a ` backtick\n\n/claim",
      "/claim <!-- later -->", "``` not a fence ```\n/claim", "<!-- a --> /claim",
  };
  for (const auto* text : texts) EXPECT_THAT(parsed(text), ElementsAre(Command{"claim", ""})) << text;
}

TEST(Command, KeepsCodeInItsArguments) {
  EXPECT_THAT(parsed("/run `flake8`"), ElementsAre(Command{"run", "`flake8`"}));
}

TEST(Command, IsBounded) {
  std::string many;
  for (int i = 0; i < 40; ++i) many += "/claim\n";
  EXPECT_THAT(parsed(many), SizeIs(kMaxCommands));
  EXPECT_THAT(parsed("/run " + std::string(kMaxArguments, 'x')), SizeIs(1));
  EXPECT_THAT(parsed("/run " + std::string(kMaxArguments + 1, 'x')), IsEmpty());
  EXPECT_THAT(parsed("/" + std::string(41, 'a')), IsEmpty());
  EXPECT_THAT(parsed(std::string(kMaxInput, '\n') + "/claim"), IsEmpty());
  EXPECT_THAT(parsed("/run \xff"), IsEmpty());
}

TEST(Command, OfAnEditedCommentIsOnlyWhatIsNew) {
  EXPECT_THAT(parse_new("/claim", "/claim\n/run", "greenroom"), ElementsAre(Command{"run", ""}));
  EXPECT_THAT(parse_new("/run", "/run\n/run", "greenroom"), ElementsAre(Command{"run", ""}));
  EXPECT_THAT(parse_new("`/run`", "/run", "greenroom"), ElementsAre(Command{"run", ""}));
  EXPECT_THAT(parse_new("/run a", "/run b", "greenroom"), ElementsAre(Command{"run", "b"}));
  EXPECT_THAT(parse_new("/run\n/claim", "/claim\n/run", "greenroom"), IsEmpty());
}

TEST(Command, SuggestsTheVerbThatWasMeant) {
  const std::vector<std::string_view> known{"help", "run", "buddy", "good-first-issue"};
  EXPECT_EQ(nearest("good-frist-issue", known), "good-first-issue");
  EXPECT_EQ(nearest("budy", known), "buddy");
  EXPECT_EQ(nearest("rnu", known), "run");
  EXPECT_EQ(nearest("hepl", known), "help");
  EXPECT_EQ(nearest("no", known), "");
  EXPECT_EQ(nearest("deploy", known), "");
  EXPECT_EQ(nearest("", known), "");
}

}  // namespace
}  // namespace greenroom::command
