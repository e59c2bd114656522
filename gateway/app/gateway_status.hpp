#pragma once
#include "gateway/base/json.hpp"
#include "gateway/pipeline/gateway.hpp"

namespace duenotice::app {

/// What the control socket answers to `GET /v1/status`. Keys are stable: they are only ever added. Instants
/// are RFC 3339 in UTC, absent values null; holds no address.
Json gateway_status_json(const GatewayStatus& status, std::int64_t epoch, Instant since);

/// The same in one line for a supervisor's own status page.
std::string status_line(const GatewayStatus& status);

}  // namespace duenotice::app
