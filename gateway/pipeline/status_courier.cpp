#include "gateway/pipeline/status_courier.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"
#include "gateway/pipeline/status_event.hpp"

namespace duenotice {

StatusCourier::StatusCourier(queue::EventPublisher& publisher, Journal& journal, std::string source,
                             Random& random, Log& log)
    : publisher_(publisher),
      journal_(journal),
      source_(std::move(source)),
      random_(random),
      log_(log),
      thread_([this] { run(); }) {}

StatusCourier::~StatusCourier() { stop(); }

void StatusCourier::wake() {
  const std::lock_guard lock(mutex_);
  if (work_) return;
  work_ = true;
  woken_.notify_all();
}

StatusCourier::Standing StatusCourier::standing() const {
  const std::lock_guard lock(mutex_);
  return standing_;
}

void StatusCourier::stop(Milliseconds patience) {
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    woken_.notify_all();
    if (!left_.wait_for(lock, patience, [&] { return ended_; })) publisher_.interrupt();
  }
  if (thread_.joinable()) thread_.join();
}

void StatusCourier::run() {
  work();
  const std::lock_guard lock(mutex_);
  ended_ = true;
  left_.notify_all();
}

/// Before it ends it looks once more at what the journal holds.
void StatusCourier::work() {
  for (bool go_on = true; go_on;) {
    go_on = wait_for_work();
    while (deliver_some()) {
    }
  }
}

/// False when it is to stop.
bool StatusCourier::wait_for_work() {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, limits::due_poll, [&] { return stopping_ || work_; });
  // What is committed meanwhile goes along: one batch costs as much as one event.
  if (work_) woken_.wait_for(lock, limits::status_events_gather, [&] { return stopping_; });
  work_ = false;
  return !stopping_;
}

/// Publishes one batch and records the one before. False when there is nothing left to do now.
bool StatusCourier::deliver_some() {
  if (batch_.empty() && !read_batch()) return false;
  if (batch_.empty()) return false;
  if (const Status published = publish_batch(); !published) return failed(published.error());
  confirmed();
  return true;
}

/// One unit of work: the cursor moves over what was confirmed, and the next events are read.
bool StatusCourier::read_batch() {
  std::int64_t from = 0;
  const Committed committed = journal_.run(WorkClass::outcome, [&](Transaction& tx) {
    from = read_to_ ? *read_to_ : tx.cursor(cursor);
    if (read_to_ && recorded_ < from) tx.move_cursor(cursor, from);
    batch_ = tx.publisher_events(from, limits::status_events_batch);
  });
  if (committed != Committed::yes) {
    batch_.clear();
    return false;
  }
  read_to_ = recorded_ = from;
  const std::lock_guard lock(mutex_);
  standing_.sequence = recorded_;
  return true;
}

Status StatusCourier::publish_batch() {
  std::vector<queue::StatusEvent> events;
  events.reserve(batch_.size());
  for (const PublisherEvent& event : batch_) {
    auto made = status_event(event, source_);
    if (!made) return made.error();
    events.push_back(std::move(*made));
  }
  return publisher_.publish_events(events);
}

void StatusCourier::confirmed() {
  read_to_ = batch_.back().sequence;
  batch_.clear();
  backoff_ = Milliseconds(0);
  {
    const std::lock_guard lock(mutex_);
    if (standing_.fault.empty()) return;
    standing_.fault.clear();
  }
  log_.info("status_events_go_out_again");
}

/// Rests before the next try of the same batch; false when that is to be left to the next start.
bool StatusCourier::failed(const Error& error) {
  backoff_ = std::clamp(backoff_ * 2, limits::reconnect_delay_first, limits::reconnect_delay_most);
  const Milliseconds rest = backoff_ / 2 + Milliseconds(static_cast<std::int64_t>(random_.below(
                                               static_cast<std::uint64_t>(backoff_.count()) / 2 + 1)));
  std::unique_lock lock(mutex_);
  if (standing_.fault.empty() && !stopping_)
    log_.warning("status_events_wait",
                 {{"from", std::int64_t{batch_.front().sequence}}, {"reason", error.message}});
  standing_.fault = error.message;
  woken_.wait_for(lock, rest, [&] { return stopping_; });
  return !stopping_;
}

}  // namespace duenotice
