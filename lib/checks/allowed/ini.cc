// Reads as Python's configparser does, and writes so that nobody can read it otherwise: every line is the head of an
// allowed section, an allowed key, or, after a tab, more of its value.

#include "lib/base/text.h"
#include "lib/checks/allowed/allowed.h"

namespace greenroom::checks {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// A lone carriage return ends a line for Python too.
std::string with_plain_line_ends(std::string_view content) {
  std::string plain;
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (content[i] != '\r')
      plain += content[i];
    else if (i + 1 == content.size() || content[i + 1] != '\n')
      plain += '\n';
  }
  return plain;
}

class Reader {
 public:
  explicit Reader(const AllowedSettings& settings) : settings_(settings) {}

  void line(std::string_view raw) {
    const std::string_view text = trim(raw);
    if (text.empty() || text[0] == '#' || text[0] == ';') return;
    const std::size_t indent = raw.find_first_not_of(" \t\f\v");
    if (!key_.empty() && indent > indent_) return more(text);
    indent_ = indent;
    const std::size_t end = text.rfind(']');
    if (text[0] == '[' && end != std::string_view::npos && end > 1) return section(text.substr(1, end - 1));
    key(text);
  }
  std::string take() && { return std::move(out_); }

 private:
  void section(std::string_view name) {
    key_.clear();
    in_section_ = allows_section(settings_, name);
    if (in_section_) out_ += "[" + std::string(name) + "]\n";
  }
  void key(std::string_view text) {
    const std::size_t mark = text.find_first_of("=:");
    key_ = trim(text.substr(0, mark));
    kept_ = in_section_ && mark != std::string_view::npos && allows_key(settings_, key_);
    if (kept_) out_ += key_ + " = " + allowed_value(key_, trim(text.substr(mark + 1))) + "\n";
    if (key_.empty()) key_ = "=";  // a key all the same, which goes on in the next line
  }
  void more(std::string_view text) {
    if (const std::string value = allowed_value(key_, text); kept_ && !value.empty()) out_ += "\t" + value + "\n";
  }

  const AllowedSettings& settings_;
  std::string out_, key_;
  std::size_t indent_ = 0;
  bool in_section_ = false, kept_ = false;
};

}  // namespace

std::string allowed_ini(const AllowedSettings& settings, std::string_view content) {
  if (content.starts_with(kByteOrderMark)) content.remove_prefix(kByteOrderMark.size());
  const std::string plain = with_plain_line_ends(content);
  Reader reader(settings);
  for (const std::string_view line : split_lines(plain)) reader.line(line);
  return std::move(reader).take();
}

}  // namespace greenroom::checks
