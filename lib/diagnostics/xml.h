#pragma once
// Bounded XML on pugixml, which resolves no DTD and no external entity. Inside of lib/diagnostics only.

#include <optional>
#include <pugixml.hpp>
#include <string_view>

namespace greenroom::diagnostics {

// False when it is no XML, larger than 32 MiB, nested deeper than 64 levels, or carries a DTD.
bool load_xml(std::string_view text, pugi::xml_document& document);

}  // namespace greenroom::diagnostics
