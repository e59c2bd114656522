#include <nlohmann/json.hpp>
#include <optional>

#include "gateway/base/json.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/utf8.hpp"

namespace duenotice {
namespace {

using Reason = JsonError::Reason;

/// nlohmann's json.exception.out_of_range.406: a number that follows the grammar and no double can hold.
constexpr int number_overflow = 406;

/// Builds our value from nlohmann's event parser, which does not recurse, and stops at the first limit.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::optional<JsonError> fault;
  Json root;

  bool null() override { return add(Json()); }
  bool boolean(bool value) override { return add(Json(value)); }
  bool number_integer(number_integer_t value) override { return add(Json(std::int64_t{value})); }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) {
      return add(Json(Json::Fraction{std::to_string(value)}));
    }
    return add(Json(static_cast<std::int64_t>(value)));
  }
  bool number_float(number_float_t, const string_t& text) override { return add(Json(Json::Fraction{text})); }
  bool string(string_t& value) override {
    if (value.size() > limits::json_string_bytes) {
      return fail(
          Reason::string_too_long, here(),
          "a string is longer than " + std::to_string(limits::json_string_bytes) + " bytes; shorten it");
    }
    return add(Json(std::move(value)));
  }
  bool binary(binary_t&) override { return fail(Reason::not_json, here(), "binary values are not JSON"); }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    if (name.size() > limits::json_string_bytes) {
      return fail(Reason::string_too_long, here(), "a member name is too long; shorten it");
    }
    key_ = std::move(name);
    if (open_.back()->find(key_) != nullptr) {
      return fail(Reason::duplicate_key, here(),
                  "the member \"" + key_ + "\" stands twice in one object; keep one");
    }
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception& error) override {
    if (error.id == number_overflow) {
      return fail(Reason::number_too_large, here(),
                  "a number here must be an integer within plus or minus 9007199254740991; write it as a "
                  "string");
    }
    return fail(Reason::not_json, "",
                "the text is not JSON: it breaks off the grammar at byte " + std::to_string(position) +
                    "; send one complete JSON value");
  }

 private:
  bool fail(Reason reason, std::string pointer, std::string message) {
    if (!fault) fault = JsonError{reason, std::move(pointer), std::move(message)};
    return false;
  }

  /// The pointer to the value that is being read.
  std::string here() const {
    std::string pointer;
    for (const std::string& token : path_) pointer += "/" + json_pointer_token(token);
    if (open_.empty()) return pointer;
    const Json::Array* array = open_.back()->as_array();
    return pointer + "/" + (array != nullptr ? std::to_string(array->size()) : json_pointer_token(key_));
  }

  Json* place(Json value) {
    if (open_.empty()) {
      root = std::move(value);
      return &root;
    }
    if (Json::Array* array = open_.back()->as_array()) return &array->emplace_back(std::move(value));
    Json& member = (*open_.back())[key_];
    member = std::move(value);
    return &member;
  }

  bool add(Json value) {
    if (++nodes_ > limits::json_nodes) {
      return fail(Reason::too_many_values, here(),
                  "the document has more than " + std::to_string(limits::json_nodes) + " values; send fewer");
    }
    place(std::move(value));
    return true;
  }

  bool open(Json container) {
    if (static_cast<int>(open_.size()) >= limits::json_depth) {
      return fail(
          Reason::too_deep, "",
          "the document is nested deeper than " + std::to_string(limits::json_depth) + " levels; flatten it");
    }
    if (++nodes_ > limits::json_nodes)
      return fail(Reason::too_many_values, here(), "the document has too many values");
    if (!open_.empty()) {
      const Json::Array* array = open_.back()->as_array();
      path_.push_back(array != nullptr ? std::to_string(array->size()) : key_);
    }
    // A container never moves while it is open: only its own children are added until it is closed.
    open_.push_back(place(std::move(container)));
    return true;
  }

  bool close() {
    open_.pop_back();
    if (!path_.empty()) path_.pop_back();
    return true;
  }

  std::vector<Json*> open_;
  std::vector<std::string> path_;
  std::string key_;
  std::size_t nodes_ = 0;
};

}  // namespace

Result<Json, JsonError> parse_json(std::string_view text) {
  if (!is_utf8(text)) {
    return JsonError{Reason::not_utf8, "", "the body is not UTF-8 text; encode it as UTF-8 (RFC 8259)"};
  }
  if (text.empty()) return JsonError{Reason::not_json, "", "the body is empty; send one JSON value"};
  Builder builder;
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  if (builder.fault) return *builder.fault;
  return std::move(builder.root);
}

}  // namespace duenotice
