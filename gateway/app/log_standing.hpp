#pragma once
#include <cstdint>
#include <optional>

#include "gateway/base/json.hpp"
#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"

namespace duenotice::app {

struct Configuration;

/// How far the evidence log has come, by its published checkpoint and the journal. Needs no gateway.
struct LogStanding {
  std::uint64_t size = 0;    ///< events under the checkpoint, whose signature nobody looked at
  std::uint64_t events = 0;  ///< of the journal
  std::optional<Instant> unpublished_since;  ///< the oldest event that is not in the log

  std::uint64_t unpublished() const { return events > size ? events - size : 0; }
};

/// `not_found` while there is no journal. A log without a checkpoint has the size 0.
Result<LogStanding> look_at_log(const Configuration& configuration);

/// Why the running gateway does not publish publishing its log, from its answer to `GET /v1/status`; empty
/// when it goes on. `stopped`: for good, until a person has mended it.
struct LogFaultReport {
  std::string fault;
  bool stopped = false;
};
LogFaultReport log_fault(const Json& gateway_answer);

}  // namespace duenotice::app
