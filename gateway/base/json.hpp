#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateway/base/result.hpp"

/// JSON values for requests, events and machine-readable output. Numbers are 64-bit integers: nothing that
/// duenotice records is a fraction, and a fraction in a request is a type error there. Reading is bounded
/// (limits.hpp) and strict: UTF-8, no duplicate keys. Writing is canonical (RFC 8785), so equal values have
/// equal bytes.

namespace duenotice {

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::map<std::string, Json, std::less<>>;
  /// A number that is not a 64-bit integer, kept as it was written so that it can be named and refused.
  struct Fraction {
    std::string text;
    bool operator==(const Fraction&) const = default;
  };

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  Json(int value) : value_(std::int64_t{value}) {}
  Json(std::int64_t value) : value_(value) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}
  Json(Fraction value) : value_(std::move(value)) {}
  static Json object() { return Json(Object{}); }
  static Json array() { return Json(Array{}); }

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* as_bool() const { return std::get_if<bool>(&value_); }
  const std::int64_t* as_integer() const { return std::get_if<std::int64_t>(&value_); }
  const Fraction* as_fraction() const { return std::get_if<Fraction>(&value_); }
  const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }
  Array* as_array() { return std::get_if<Array>(&value_); }
  Object* as_object() { return std::get_if<Object>(&value_); }

  /// The member of an object, or null when there is none (or this is no object).
  const Json* find(std::string_view key) const;
  /// The member of an object, made if it is not there. A null value becomes an object first.
  Json& operator[](std::string_view key);
  /// Adds to an array. A null value becomes an array first.
  void push_back(Json element);

  bool operator==(const Json&) const = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, Fraction, std::string, Array, Object> value_;
};

/// Why a text was not taken as JSON.
struct JsonError {
  enum class Reason {
    not_utf8,
    not_json,
    too_deep,
    too_many_values,
    string_too_long,
    duplicate_key,
    number_too_large,  ///< beyond what a double can hold, such as 1e999
  };
  Reason reason = Reason::not_json;
  std::string pointer;  ///< RFC 6901, to the value at fault; empty for the whole text
  std::string message;
};

/// Reads one JSON text (RFC 8259) within the limits; nothing recursive touches it before they hold.
Result<Json, JsonError> parse_json(std::string_view text);

/// RFC 8785. Asserts that the value holds no fraction.
std::string canonical_json(const Json& value);
/// The same content, indented by two spaces, for people; key order as in the canonical form.
std::string pretty_json(const Json& value);

/// Appends `text` as a JSON string with its quotes, as both write it.
void append_json_string(std::string_view text, std::string& out);

/// RFC 6901: `token` with `~` and `/` escaped, to be put behind a `/`.
std::string json_pointer_token(std::string_view token);

}  // namespace duenotice
