#pragma once
#include <string_view>

#include "gateway/notice/rejection.hpp"

/// What a string in a request must look like, each rule in one place: the schema's `format` words and the
/// typed decoder both come here, so that they cannot drift apart.

namespace duenotice {

struct TextRule {
  std::string_view format;  ///< its word in request.schema.json
  bool (*accepts)(std::string_view text);
  RejectionCode code;       ///< when it does not
  std::string_view demand;  ///< continues the sentence "the field … must …"
};

namespace rules {
extern const TextRule
    identifier;  ///< an index key: not empty, at most limits::identifier_bytes, no control character
extern const TextRule name;  ///< goes into a header: the same with limits::name_bytes
extern const TextRule
    text;  ///< goes into a message: no control character but line feed and tab; may be empty
extern const TextRule email;
extern const TextRule phone;
extern const TextRule date;
extern const TextRule date_time;
}  // namespace rules

/// The rule behind a `format` word; null when there is none.
const TextRule* find_text_rule(std::string_view format);

}  // namespace duenotice
