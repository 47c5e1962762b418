// Checkstyle XML, which many tools can write: <checkstyle><file name><error line column severity message source/>.

#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/diagnostics/xml.h"

namespace greenroom::diagnostics::formats {
namespace {

model::Severity severity_of(std::string_view word) {
  if (word == "error") return model::Severity::error;
  return word == "warning" ? model::Severity::warning : model::Severity::info;
}

}  // namespace

Parsed parse_checkstyle(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  pugi::xml_document document;
  if (!load_xml(input.out, document) || !document.child("checkstyle")) {
    sink.crashed(input.tool + " stopped without a report");
    return sink.take();
  }
  for (const pugi::xml_node& file : document.child("checkstyle").children("file"))
    for (const pugi::xml_node& error : file.children("error")) {
      Raw raw;
      raw.path = file.attribute("name").value();
      raw.line = error.attribute("line").as_llong();
      raw.column = error.attribute("column").as_llong();
      raw.unit = ColumnUnit::code_points;
      raw.severity = severity_of(error.attribute("severity").value());
      raw.code = error.attribute("source").value();
      raw.message = error.attribute("message").value();
      sink.add(raw);
    }
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
