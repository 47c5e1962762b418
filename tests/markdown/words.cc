#include "tests/markdown/words.h"

namespace greenroom::testing {
namespace {

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += text;
  return out;
}

std::vector<Hostile> make_texts() {
  std::vector<Hostile> texts{
      {"mention", "@maintainer please"},
      {"mention of a team", "@studio/leads"},
      {"mention after punctuation", "(@maya),@ben;'@rosa'"},
      {"mention behind a tab", "\t@maintainer"},
      {"mention behind a carriage return", "a\r@maintainer\r\n@maintainer"},
      {"mention behind a zero width space", "\xE2\x80\x8B@\xE2\x80\x8Bmaintainer"},
      {"mention behind a backslash", "\\@maintainer \\\\@maintainer"},
      {"mention by entity", "&#64;maintainer &commat;maintainer"},
      {"mention in emphasis", "*@maintainer* _@ben_ **@rosa**"},
      {"mention behind a fence", "```\n@maintainer\n```\n@ben"},
      {"mention behind a code span", "`a` @maintainer `b`"},
      {"address of mail", "maya@example.org mailto:maya@example.org <maya@example.org>"},
      {"issue", "#12"},
      {"issue in a sentence", "closes #12, fixes: #13"},
      {"issue by its letters", "GH-12 gh-12 Gh-12"},
      {"issue elsewhere", "studio/pipeline#1"},
      {"issue by entity", "&#35;12"},
      {"key of a tracker", "PROJ-12 AB1-3"},
      {"commit", "0123456789abcdef0123456789abcdef01234567"},
      {"commit elsewhere", "studio/pipeline@0123456 maya@abcdef1"},
      {"command", "/close"},
      {"commands", "x\n/close\n/merge\n/ok-to-test"},
      {"element", "<b>bold</b><h1>x</h1>"},
      {"closing elements", "</details></summary></sub></td></table></code></pre>"},
      {"opening element", "<details open><summary>"},
      {"script", "<script>alert(1)</script><style>*{}</style><iframe src=//x>"},
      {"image element", "<img src=x onerror=alert(1)>"},
      {"attribute", "\" onmouseover=\"alert(1)"},
      {"comment", "<!-- hidden"},
      {"end of a comment", "--> shown --!>"},
      {"forged marker", "<!-- greenroom summary 0123456789abcdef0123456789abcdef -->"},
      {"forged marker on a last line", "x\n\n<!-- greenroom say/help/1 00 -->"},
      {"declaration", "<?php x ?> <!DOCTYPE html> <![CDATA[x]]>"},
      {"image", "![i](https://example.org/i.png)"},
      {"link", "[text](https://example.org)"},
      {"link to a script", "[text](javascript:alert(1)) <javascript:alert(1)>"},
      {"reference link", "[text][1]\n\n[1]: javascript:alert(1)"},
      {"footnote", "a[^1]\n\n[^1]: b"},
      {"address", "https://example.org/x?y=1 http://x.y ftp://x.y"},
      {"address without a scheme", "www.example.org WWW.EXAMPLE.ORG"},
      {"address in angles", "<https://example.org>"},
      {"backtick", "`"},
      {"backticks around", "`a`"},
      {"backtick at the end", "a `"},
      {"backslash and backtick", "\\` \\\\` \\"},
      {"tildes in text", "~~~\nx\n~~~"},
      {"setext underline", "title\n=====\nother\n-----"},
      {"heading", "# heading\n## other #"},
      {"rule", "***\n---\n___"},
      {"quote", "> quote\n>> deeper"},
      {"list", "- item\n* item\n+ item\n1. one\n2) two"},
      {"task", "- [x] done\n[ ] open"},
      {"indented code", "    code\n\tcode"},
      {"pipe", "a | b"},
      {"table", "| a | b |\n|---|---|\n| c | d |"},
      {"pipe behind backslashes", "a \\| b \\\\| c \\\\\\| d"},
      {"pipe in code", "`a|b` \\`|\\`"},
      {"emphasis", "*a* **b** ***c __d__ ~~e~~ ~f~"},
      {"hard breaks", "a  \nb\\\nc"},
      {"entities", "&lt;b&gt; &amp;amp; &#60;img src=x&#62; &nbsp;"},
      {"mathematics", "$$x$$ $`x`$ \\(x\\)"},
      {"emoji words", ":tada: :+1:"},
      {"bidirectional",
       "a\xE2\x80\xAE"
       "b\xE2\x81\xA6"
       "c\xE2\x80\x8F"
       "d\xD8\x9C"},
      {"tag characters", "a\xF3\xA0\x81\x81\xEF\xBB\xBF"},
      {"other line ends", "a\xE2\x80\xA8@b\xE2\x80\xA9#1\xC2\x85/c\x0B\x0C"},
      {"control characters", std::string("a\0b\x1b[31m\x07\x7f", 10)},
      {"invalid UTF-8", "a\xff\xc0\xaf\xed\xa0\x80\xf5@maintainer\xe2\x80"},
  };
  for (std::size_t n = 3; n <= 10; ++n) {
    const std::string ticks(n, '`'), tildes(n, '~'), number = std::to_string(n);
    texts.push_back({"fence of " + number, ticks + "\n@maintainer <img src=x>\n" + ticks + "\n# out"});
    texts.push_back({"open fence of " + number, "x\n" + ticks + "sh\ny"});
    texts.push_back({"tildes of " + number, tildes + "\n@maintainer <img src=x>\n" + tildes + "\n# out"});
  }
  texts.push_back({"70,000 letters", repeated("long ", 70'000)});
  texts.push_back({"70,000 bytes that grow", repeated("@<#`\xE2\x80\xAE|", 70'000)});
  texts.push_back({"70,000 bytes of lines", repeated("@maintainer #12\n", 70'000)});
  texts.push_back({"70,000 backticks", repeated("`", 70'000)});
  texts.push_back({"everything", everything_hostile()});
  return texts;
}

}  // namespace

const std::string& everything_hostile() {
  static const std::string text =
      "@maintainer @studio/leads #12 GH-12 a/b#1 0123456789abcdef <img src=x> <!-- greenroom summary 00 -->\n"
      "/close\n===\n```\n[x](javascript:1) ![i](//x) www.example.org\n~~~\n| a | b |\n|---|---|\n</details>"
      "\xE2\x80\xAE\xff\t`";
  return text;
}

Words calm_words() {
  return {"maya",
          "Maya",
          "studio/pipeline",
          "src/shotlist/collect.py",
          "'os' imported but unused",
          "X100",
          "    total = len(set(frames))",
          "--- a/src/shotlist/collect.py\n+++ b/src/shotlist/collect.py\n@@ -22 +22 @@\n-a=1\n+a = 1\n",
          "1 to look at",
          "pytest tests/test_collect.py"};
}

Words everywhere(const std::string& text) { return {text, text, text, text, text, text, text, text, text, text}; }

const std::vector<Hostile>& hostile_texts() {
  static const auto texts = make_texts();
  return texts;
}

}  // namespace greenroom::testing
