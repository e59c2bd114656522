#pragma once
#include <functional>
#include <memory>

#include "gateway/base/result.hpp"
#include "gateway/journal/transaction.hpp"

namespace duenotice {

/// What happens to work when the disk is full.
enum class WorkClass {
  intake,   ///< takes on new duties: refused while space is low
  outcome,  ///< records what already happened or what a person decided: may use the reserve
};

/// How a unit of work ended.
enum class Committed {
  yes,       ///< durable
  no_space,  ///< nothing was written; the duty stays with whoever holds it (the queue)
  failed,    ///< this work alone was undone because of a constraint; others in the same commit were not
  stopped,   ///< the journal was closed before the work ran, or it broke: nothing is promised about the work
};

/// The one durable truth. Work from any thread is committed in groups by one thread: whatever waits when a
/// commit ends goes into the next one. Work that breaks a constraint is undone alone.
class Journal {
 public:
  using Work = std::function<void(Transaction&)>;
  using Done = std::function<void(Committed)>;
  virtual ~Journal() = default;

  /// Queues `work`; returns at once unless limits::journal_backlog_items already wait. `done` runs on the
  /// journal's thread after the commit that holds the work is durable (or the work has been refused), in the
  /// order of submission, and must be quick. It may submit more work. When the disk was full or other work in
  /// the group broke a constraint, `work` is run again in a fresh transaction, up to four times: it must not
  /// keep state from an earlier run.
  virtual void submit(WorkClass work_class, Work work, Done done) = 0;

  /// The same, waiting for the result. Not from a `Done`.
  Committed run(WorkClass work_class, Work work);

  /// Whether intake is stopped for want of space. Any thread.
  virtual bool space_is_low() const = 0;

  /// Figures for the bench and the status page, since this process started. Any thread.
  struct Figures {
    std::int64_t commits = 0;
    std::int64_t items = 0;
    Milliseconds last_commit{0};
  };
  virtual Figures figures() const = 0;

  virtual std::int64_t epoch() const = 0;

  /// Commits what was submitted, then refuses more: `done(stopped)` inside `submit`. Called once, before
  /// destruction.
  virtual void close() = 0;
};

}  // namespace duenotice
