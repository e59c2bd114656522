#pragma once
#include <optional>
#include <string>
#include <vector>

#include "channels/channel.hpp"
#include "gateway/base/random.hpp"
#include "gateway/journal/transaction.hpp"
#include "gateway/pipeline/intake.hpp"
#include "gateway/pipeline/settings.hpp"

/// The whole life of a notice, each step as one function over the journal. Threads, queues and connections
/// are elsewhere; recovery and the live path call the same functions, and so do the tests that crash at every
/// step.
///
///   message ── Intake::judge ──▶ take_in ──▶ accepted ──▶ start_due ──▶ (hand over) ──▶ record_outcome ──▶
///   legal date
///                                   │                        │                                │
///                                   ├▶ duplicate             ├▶ held or moved: too late        ├▶ waiting
///                                   for a retry └▶ rejected + outbox     └▶ in-site: shown at once └▶ held,
///                                   failed
///
/// Every function runs inside one unit of work of the journal; nothing it returns may be acted on before the
/// commit.

namespace duenotice {

/// One attempt whose intent is in the journal.
struct AttemptTask {
  std::int64_t attempt_id = 0;
  Channel channel = Channel::email;
  /// Not to be handed over from then on: the reply could come after the notice's last lawful midnight.
  std::optional<Instant> start_before;
  channels::HandOver hand_over;
};

/// What a unit of work asks its caller to do after the commit.
struct AfterCommit {
  std::vector<AttemptTask> tasks;  ///< hand these over
  /// Deliveries of each channel that are due now, and times at which further ones will be.
  struct Due {
    Channel channel = Channel::email;
    Instant at;
  };
  std::vector<Due> due;
  /// When the first in-site row of this work was stamped; its commit must follow within the midnight guard.
  std::optional<Instant> first_shown_at;
  /// Legal dates that were fixed, to be logged.
  struct Deemed {
    std::string notice_id;
    Channel channel = Channel::email;
    CalendarDate on;
  };
  std::vector<Deemed> deemed;
  /// Of a request that was rejected.
  std::string rejection_id;
  std::string rejection_code;
};

enum class TakenIn { accepted, duplicate, rejected, rejected_before };

/// Stateless but for its references, which must outlive it. Any thread; in practice the journal's.
class NoticeLife {
 public:
  NoticeLife(const MessageMaker& maker, const PipelineSettings& settings, const Intake& intake,
             const Clock& clock)
      : maker_(maker), settings_(settings), intake_(intake), clock_(clock) {}

  /// Step 5. Accepts the draft, recognises a duplicate, or stores the rejection with its dead letter. In-site
  /// deliveries that are due are shown in the same commit.
  TakenIn take_in(Transaction& tx, const queue::Message& message, const Judgement& judgement,
                  AfterCommit& after) const;

  /// Step 6. Commits the intent for up to `most` due deliveries of a channel, or shows them (in-site).
  /// Returns how many due rows it looked at: fewer than `most` means that no more are due.
  int start_due(Transaction& tx, Channel channel, int most, AfterCommit& after) const;

  /// Step 8. `at` is when the other side's reply was read.
  void record_outcome(Transaction& tx, std::int64_t attempt_id, const OutcomeReport& report, Instant at,
                      AfterCommit& after) const;

  /// After a start: intents of earlier epochs without an outcome become `unknown`. Returns how many, at most
  /// `most`.
  int recover(Transaction& tx, int most, AfterCommit& after) const;

  /// A commit took longer than the in-site guard allows: says so in the history.
  void record_overrun(Transaction& tx, Instant shown_at, Instant committed_at) const;

 private:
  struct Scene;
  Scene load(Transaction& tx, NoticeNumber number) const;
  void save(Transaction& tx, Scene& scene) const;
  void note(Transaction& tx, const Scene& scene, std::string_view type, Json facts) const;

  TakenIn accept(Transaction& tx, const Draft& draft, AfterCommit& after) const;
  TakenIn reject(Transaction& tx, const queue::Message& message, const Rejection& rejection,
                 const std::optional<Judgement::Identity>& identity, AfterCommit& after) const;
  void start(Transaction& tx, const Delivery& due, AfterCommit& after) const;
  void note_start(Transaction& tx, const Scene& scene, const Attempt& attempt) const;
  void show_in_site(Transaction& tx, Scene& scene, Delivery& delivery, AfterCommit& after) const;
  Milliseconds guard_of(const Delivery& delivery) const;
  std::optional<Instant> last_start(const Scene& scene, const Delivery& delivery) const;
  void hold(Transaction& tx, Delivery& delivery, const Scene& scene, std::string reason) const;
  bool another_is_in_time(const Scene& scene, const Delivery& delivery, Instant now) const;
  bool settle_lateness(Transaction& tx, Scene& scene, Delivery& delivery, Instant now,
                       AfterCommit& after) const;
  bool move_effective_date(Transaction& tx, Scene& scene, Instant now, AfterCommit& after) const;
  void finish(Transaction& tx, Scene& scene, Delivery& delivery, Attempt& attempt,
              const OutcomeReport& report, Instant at, AfterCommit& after) const;
  void decide_after_failure(Transaction& tx, Scene& scene, Delivery& delivery, const OutcomeReport& report,
                            Instant at, AfterCommit& after) const;
  void fix_legal_date(Transaction& tx, Scene& scene, const Delivery& delivery, const Attempt& attempt,
                      AfterCommit& after) const;
  void release_the_others(Transaction& tx, Scene& scene, Instant at, AfterCommit& after) const;
  void start_next_in_order(Transaction& tx, Scene& scene, Instant at, AfterCommit& after) const;

  const MessageMaker& maker_;
  const PipelineSettings& settings_;
  const Intake& intake_;
  const Clock& clock_;
};

}  // namespace duenotice
