#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>

#include "gateway/journal/journal.hpp"
#include "gateway/pipeline/gateway.hpp"

namespace duenotice::app {

/// Whether the threads that everything depends on still go round: the journal's answers an empty unit of
/// work, the timer and intake look whether there is something to do. One thread looks; any may ask what it
/// found.
class Heartbeat {
 public:
  /// Both must outlive it.
  Heartbeat(const Gateway& gateway, Journal& journal);

  /// Who has not gone round for limits::round_patience, by name; empty when all have. Looks as often as it is
  /// called. Waits while the journal takes no more work.
  std::string standing_still();
  /// What was found when it was last looked. Any thread.
  std::string last_found() const;

 private:
  struct Thread {
    const char* name;
    std::int64_t rounds = -1;
    std::chrono::steady_clock::time_point since{};  ///< of its last round that was seen
  };

  const Gateway& gateway_;
  Journal& journal_;
  std::array<Thread, 3> threads_;
  std::int64_t questions_ = 0;
  mutable std::mutex mutex_;
  std::string found_;
  /// The journal may answer after this object is gone.
  std::shared_ptr<std::atomic<std::int64_t>> answers_ = std::make_shared<std::atomic<std::int64_t>>(0);
};

}  // namespace duenotice::app
