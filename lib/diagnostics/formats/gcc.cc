// "path:line:column: severity: message [code]" as gcc, clang, cppcheck --template=gcc and clang-format --dry-run print
// it. Columns are 1-based bytes.

#include "lib/base/text.h"
#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/diagnostics/text_line.h"

namespace greenroom::diagnostics::formats {
namespace {

struct Word {
  std::string_view prefix;
  model::Severity severity;
};
constexpr Word kWords[] = {{"fatal error: ", model::Severity::error}, {"error: ", model::Severity::error},
                           {"warning: ", model::Severity::warning},   {"style: ", model::Severity::info},
                           {"performance: ", model::Severity::info},  {"portability: ", model::Severity::info},
                           {"information: ", model::Severity::info}};

std::string_view take_code(std::string_view& message) {
  if (!message.ends_with(']')) return "";
  const auto open = message.rfind(" [");
  if (open == std::string_view::npos) return "";
  std::string_view code = message.substr(open + 2, message.size() - open - 3);
  if (code.find(' ') != std::string_view::npos) return "";
  message = message.substr(0, open);
  if (code.starts_with("-W")) code.remove_prefix(2);
  return code;
}

void read(Sink& sink, std::string_view output, std::string_view tool) {
  for (const std::string_view line : split_lines(output)) {
    const auto text = read_text_line(line);
    if (!text) continue;
    for (const Word& word : kWords) {
      if (!text->rest.starts_with(word.prefix)) continue;
      std::string_view message = text->rest.substr(word.prefix.size());
      Raw raw;
      raw.path = text->path;
      raw.line = text->line;
      raw.column = text->column;
      raw.unit = ColumnUnit::bytes;
      raw.severity = word.severity;
      raw.code = take_code(message);
      if (tool == "clang-format") raw.code = "format";
      raw.message = message;
      sink.add(raw);
      break;
    }
  }
}

}  // namespace

Parsed parse_gcc(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  read(sink, input.out, input.tool);
  read(sink, input.err, input.tool);
  if (input.exit_code != 0 && sink.empty() && sink.result().dropped == 0)
    sink.crashed(input.tool + " failed without a report");
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
