#include "gateway/pipeline/channel_desk.hpp"

#include <algorithm>

namespace duenotice {

ChannelDesk::ChannelDesk(Channel channel, int capacity, const NoticeLife& life, Journal& journal,
                         const Clock& clock, Log& log, Announce announce)
    : channel_(channel),
      capacity_(capacity),
      life_(life),
      journal_(journal),
      clock_(clock),
      log_(log),
      announce_(std::move(announce)) {}

void ChannelDesk::due_at(Instant at) {
  const std::lock_guard lock(mutex_);
  if (at <= clock_.now()) {
    ++backlog_;
  } else {
    next_due_ = std::min(at, next_due_.value_or(at));
  }
}

void ChannelDesk::pump() {
  int asked = 0;
  {
    const std::lock_guard lock(mutex_);
    if (next_due_ && *next_due_ <= clock_.now()) {
      next_due_.reset();
      ++backlog_;
    }
    asked = capacity_ - held_;
    if (closed_ || claiming_ || backlog_ == 0 || asked <= 0) return;
    claiming_ = true;
    held_ += asked;
  }
  auto after = std::make_shared<AfterCommit>();
  auto looked_at = std::make_shared<int>(0);
  journal_.submit(
      WorkClass::intake,
      [this, asked, after, looked_at](Transaction& tx) {
        *after = AfterCommit{};
        *looked_at = closed() ? 0 : life_.start_due(tx, channel_, asked, *after);
      },
      [this, asked, after, looked_at](Committed committed) { claimed(committed, asked, *looked_at, after); });
}

void ChannelDesk::claimed(Committed committed, int asked, int looked_at, std::shared_ptr<AfterCommit> after) {
  bool more = false;
  std::deque<AttemptTask> untouched;  // the desk was closed while their intents were being committed
  {
    const std::lock_guard lock(mutex_);
    claiming_ = false;
    if (committed != Committed::yes) {
      held_ -= asked;
      // The rows are still due; the timer asks again.
      next_due_ = clock_.now() + limits::due_poll;
      if (committed == Committed::failed)
        log_.error("claim_failed", {{"channel", std::string(to_text(channel_))}});
      return;
    }
    held_ -= asked - static_cast<int>(after->tasks.size());
    backlog_ = looked_at < asked ? 0 : std::max(backlog_ - looked_at, 1);
    more = backlog_ > 0;
    for (AttemptTask& task : after->tasks) {
      (closed_ ? untouched : ready_).push_back(std::move(task));
      filled_.notify_one();
    }
  }
  not_started(untouched);
  announce_(*after);
  if (more) pump();
}

std::optional<AttemptTask> ChannelDesk::take() {
  std::unique_lock lock(mutex_);
  filled_.wait(lock, [&] { return closed_ || !ready_.empty(); });
  if (ready_.empty()) return std::nullopt;
  AttemptTask task = std::move(ready_.front());
  ready_.pop_front();
  return task;
}

void ChannelDesk::finish(const AttemptTask& task, const OutcomeReport& report) {
  {
    const std::lock_guard lock(mutex_);
    failures_in_a_row_ = report.outcome == Outcome::transient_failure ? failures_in_a_row_ + 1 : 0;
  }
  record(task, report, clock_.now());
}

void ChannelDesk::record(const AttemptTask& task, const OutcomeReport& report, Instant at) {
  auto after = std::make_shared<AfterCommit>();
  journal_.submit(
      WorkClass::outcome,
      [this, id = task.attempt_id, report, at, after](Transaction& tx) {
        *after = AfterCommit{};
        life_.record_outcome(tx, id, report, at, *after);
      },
      [this, after, notice = task.hand_over.notice_id, number = task.hand_over.attempt](Committed committed) {
        // An outcome that a constraint undid would be a claim without ground; recovery will call it unknown.
        if (committed == Committed::failed) {
          log_.error("outcome_not_recorded", {{"notice", notice},
                                              {"channel", std::string(to_text(channel_))},
                                              {"attempt", std::int64_t{number}}});
        }
        {
          const std::lock_guard lock(mutex_);
          --held_;
        }
        if (committed == Committed::yes) announce_(*after);
        pump();
      });
}

void ChannelDesk::close() {
  std::deque<AttemptTask> untouched;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    untouched.swap(ready_);
    filled_.notify_all();
  }
  not_started(untouched);
}

void ChannelDesk::not_started(const std::deque<AttemptTask>& untouched) {
  for (const AttemptTask& task : untouched) {
    record(task, {.outcome = Outcome::not_started, .code = "shutdown", .reply = {}, .retry_after = {}},
           clock_.now());
  }
}

int ChannelDesk::backlog() const {
  const std::lock_guard lock(mutex_);
  return backlog_;
}

bool ChannelDesk::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

bool ChannelDesk::healthy() const {
  const std::lock_guard lock(mutex_);
  return failures_in_a_row_ < capacity_;
}

int ChannelDesk::held() const {
  const std::lock_guard lock(mutex_);
  return held_;
}

std::optional<Instant> ChannelDesk::next_due() const {
  const std::lock_guard lock(mutex_);
  return next_due_;
}

}  // namespace duenotice
