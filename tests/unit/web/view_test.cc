#include "lib/web/view.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace greenroom::web {
namespace {

TEST(View, ShowsWhatNobodySeesWhoeverWroteIt) {
  struct Case {
    std::string given, shown;
  };
  for (const auto& [given, shown] : {
           Case{"Maya O’Hara 🎬 ‘a’\tb\nc", "Maya O’Hara 🎬 ‘a’\tb\nc"},
           Case{"", ""},
           Case{"pay\u202Elld.exe", "pay‹U+202E›lld.exe"},
           Case{"a\u200Bb\u2066c\uFEFF", "a‹U+200B›b‹U+2066›c‹U+FEFF›"},
           Case{"\x1b[31mred", "‹U+001B›[31mred"},
           Case{"over\rwritten\r\n", "over‹U+000D›written\n"},
           Case{"bad\xff", "bad\uFFFD"},
       }) {
    View view;
    view.set("WORDS", given).everywhere("CSRF", given);
    EXPECT_EQ(view.text("WORDS"), shown);
    EXPECT_EQ(view.texts_everywhere().at("CSRF"), shown);
  }
}

TEST(View, KeepsWhatABrowserSendsBackAsItIs) {
  View view;
  view.send_back("NAME_VALUE", "odd\u200Blabel");
  EXPECT_EQ(view.text("NAME_VALUE"), "odd\u200Blabel");
}

TEST(View, TakesNoTextForHtmlNorForWhatIsSentBack) {
  View view;
  EXPECT_THROW(view.set("BODY_HTML", "text"), std::logic_error);
  EXPECT_THROW(view.set("NAME_VALUE", "text"), std::logic_error);
  EXPECT_THROW(view.everywhere("NAME_VALUE", "text"), std::logic_error);
  EXPECT_THROW(view.set("BODY", Html{"<p>"}), std::logic_error);
  EXPECT_THROW(view.send_back("NAME", "text"), std::logic_error);
}

}  // namespace
}  // namespace greenroom::web
