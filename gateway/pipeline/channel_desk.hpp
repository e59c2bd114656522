#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "gateway/base/clock.hpp"
#include "gateway/base/log.hpp"
#include "gateway/journal/journal.hpp"
#include "gateway/pipeline/circuit_breaker.hpp"
#include "gateway/pipeline/notice_life.hpp"
#include "gateway/pipeline/rate_bound.hpp"

namespace duenotice {

/// Where due deliveries of one channel are handed to its couriers: claims them from the journal when there is
/// room, keeps the few that are claimed, and brings their outcomes back. Everything else stays a row.
/// Thread-safe.
///
/// The in-site channel has a desk too; its deliveries are over when the claim is committed, so nobody takes
/// from it.
class ChannelDesk {
 public:
  /// Tells the other desks and the timer what a commit made due.
  using Announce = std::function<void(const AfterCommit&)>;

  /// At most `capacity` deliveries in memory, and `rate` started a second (0: unbounded).
  ChannelDesk(Channel channel, int capacity, int rate, const NoticeLife& life, Journal& journal,
              const Clock& clock, Log& log, Announce announce);

  Channel channel() const { return channel_; }
  /// A delivery is due at `at`, perhaps now.
  void due_at(Instant at);
  /// A person wants something of it tried now: an open breaker does not wait for its next probe.
  void probe_now();
  /// Claims what there is room for; called when something became due and when time passed.
  void pump();
  /// Waits for a task. Empty once the desk is closed and drained.
  std::optional<AttemptTask> take();
  /// Holds what has become too late and gives up on reports that do not come, also while the breaker is open.
  void settle_overdue();
  /// Records how a task ended. The reply was read just now.
  void finish(const AttemptTask& task, const OutcomeReport& report);
  /// Claims nothing more; tasks that no courier took are recorded as `not_started`.
  void close();

  /// Due rows that wait in the journal, as far as is known; and tasks claimed and not finished.
  int backlog() const;
  int held() const;
  CircuitBreaker breaker() const;
  /// When there is something to look at again: a row becomes due, a probe, a free place under the rate bound.
  std::optional<Instant> next_due() const;

 private:
  struct Claim {
    int asked = 0;      ///< room that was kept for it
    int looked_at = 0;  ///< due rows
    bool probe = false;
  };
  void claimed(Committed committed, const Claim& claim, std::shared_ptr<AfterCommit> after);
  bool closed() const;
  void not_started(const std::deque<AttemptTask>& untouched, const std::string& why);
  CircuitBreaker::Change judge_provider(const OutcomeReport& report, Instant at,
                                        std::deque<AttemptTask>& untouched);
  void record(const AttemptTask& task, const OutcomeReport& report, Instant at,
              CircuitBreaker::Change change = CircuitBreaker::Change::none);
  void note_change(Transaction& tx, CircuitBreaker::Change change, const std::string& code, Instant at) const;

  const Channel channel_;
  const int capacity_;
  const NoticeLife& life_;
  Journal& journal_;
  const Clock& clock_;
  Log& log_;
  const Announce announce_;

  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<AttemptTask> ready_;
  int held_ = 0;     ///< room that claims and unfinished tasks take
  int backlog_ = 0;  ///< an estimate from above; a short claim sets it right
  CircuitBreaker breaker_;
  RateBound rate_;
  bool claiming_ = false;
  bool settling_ = false;
  bool closed_ = false;
  std::optional<Instant> next_due_;
};

}  // namespace duenotice
