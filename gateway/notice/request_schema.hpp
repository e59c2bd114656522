#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/json.hpp"

namespace duenotice {

/// Where a document leaves the language of the schema.
struct SchemaRefusal {
  std::string pointer;  ///< RFC 6901, into the request
  std::string message;  ///< one sentence that quotes no content
};

/// The published language of a request: `request.schema.json` (JSON Schema draft-07), compiled into the
/// program. The gate in front of the typed decoder: what it refuses is refused.
///
/// Structure is checked by valijson. `format` is checked here with the very functions of field_rules.hpp,
/// because valijson's own date formats run unbounded regular expressions (a long run of digits overflows the
/// stack) and throw on values that are no strings; for the same reason the schema holds no `pattern`.
///
/// Only for documents that `parse_json` let through: it recurses as deep as they are nested. Made once;
/// `refuse` may be called from any thread.
class RequestSchema {
 public:
  /// Reads the schema that is compiled in. A schema that cannot be read is our bug and aborts.
  RequestSchema();
  ~RequestSchema();
  RequestSchema(RequestSchema&&) noexcept;
  RequestSchema& operator=(RequestSchema&&) noexcept;

  /// Empty when the schema accepts `request`.
  std::optional<SchemaRefusal> refuse(const Json& request) const;

  /// The schema file, byte for byte.
  static std::string_view text();

 private:
  struct Compiled;
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace duenotice
