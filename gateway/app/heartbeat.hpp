#pragma once
#include <atomic>
#include <memory>
#include <string>

#include "gateway/journal/journal.hpp"
#include "gateway/pipeline/gateway.hpp"

namespace duenotice::app {

/// Whether the threads that everything depends on still go round: the journal's answers an empty unit of
/// work, the timer and intake look whether there is something to do. One thread.
class Heartbeat {
 public:
  /// Both must outlive it.
  Heartbeat(const Gateway& gateway, Journal& journal) : gateway_(gateway), journal_(journal) {}

  /// Who has not gone round since the call before, by name; empty when all have. Waits while the journal
  /// takes no more work.
  std::string standing_still();

 private:
  const Gateway& gateway_;
  Journal& journal_;
  /// The journal may answer after this object is gone.
  std::shared_ptr<std::atomic<std::int64_t>> answers_ = std::make_shared<std::atomic<std::int64_t>>(0);
  std::int64_t questions_ = 0;
  bool is_first_ = true;
  Gateway::Rounds before_;
};

}  // namespace duenotice::app
