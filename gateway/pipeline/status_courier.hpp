#pragma once
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gateway/base/log.hpp"
#include "gateway/base/random.hpp"
#include "gateway/journal/journal.hpp"
#include "queue/queue.hpp"

namespace duenotice {

/// Tells publishers what became of their requests: publishes the events of the history that they act on, in
/// the order of their sequence, each at least once. The history itself is the outbox; a cursor in the journal
/// says how far the broker has confirmed them. It moves after the confirmation, so none is lost while the
/// broker is away, and those between the two may come twice (same id) when the gateway dies there. A journal
/// without the cursor is told from its first event on.
class StatusCourier {
 public:
  /// The name of its cursor.
  static constexpr std::string_view cursor = "status_events";

  /// `source` is the CloudEvents source. `publisher`, `journal` and the rest must outlive it. Starts its
  /// thread.
  StatusCourier(queue::EventPublisher& publisher, Journal& journal, std::string source, Random& random,
                Log& log);
  ~StatusCourier();

  /// There may be a new event. Cheap; any thread.
  void wake();

  /// What it does now. Any thread.
  struct Standing {
    std::string fault;          ///< why nothing can be published; empty: it can
    std::int64_t sequence = 0;  ///< of the last event that was confirmed, also by an earlier process
  };
  Standing standing() const;

  /// Publishes what the journal holds by now, if the broker is there, for at most `patience`; then that is
  /// interrupted. The thread has ended on return, and what was confirmed is recorded. The rest waits for the
  /// next start.
  void stop(Milliseconds patience = Milliseconds(0));

 private:
  void run();
  void work();
  bool wait_for_work();
  bool read_batch();
  Status publish_batch();
  bool deliver_some();
  void confirmed();
  bool failed(const Error& error);

  queue::EventPublisher& publisher_;
  Journal& journal_;
  const std::string source_;
  Random& random_;
  Log& log_;

  // The thread's own.
  std::vector<PublisherEvent> batch_;  ///< read and not confirmed
  std::optional<std::int64_t> read_to_;
  std::int64_t recorded_ = 0;  ///< where the journal's cursor stands
  Milliseconds backoff_{0};

  mutable std::mutex mutex_;
  std::condition_variable woken_;
  std::condition_variable left_;
  Standing standing_;
  bool work_ = true;
  bool stopping_ = false;
  bool ended_ = false;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace duenotice
