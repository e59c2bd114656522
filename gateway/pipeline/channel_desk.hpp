#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "gateway/base/clock.hpp"
#include "gateway/base/log.hpp"
#include "gateway/journal/journal.hpp"
#include "gateway/pipeline/notice_life.hpp"

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

  ChannelDesk(Channel channel, int capacity, const NoticeLife& life, Journal& journal, const Clock& clock,
              Log& log, Announce announce);

  Channel channel() const { return channel_; }
  /// A delivery is due at `at`, perhaps now.
  void due_at(Instant at);
  /// Claims what there is room for; called when something became due and when time passed.
  void pump();
  /// Waits for a task. Empty once the desk is closed and drained.
  std::optional<AttemptTask> take();
  /// Records how a task ended. The reply was read just now.
  void finish(const AttemptTask& task, const OutcomeReport& report);
  /// Claims nothing more; tasks that no courier took are recorded as `not_started`.
  void close();

  /// Due rows that wait in the journal, as far as is known; and tasks claimed and not finished.
  int backlog() const;
  int held() const;
  /// False while as many attempts in a row as the desk can hold have failed transiently: rows that pile up
  /// behind a dead provider are no reason to keep the other channels waiting.
  bool healthy() const;
  /// When the next row will be due; empty when none is known.
  std::optional<Instant> next_due() const;

 private:
  void claimed(Committed committed, int asked, int looked_at, std::shared_ptr<AfterCommit> after);
  bool closed() const;
  void not_started(const std::deque<AttemptTask>& untouched);
  void record(const AttemptTask& task, const OutcomeReport& report, Instant at);

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
  int failures_in_a_row_ = 0;
  bool claiming_ = false;
  bool closed_ = false;
  std::optional<Instant> next_due_;
};

}  // namespace duenotice
