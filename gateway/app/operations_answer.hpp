#pragma once
#include <functional>
#include <string>

#include "gateway/base/json.hpp"
#include "gateway/base/result.hpp"
#include "gateway/http/control_routes.hpp"

/// An operator's order and its answer on the control socket: `POST /v1/operations`, a JSON object there and
/// one back (gateway/pipeline/operations.hpp). An error comes back as a problem whose status stands for its
/// kind.

namespace duenotice::app {

http::Response answer_operation(const std::string& body,
                                const std::function<Result<Json>(const Json&)>& perform);
/// The other direction.
Result<Json> read_answer(const http::Response& response);

}  // namespace duenotice::app
