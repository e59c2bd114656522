#pragma once
#include <chrono>
#include <mutex>

#include "gateway/app/configuration.hpp"
#include "gateway/app/log_publisher.hpp"
#include "gateway/app/log_sealing.hpp"
#include "gateway/app/metrics.hpp"
#include "gateway/http/loopback_server.hpp"

namespace duenotice::app {

/// Answers `GET /metrics` on the loopback address of [metrics] listen. Looks at the gateway, at the journal
/// (on a read-only connection of its own), at the queue and at the disk when it is asked, at most every
/// limits::metrics_rest: who asks more often gets the same page again. Thread-safe; all that is given must
/// outlive it.
class MetricsPage {
 public:
  /// `evidence_log` and `sealing` are null where no log is kept.
  MetricsPage(Metrics& metrics, const Gateway& gateway, const LogPublisher* evidence_log,
              const LogSealing* sealing, const Configuration& configuration, const Clock& clock);

  /// Answers from then on, unless [metrics] listen is `off` or the port cannot be had: then a line of the log
  /// says so, and the gateway goes on without.
  void serve(Log& log);

  /// `127.0.0.1:9464`; empty while nothing is answered.
  std::string address() const;
  std::string text();

 private:
  void look_at_queue(const GatewayStatus& status);
  void look_at_journal(MetricsLook& look);
  void look_at_evidence(MetricsLook& look) const;

  Metrics& metrics_;
  const Gateway& gateway_;
  const LogPublisher* evidence_log_;
  const LogSealing* sealing_;
  const Configuration& configuration_;
  const Clock& clock_;

  std::mutex mutex_;  ///< guards all below but the server
  std::unique_ptr<JournalReader> reader_;
  std::optional<std::int64_t> queue_waiting_;
  std::optional<std::chrono::steady_clock::time_point> looked_at_, looked_at_queue_;
  std::string page_;

  std::unique_ptr<http::LoopbackServer> server_;  // last: its threads use the rest
};

}  // namespace duenotice::app
