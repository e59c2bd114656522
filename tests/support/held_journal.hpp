#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal.hpp"
#include "tests/support/waiting.hpp"

namespace duenotice::test {

/// A real journal whose answers about work of class intake a test may keep back, so that something happens
/// between a commit and the news of it; and whose constraints it may break.
class HeldJournal final : public Journal {
 public:
  explicit HeldJournal(Journal& real) : real_(real) {}

  /// From now on the work is committed and nobody is told.
  void hold() {
    const std::lock_guard lock(mutex_);
    holding_ = true;
  }
  void wait_for_held(std::size_t count) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, long_enough, [&] { return held_.size() >= count; })) {
      throw std::runtime_error("nothing was submitted");
    }
  }
  /// Tells, on this thread, what was kept back, and keeps nothing back any more.
  void release() {
    std::deque<std::function<void()>> told;
    {
      const std::lock_guard lock(mutex_);
      holding_ = false;
      told.swap(held_);
    }
    for (const auto& tell : told) tell();
  }
  /// The next units of class intake break a constraint once they have done their work, each time they run.
  void undo_next(int units) {
    const std::lock_guard lock(mutex_);
    to_undo_ = units;
  }

  void submit(WorkClass work_class, Work work, Done done) override {
    if (work_class == WorkClass::outcome) return real_.submit(work_class, std::move(work), std::move(done));
    real_.submit(
        work_class,
        [work = std::move(work), undo = is_to_undo()](Transaction& tx) {
          work(tx);
          if (undo) throw sqlite::SqliteError(sqlite::SqliteError::Kind::constraint, 0, "the test's own");
        },
        [this, done = std::move(done)](Committed committed) { tell_or_hold(done, committed); });
  }
  bool space_is_low() const override { return real_.space_is_low(); }
  Figures figures() const override { return real_.figures(); }
  std::int64_t epoch() const override { return real_.epoch(); }
  void close() override { real_.close(); }

 private:
  bool is_to_undo() {
    const std::lock_guard lock(mutex_);
    if (to_undo_ == 0) return false;
    --to_undo_;
    return true;
  }
  void tell_or_hold(const Done& done, Committed committed) {
    {
      const std::lock_guard lock(mutex_);
      if (holding_) {
        held_.push_back([done, committed] { done(committed); });
        changed_.notify_all();
        return;
      }
    }
    done(committed);
  }

  Journal& real_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> held_;
  bool holding_ = false;
  int to_undo_ = 0;
};

}  // namespace duenotice::test
