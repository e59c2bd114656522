#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "gateway/base/clock.hpp"
#include "gateway/base/log.hpp"
#include "gateway/base/random.hpp"
#include "gateway/journal/journal.hpp"
#include "queue/queue.hpp"

namespace duenotice {

/// Publishes rejected requests from the journal's outbox to the dead letters of the queue. A row is removed
/// only after the queue has confirmed the letter, so none is lost; one may be published twice (same message
/// id) when the gateway dies in between.
class DeadLetterCourier {
 public:
  /// `publisher`, `journal` and the rest must outlive it. Starts its thread.
  DeadLetterCourier(queue::Publisher& publisher, Journal& journal, const Clock& clock, Random& random,
                    Log& log);
  ~DeadLetterCourier();
  /// There is a new row. Any thread.
  void wake();
  /// Begins nothing more. The letters under way get `patience` to be confirmed, then they are interrupted;
  /// the thread has ended on return. What is left stays in the outbox.
  void stop(Milliseconds patience = Milliseconds(0));

 private:
  void run();
  void work();
  bool deliver_some();
  void rest(Milliseconds time);

  queue::Publisher& publisher_;
  Journal& journal_;
  const Clock& clock_;
  Random& random_;
  Log& log_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::condition_variable left_;
  bool work_ = true;
  bool stopping_ = false;
  bool ended_ = false;  ///< nothing is under way any more
  Milliseconds backoff_{0};
  std::thread thread_;  // last: it uses the rest
};

}  // namespace duenotice
