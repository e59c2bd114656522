#pragma once
#include <string>
#include <string_view>

#include "gateway/base/json.hpp"
#include "gateway/notice/request_decoder.hpp"

/// Requests to start from, and small surgery on them.

namespace duenotice::test {

/// The least that a request must have.
Json least_request();
/// A request with every field.
Json full_request();
/// The request inside a CloudEvents event that carries no identity of its own.
Json event_around(Json request);

/// A copy with the value at `pointer` set (members are added, array elements replaced).
Json with(Json document, std::string_view pointer, Json value);
/// A copy with the member at `pointer` removed.
Json without(Json document, std::string_view pointer);

/// Written as a publisher might: fractions as they are.
std::string body_of(const Json& document);

/// Decodes with the default bound on a body and the compiled schema.
Result<Request, Rejection> decode(std::string_view body, std::string_view content_type = "application/json");

/// `code pointer`, or `accepted`.
std::string verdict(const Result<Request, Rejection>& decoded);

}  // namespace duenotice::test
