#include "queue/embedded_consumer.hpp"

#include <utility>

#include "gateway/base/limits.hpp"
#include "queue/embedded_file.hpp"

namespace duenotice::queue {

EmbeddedConsumer::EmbeddedConsumer(const EmbeddedOptions& options, EmbeddedClaims claims)
    : path_(options.path),
      claims_(std::move(claims)),
      window_(static_cast<std::size_t>(options.prefetch), options.prefetch_bytes),
      thread_([this] { run(); }) {}

EmbeddedConsumer::~EmbeddedConsumer() { stop(); }

std::optional<Message> EmbeddedConsumer::next(Milliseconds patience) {
  std::unique_lock lock(mutex_);
  arrived_.wait_for(lock, patience,
                    [&] { return failure_ || stopping_ || winding_down_ || (!paused_ && !inbox_.empty()); });
  if (failure_) std::rethrow_exception(failure_);
  if (stopping_ || winding_down_ || paused_ || inbox_.empty()) return std::nullopt;
  std::optional<Message> message(std::move(inbox_.front()));
  inbox_.pop_front();
  return message;
}

void EmbeddedConsumer::acknowledge(std::uint64_t tag) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || !window_.remove(tag)) return;
  acknowledged_.push_back(tag);
  wanted_.notify_one();
}

void EmbeddedConsumer::pause(bool paused) {
  const std::lock_guard lock(mutex_);
  paused_ = paused;
  arrived_.notify_all();
  wanted_.notify_one();
}

Status EmbeddedConsumer::health() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

void EmbeddedConsumer::wind_down() {
  const std::lock_guard lock(mutex_);
  winding_down_ = true;
  arrived_.notify_all();
}

void EmbeddedConsumer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    arrived_.notify_all();
    wanted_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void EmbeddedConsumer::run() {
  try {
    for (;;) {
      Work work = wait_for_work();
      if (carry_out(work) && work.stopping) return;
      if (work.stopping && !health().ok()) return;
    }
  } catch (const sqlite::SqliteError& failure) {
    const std::lock_guard lock(mutex_);
    health_ = embedded_error(failure, path_);
    failure_ = std::current_exception();
    arrived_.notify_all();
  }
}

EmbeddedConsumer::Work EmbeddedConsumer::wait_for_work() {
  std::unique_lock lock(mutex_);
  const auto hungry = [&] { return !paused_ && window_.has_room(); };
  if (suffering_) {
    wanted_.wait_for(lock, limits::embedded_retry_delay, [&] { return stopping_; });
  } else {
    // Every exchange locks the file against publishers. Acknowledgements can wait for company; messages that
    // are known to be there cannot.
    const auto due = [&] {
      return stopping_ || acknowledged_.size() >= limits::embedded_ack_batch || (hungry() && !exhausted_);
    };
    wanted_.wait(lock, [&] { return stopping_ || hungry() || !acknowledged_.empty(); });
    wanted_.wait_for(lock, limits::embedded_poll, due);
  }
  Work work;
  work.acknowledged = std::exchange(acknowledged_, {});
  if (hungry()) work.room = window_.room();
  work.stopping = stopping_;
  return work;
}

bool EmbeddedConsumer::carry_out(Work& work) {
  try {
    if (work.stopping) {
      claims_.leave(work.acknowledged);
      return true;
    }
    const bool idle = work.acknowledged.empty() && exhausted_ && !suffering_;
    if (idle && !claims_.worth_a_look()) return true;
    receive(claims_.exchange(work.acknowledged, work.room));
    return true;
  } catch (const sqlite::SqliteError& failure) {
    Error error = embedded_error(failure, path_);
    if (error.kind == ErrorKind::broken) throw;
    suffer(std::move(error), std::move(work.acknowledged));
    return false;
  }
}

void EmbeddedConsumer::receive(EmbeddedClaims::Batch batch) {
  const std::lock_guard lock(mutex_);
  for (Message& message : batch.messages) {
    window_.add(message.tag, message.body.size());
    inbox_.push_back(std::move(message));
  }
  exhausted_ = batch.exhausted;
  suffering_ = false;
  health_ = Done{};
  if (!batch.messages.empty()) arrived_.notify_all();
}

void EmbeddedConsumer::suffer(Error error, std::vector<std::uint64_t> acknowledged) {
  const std::lock_guard lock(mutex_);
  // Whatever was acknowledged meanwhile comes after it; nothing had been committed.
  acknowledged.insert(acknowledged.end(), acknowledged_.begin(), acknowledged_.end());
  acknowledged_ = std::move(acknowledged);
  health_ = std::move(error);
  suffering_ = true;
}

}  // namespace duenotice::queue
