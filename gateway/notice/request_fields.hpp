#pragma once
#include <string>

#include "gateway/base/result.hpp"
#include "gateway/notice/rejection.hpp"
#include "gateway/notice/request.hpp"

namespace duenotice {

/// Reads the fields of a request. `place` is the pointer to `request` in the body as published. `source` and
/// `id` stay empty where the request has none; canonical JSON and digest are set.
Result<Request, Rejection> read_request_fields(const Json& request, const std::string& place);

}  // namespace duenotice
