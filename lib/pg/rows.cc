#include <libpq-fe.h>

#include <charconv>
#include <stdexcept>

#include "lib/base/hash.h"
#include "lib/pg/native.h"

namespace greenroom::pg {
namespace {

const PGresult* native(const void* result) { return static_cast<const PGresult*>(result); }

// Text of a cell, nullopt when null. Asking for a column that is not there is our bug.
std::optional<std::string_view> cell(const void* result, int row, std::string_view column) {
  const int index = PQfnumber(native(result), ("\"" + std::string(column) + "\"").c_str());
  if (index < 0) throw std::logic_error("the query has no column " + std::string(column));
  if (PQgetisnull(native(result), row, index) != 0) return std::nullopt;
  return std::string_view(PQgetvalue(native(result), row, index),
                          static_cast<std::size_t>(PQgetlength(native(result), row, index)));
}

template <class T>
T number(const void* result, int row, std::string_view column) {
  const auto text = cell(result, row, column);
  T value{};
  if (!text) return value;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) {
    throw std::logic_error("column " + std::string(column) + " is not a number: " + std::string(*text));
  }
  return value;
}

std::string array_literal(const std::vector<std::string>& elements) {
  std::string out = "{";
  for (const auto& element : elements) {
    if (out.size() > 1) out += ',';
    out += element;
  }
  return out + "}";
}

}  // namespace

bool Row::is_null(std::string_view column) const { return !cell(result_, row_, column); }

std::string Row::text(std::string_view column) const {
  return std::string(cell(result_, row_, column).value_or(std::string_view{}));
}

std::int64_t Row::integer(std::string_view column) const { return number<std::int64_t>(result_, row_, column); }
double Row::real(std::string_view column) const { return number<double>(result_, row_, column); }
bool Row::boolean(std::string_view column) const { return cell(result_, row_, column) == "t"; }
TimePoint Row::time(std::string_view column) const { return maybe_time(column).value_or(TimePoint{}); }

std::optional<TimePoint> Row::maybe_time(std::string_view column) const {
  const auto text = cell(result_, row_, column);
  if (!text) return std::nullopt;
  const auto parsed = parse_time(*text);
  if (!parsed) throw std::logic_error("column " + std::string(column) + " is not a time: " + std::string(*text));
  return *parsed;
}

std::string Row::bytes(std::string_view column) const {
  const auto text = cell(result_, row_, column);
  if (!text) return {};
  std::string out;
  if (!text->starts_with("\\x") || !from_hex(text->substr(2), out)) {
    throw std::logic_error("column " + std::string(column) + " is not a bytea");
  }
  return out;
}

Rows::Rows(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
int Rows::size() const { return PQntuples(data_->result.get()); }

Row Rows::operator[](int index) const {
  if (index < 0 || index >= size()) throw std::logic_error("the result has no row " + std::to_string(index));
  return Row(data_->result.get(), index);
}

std::int64_t Rows::affected() const {
  const std::string_view text = PQcmdTuples(data_->result.get());
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

std::string text_array(const std::vector<std::string>& values) {
  std::vector<std::string> quoted;
  for (const auto& value : values) {
    std::string& out = quoted.emplace_back("\"");
    for (const char c : value) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return array_literal(quoted);
}

std::string int_array(const std::vector<std::int64_t>& values) {
  std::vector<std::string> texts;
  for (const auto value : values) texts.push_back(std::to_string(value));
  return array_literal(texts);
}

}  // namespace greenroom::pg
