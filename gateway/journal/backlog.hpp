#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/sqlite.hpp"
#include "gateway/base/time.hpp"
#include "gateway/notice/channel.hpp"

namespace duenotice {

/// What one channel has still to do, or cannot do by itself. Sendings again of what is sent (replays) count
/// among what is due.
struct ChannelBacklog {
  Channel channel = Channel::email;
  std::int64_t due = 0;        ///< may start now
  std::int64_t later = 0;      ///< has its time still before it: mostly a retry
  std::int64_t in_flight = 0;  ///< an attempt has begun and has no outcome
  std::int64_t relayed = 0;    ///< a relay has it and has not reported
  std::int64_t failed = 0;
  std::int64_t held = 0;
  std::optional<Instant> oldest_due;  ///< since when the oldest of `due` may start
  std::optional<Instant> next_due;    ///< when the first of `later` may start
};

/// What is still to be done, as of one moment.
struct Backlog {
  std::vector<ChannelBacklog> channels;  ///< every channel there is
  /// Since when the oldest notice is on its way (accepted or sending): since it was accepted, or since the
  /// time before which its publisher did not want it sent. What still waits for that time does not count.
  std::optional<Instant> oldest_open;
  std::int64_t lead_times_broken = 0;  ///< notices sent too late for their date; no person has said they know
  std::int64_t rejections_open = 0;    ///< nobody released or discarded them
  std::int64_t dead_letters = 0;       ///< that the queue has not confirmed yet
  std::int64_t replays = 0;            ///< jobs that are not done
  std::int64_t replay_items = 0;       ///< of these: what they have still to make due
  /// When the oldest event happened that publishers are told of and that no broker has confirmed.
  std::optional<Instant> oldest_untold;
};

/// Counts it by index ranges: what is done costs nothing, a million deliveries that wait some ten
/// milliseconds.
class BacklogReader {
 public:
  /// `database` outlives this object.
  explicit BacklogReader(sqlite::Database& database);

  /// Of the snapshot that the caller has opened.
  Backlog read(Instant now);

  /// The statements that count what may be many: a test asks SQLite how it would run them.
  static std::vector<std::string> counting_statements();

 private:
  ChannelBacklog of(Channel channel, Instant now);
  std::int64_t count(sqlite::Statement& statement);

  sqlite::Database& database_;
  sqlite::Statement due_, later_, oldest_due_, next_due_, resends_due_, resends_later_, in_flight_, relayed_,
      stuck_;
};

}  // namespace duenotice
