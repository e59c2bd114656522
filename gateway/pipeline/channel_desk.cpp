#include "gateway/pipeline/channel_desk.hpp"

#include <algorithm>

namespace duenotice {

ChannelDesk::ChannelDesk(Channel channel, int capacity, int rate, const NoticeLife& life, Journal& journal,
                         const Clock& clock, Log& log, Announce announce)
    : channel_(channel),
      capacity_(capacity),
      life_(life),
      journal_(journal),
      clock_(clock),
      log_(log),
      announce_(std::move(announce)),
      rate_(rate) {}

void ChannelDesk::due_at(Instant at) {
  const std::lock_guard lock(mutex_);
  if (at <= clock_.now()) {
    ++backlog_;
  } else {
    next_due_ = std::min(at, next_due_.value_or(at));
  }
}

void ChannelDesk::probe_now() {
  const std::lock_guard lock(mutex_);
  breaker_.probe_now(clock_.now());
}

void ChannelDesk::pump() {
  int asked = 0;
  bool probe = false;
  {
    const std::lock_guard lock(mutex_);
    if (next_due_ && *next_due_ <= clock_.now()) {
      next_due_.reset();
      ++backlog_;
    }
    if (closed_ || claiming_ || backlog_ == 0 || held_ >= capacity_) return;
    asked = rate_.allowance(breaker_.allowance(capacity_ - held_, clock_.now()), clock_.now());
    if (asked <= 0) return;
    probe = breaker_.state() == CircuitBreaker::State::open;
    claiming_ = true;
    held_ += asked;
  }
  auto after = std::make_shared<AfterCommit>();
  auto looked_at = std::make_shared<int>(0);
  journal_.submit(
      WorkClass::intake,
      [this, asked, probe, after, looked_at](Transaction& tx) {
        *after = AfterCommit{};
        *looked_at = closed() ? 0 : life_.start_due(tx, channel_, asked, *after, probe);
      },
      [this, asked, probe, after, looked_at](Committed committed) {
        claimed(committed, {asked, *looked_at, probe}, after);
      });
}

void ChannelDesk::claimed(Committed committed, const Claim& claim, std::shared_ptr<AfterCommit> after) {
  bool more = false;
  std::deque<AttemptTask> untouched;  // the desk was closed while their intents were being committed
  {
    const std::lock_guard lock(mutex_);
    claiming_ = false;
    if (committed != Committed::yes) {
      held_ -= claim.asked;
      // The rows are still due; the timer asks again.
      next_due_ = clock_.now() + limits::due_poll;
      if (committed == Committed::failed)
        log_.error("claim_failed", {{"channel", std::string(to_text(channel_))}});
      return;
    }
    const int begun = static_cast<int>(after->tasks.size());
    held_ -= claim.asked - begun;
    rate_.used(begun);
    // It opened while these were being claimed: only what was claimed as a probe may go on.
    const bool opened_meanwhile = !claim.probe && breaker_.state() != CircuitBreaker::State::closed;
    if (begun > 0 && !opened_meanwhile) breaker_.began();
    backlog_ = claim.looked_at < claim.asked ? 0 : std::max(backlog_ - claim.looked_at, 1);
    more = backlog_ > 0;
    for (AttemptTask& task : after->tasks) {
      (closed_ || opened_meanwhile ? untouched : ready_).push_back(std::move(task));
      filled_.notify_one();
    }
  }
  not_started(untouched, closed() ? "shutdown" : "breaker_open");
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
  const Instant now = clock_.now();
  std::deque<AttemptTask> untouched;  // a provider that is away is spared what was already claimed for it
  const CircuitBreaker::Change change = judge_provider(report, now, untouched);
  record(task, report, now, change);
  not_started(untouched, "breaker_open");
}

CircuitBreaker::Change ChannelDesk::judge_provider(const OutcomeReport& report, Instant at,
                                                   std::deque<AttemptTask>& untouched) {
  const std::lock_guard lock(mutex_);
  if (report.outcome == Outcome::not_started) {
    breaker_.ended_without_verdict(at);
    return CircuitBreaker::Change::none;
  }
  const CircuitBreaker::Change change = breaker_.ended(report.provider_fault, at);
  if (change == CircuitBreaker::Change::opened) untouched.swap(ready_);
  return change;
}

void ChannelDesk::note_change(Transaction& tx, CircuitBreaker::Change change, const std::string& code,
                              Instant at) const {
  if (change == CircuitBreaker::Change::none) return;
  const bool opened = change == CircuitBreaker::Change::opened;
  tx.append_event({.type = opened ? events::breaker_opened : events::breaker_closed,
                   .notice_id = "",
                   .at = at,
                   .facts = Json::Object{{"channel", to_text(channel_)}, {"code", code}}});
}

void ChannelDesk::settle_overdue() {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || settling_) return;
    settling_ = true;
  }
  auto after = std::make_shared<AfterCommit>();
  auto settled = std::make_shared<int>(0);
  journal_.submit(
      WorkClass::outcome,
      [this, after, settled](Transaction& tx) {
        *after = AfterCommit{};
        *settled = life_.settle_overdue(tx, channel_, *after);
      },
      [this, after, settled](Committed committed) {
        {
          const std::lock_guard lock(mutex_);
          settling_ = false;
        }
        if (committed != Committed::yes) return;
        if (*settled > 0) {
          log_.warning("overdue_settled",
                       {{"channel", std::string(to_text(channel_))}, {"deliveries", std::int64_t{*settled}}});
        }
        announce_(*after);
      });
}

void ChannelDesk::record(const AttemptTask& task, const OutcomeReport& report, Instant at,
                         CircuitBreaker::Change change) {
  auto after = std::make_shared<AfterCommit>();
  journal_.submit(
      WorkClass::outcome,
      [this, id = task.attempt_id, report, at, change, after](Transaction& tx) {
        *after = AfterCommit{};
        life_.record_outcome(tx, id, report, at, *after);
        note_change(tx, change, report.code, at);
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
  not_started(untouched, "shutdown");
}

void ChannelDesk::not_started(const std::deque<AttemptTask>& untouched, const std::string& why) {
  for (const AttemptTask& task : untouched) {
    record(task, {.outcome = Outcome::not_started, .code = why, .reply = {}, .retry_after = {}},
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

CircuitBreaker ChannelDesk::breaker() const {
  const std::lock_guard lock(mutex_);
  return breaker_;
}

int ChannelDesk::held() const {
  const std::lock_guard lock(mutex_);
  return held_;
}

std::optional<Instant> ChannelDesk::next_due() const {
  const std::lock_guard lock(mutex_);
  if (backlog_ == 0) return next_due_;
  if (const auto probe = breaker_.probe_at()) return probe;
  if (const Milliseconds wait = rate_.wait(); wait > Milliseconds(0)) return clock_.now() + wait;
  return next_due_;
}

}  // namespace duenotice
