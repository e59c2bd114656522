#pragma once
#include <string>
#include <vector>

#include "gateway/app/configuration.hpp"
#include "gateway/app/gateway_presence.hpp"
#include "gateway/app/log_seal_standing.hpp"
#include "gateway/app/log_standing.hpp"
#include "gateway/base/json.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// Everything that `status` knows, from three sources that may each be away: the running gateway, the queue
/// and the journal. Asking costs some index ranges of the journal, a connection each to gateway and queue
/// and, for the versions that were changed, a reading of the agreements; it changes nothing.
struct StatusReport {
  struct Record {
    JournalCounts counts;
    Backlog backlog;
  };
  Instant at;
  GatewayPresence gateway;
  std::string queue_kind;
  Result<std::int64_t> queue;  ///< requests that no gateway has been given yet
  Result<Record> journal;
  std::vector<UsedVersion> changed_versions;  ///< whose files on the disk are not those of their notices
  std::optional<Result<LogStanding>> log;     ///< these two absent where no evidence log is kept
  std::optional<Result<SealStanding>> seals;
};

StatusReport ask_for_status(const Configuration& configuration);

/// What intake does: `running`, `paused` (enough is due), `no_space`, `queue_away`, `hangs`, `stopped` (no
/// gateway answers), `unknown` (this user may not ask).
std::string_view intake_word(const StatusReport& report);

/// One channel, merged from journal, gateway and configuration.
struct ChannelStatus {
  ChannelBacklog backlog;
  bool configured = false;
  bool sandbox = false;
  std::string breaker;  ///< `closed`, `open`, `probing`; empty when no gateway answers
  std::string breaker_open_since;
  std::string breaker_probe_at;  ///< empty where they do not apply
};
/// Those that are configured, and those that have work although they are not.
std::vector<ChannelStatus> channel_statuses(const Backlog& backlog, const GatewayPresence& gateway,
                                            const Configuration& configuration);

/// `status --json`. Keys are stable: they are only ever added.
Json status_json(const StatusReport& report, const Configuration& configuration);

}  // namespace duenotice::app
