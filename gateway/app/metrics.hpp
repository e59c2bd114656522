#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/app/log_seal_standing.hpp"
#include "gateway/app/log_standing.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "gateway/journal/sqlite_journal.hpp"
#include "gateway/pipeline/gateway.hpp"

namespace duenotice::app {

/// What metrics say of the moment in which they are asked for. What is absent could not be asked, and its
/// metrics have no value then.
struct MetricsLook {
  Instant at;
  GatewayStatus status;
  std::optional<JournalCounts> counts;
  std::optional<Backlog> backlog;
  std::optional<std::int64_t> queue_waiting;
  std::optional<std::uint64_t> free_bytes;
  std::optional<LogStanding> log;  ///< what is in the evidence log
  std::optional<bool> log_broken;  ///< absent where no log is kept
  std::optional<LogSealing::Standing> sealing;
  std::optional<SealStanding> seals;
};

/// The gateway's metrics in Prometheus' text format: counters of what was committed since the start, and what
/// a look found. Names and units follow its conventions. Labels are words of duenotice alone (channels,
/// states, outcomes, codes of rejection): no address, account or id.
class Metrics {
 public:
  Metrics(std::string_view version, Instant started_at);
  ~Metrics();

  /// Counts what a commit recorded. The journal's thread.
  void count(const DurableCommit& commit);

  /// One thread at a time.
  std::string text(const MetricsLook& look);

  static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

 private:
  struct Counted;
  std::unique_ptr<Counted> counted_;
};

}  // namespace duenotice::app
