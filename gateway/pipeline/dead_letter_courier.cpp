#include "gateway/pipeline/dead_letter_courier.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"

namespace duenotice {

DeadLetterCourier::DeadLetterCourier(queue::Publisher& publisher, Journal& journal, const Clock& clock,
                                     Random& random, Log& log)
    : publisher_(publisher), journal_(journal), clock_(clock), random_(random), log_(log), thread_([this] {
        run();
      }) {}

DeadLetterCourier::~DeadLetterCourier() { stop(); }

void DeadLetterCourier::wake() {
  const std::lock_guard lock(mutex_);
  work_ = true;
  woken_.notify_all();
}

void DeadLetterCourier::stop(Milliseconds patience) {
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    woken_.notify_all();
    if (!left_.wait_for(lock, patience, [&] { return ended_; })) publisher_.interrupt();
  }
  if (thread_.joinable()) thread_.join();
}

void DeadLetterCourier::run() {
  work();
  const std::lock_guard lock(mutex_);
  ended_ = true;
  left_.notify_all();
}

void DeadLetterCourier::work() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait(lock, [&] { return stopping_ || work_; });
      if (stopping_) return;
      work_ = false;
    }
    while (deliver_some()) {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
  }
}

void DeadLetterCourier::rest(Milliseconds time) {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, time, [&] { return stopping_; });
  work_ = true;
}

/// Publishes one batch. False when there is nothing left to do now.
bool DeadLetterCourier::deliver_some() {
  std::vector<OutboxRow> rows;
  if (journal_.run(WorkClass::outcome, [&](Transaction& tx) { rows = tx.outbox(limits::outbox_batch); }) !=
          Committed::yes ||
      rows.empty()) {
    return false;
  }
  std::vector<queue::DeadLetter> letters;
  for (OutboxRow& row : rows) {
    letters.push_back({.id = row.rejection_id,
                       .code = row.code,
                       .pointer = row.pointer,
                       .message = row.message,
                       .content_type = row.content_type,
                       .body = std::move(row.body)});
  }
  if (const Status published = publisher_.publish_dead_letters(letters); !published) {
    backoff_ = std::clamp(backoff_ * 2, limits::reconnect_delay_first, limits::reconnect_delay_most);
    log_.warning("dead_letters_wait",
                 {{"count", std::int64_t(rows.size())}, {"reason", published.error().message}});
    rest(backoff_ / 2 + Milliseconds(static_cast<std::int64_t>(
                            random_.below(static_cast<std::uint64_t>(backoff_.count()) / 2 + 1))));
    return false;
  }
  backoff_ = Milliseconds(0);
  const Committed removed = journal_.run(WorkClass::outcome, [&](Transaction& tx) {
    for (const OutboxRow& row : rows) {
      tx.remove_from_outbox(row.id);
      tx.append_event({.type = events::dead_letter_published,
                       .notice_id = "",
                       .at = clock_.now(),
                       .facts = Json::Object{{"rejection", row.rejection_id}}});
    }
  });
  return removed == Committed::yes;
}

}  // namespace duenotice
