#pragma once
#include <optional>
#include <string>
#include <vector>

#include "channels/channel.hpp"
#include "gateway/base/random.hpp"
#include "gateway/journal/transaction.hpp"
#include "gateway/pipeline/decision.hpp"
#include "gateway/pipeline/erasure.hpp"
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
  /// Not to be handed over from then on: the reply could come after the notice's last lawful midnight, or a
  /// date that it names would have passed.
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
};

enum class TakenIn {
  accepted,
  duplicate,
  rejected,
  rejected_before,
  noted,  ///< the end of an account, not a request
};

/// Stateless but for its references, which must outlive it. Any thread; in practice the journal's.
class NoticeLife {
 public:
  NoticeLife(const MessageMaker& maker, const PipelineSettings& settings, const Intake& intake,
             const Clock& clock, Random& random)
      : maker_(maker), settings_(settings), intake_(intake), clock_(clock), random_(random) {}

  /// Step 5. Accepts the draft, recognises a duplicate, or stores the rejection with its dead letter. In-site
  /// deliveries that are due are shown in the same commit.
  TakenIn take_in(Transaction& tx, const queue::Message& message, const Judgement& judgement,
                  AfterCommit& after) const;

  /// Step 6. Commits the intent for up to `most` due deliveries of a channel, or shows them (in-site). A
  /// `probe` looks whether a provider that was away is back: that it is not costs no retry.
  /// Returns how many due rows it looked at: fewer than `most` means that no more are due.
  int start_due(Transaction& tx, Channel channel, int most, AfterCommit& after, bool probe = false) const;

  /// Step 8. `at` is when the other side's reply was read.
  void record_outcome(Transaction& tx, std::int64_t attempt_id, const OutcomeReport& report, Instant at,
                      AfterCommit& after) const;

  /// What a relay or a provider says later; `at` is when it was read. It may come before the outcome of its
  /// own attempt is recorded, in any order, and more than once. False when there is no such attempt.
  bool record_report(Transaction& tx, const channels::Report& report, Instant at, AfterCommit& after) const;

  /// What time alone decides: deliveries that have become too late are held or moved, relays that should have
  /// reported by now are `unknown`. Returns how many there were, of each at most limits::overdue_at_once.
  int settle_overdue(Transaction& tx, Channel channel, AfterCommit& after) const;

  // ---- what people decide (decision.cpp, replay.cpp, release.cpp)
  /// Does what a person decided, and records who and why. A refusal says what stands in the way and what to
  /// do instead, and leaves nothing behind.
  Status decide(Transaction& tx, const Decision& decision, AfterCommit& after) const;

  /// Freezes the selection of a replay as a job. Asked again in the same words, it is the same job.
  /// `not_found` when nothing fits; then nothing is left behind.
  Result<ReplayMade> begin_replay(Transaction& tx, const ReplayOrder& order) const;
  /// From the commit on nothing of the replay is started any more. What it had not yet made due stays as it
  /// was; what it made due and was not sent is taken back by `take_back_some`. A refusal says why.
  Status stop_replay(Transaction& tx, const StopOrder& order) const;
  /// Takes up to `most` deliveries of a stopped job back, from behind `reached` on, which it moves. Returns
  /// how many there were; fewer than `most` means that the job has ended.
  int take_back_some(Transaction& tx, JobNumber job, std::optional<JobItem>& reached, int most) const;
  /// Makes up to `most` deliveries of a job due, each in the commit that takes it off the job's list. Returns
  /// how many it looked at; fewer than `most` means that the job is done.
  int replay_some(Transaction& tx, JobNumber job, int most, AfterCommit& after) const;

  /// Accepts what was rejected before, as `judgement` now sees it. An error says why it would be rejected
  /// again; then nothing is left behind and the rejection stays open.
  Result<Released> release(Transaction& tx, const ReleaseOrder& order, const Judgement& judgement,
                           AfterCommit& after) const;
  Status discard(Transaction& tx, const ReleaseOrder& order) const;

  // ---- what is kept about an account (erasure.cpp)
  /// Erases it, or restricts it because a legal hold or a retention runs; both are recorded. An error says
  /// what else stands in the way and what to do; then nothing is left behind.
  Result<ErasureOutcome> erase(Transaction& tx, const AccountOrder& order) const;
  /// `order.act_id` is the hold's id.
  Status add_legal_hold(Transaction& tx, const AccountOrder& order) const;
  /// Removes the hold `hold_id`, or the only one where that is empty.
  Status remove_legal_hold(Transaction& tx, const AccountOrder& order, const std::string& hold_id) const;
  /// The relation with an account ended, as an operator says.
  void end_account(Transaction& tx, const AccountOrder& order, CalendarDate on) const;

  /// After a start: intents of earlier epochs without an outcome become `unknown`. Returns how many, at most
  /// `most`.
  int recover(Transaction& tx, int most, AfterCommit& after) const;

  /// A commit took longer than the in-site guard allows: says so in the history.
  void record_overrun(Transaction& tx, Instant shown_at, Instant committed_at) const;

 private:
  struct Scene;
  Scene load(Transaction& tx, NoticeNumber number) const;
  void save(Transaction& tx, Scene& scene) const;
  void note(Transaction& tx, const Scene& scene, std::string_view type, Json facts,
            std::vector<ProtectedField> protected_fields = {}) const;
  void note_state(Transaction& tx, const Scene& scene) const;

  /// The frozen message of a delivery, where it goes, and what both are called in an event.
  static void protect(std::vector<ProtectedField>& fields, const Rendering& rendering, std::int64_t content);

  TakenIn accept(Transaction& tx, const Draft& draft, AfterCommit& after) const;
  std::optional<TakenIn> take_in_again(Transaction& tx, const queue::Message& message,
                                       const Judgement& judgement) const;
  TakenIn take_in_end(Transaction& tx, const queue::Message& message, const Judgement& judgement,
                      const AccountEnded& ended) const;
  TakenIn reject(Transaction& tx, const queue::Message& message, const Rejection& rejection,
                 const Judgement& judgement) const;
  void start(Transaction& tx, const Delivery& due, bool probe, AfterCommit& after) const;
  /// What an attempt is beside its delivery's own next one.
  struct Begin {
    int revision = 1;
    std::optional<JobNumber> job;
    bool possible_duplicate = false;
    std::optional<Instant> start_before;
    bool probe = false;
  };
  void begin_attempt(Transaction& tx, Scene& scene, Delivery& delivery, const Begin& begin,
                     AfterCommit& after) const;
  void note_start(Transaction& tx, const Scene& scene, const Attempt& attempt) const;
  void show_in_site(Transaction& tx, Scene& scene, Delivery& delivery, AfterCommit& after) const;
  Milliseconds guard_of(const Delivery& delivery) const;
  static std::optional<Instant> dates_end(const Scene& scene);
  bool replay_was_stopped(Transaction& tx, std::optional<JobNumber> job) const;
  void take_back(Transaction& tx, Scene& scene, Delivery& delivery) const;
  void take_words_back(Transaction& tx, Scene& scene, Delivery& delivery, const JobItem& item) const;
  void take_back_resend(Transaction& tx, const Scene& scene, Channel channel) const;
  void take_leave_back(Transaction& tx, Scene& scene, std::optional<JobNumber> job) const;
  Instant soonest(const Scene& scene) const;
  std::optional<Instant> last_start(const Scene& scene, const Delivery& delivery) const;
  bool is_too_late(const Scene& scene, const Delivery& delivery, Instant now) const;
  void hold(Transaction& tx, Delivery& delivery, const Scene& scene, std::string_view reason) const;
  bool another_is_in_time(const Scene& scene, const Delivery& delivery, Instant now) const;
  bool settle_lateness(Transaction& tx, Scene& scene, Delivery& delivery, Instant now,
                       AfterCommit& after) const;
  bool move_effective_date(Transaction& tx, Scene& scene, Instant now, AfterCommit& after) const;
  void finish(Transaction& tx, Scene& scene, Delivery& delivery, Attempt& attempt,
              const OutcomeReport& report, Instant at, AfterCommit& after) const;
  void decide_after_failure(Transaction& tx, Scene& scene, Delivery& delivery, const OutcomeReport& report,
                            Instant at, AfterCommit& after) const;
  void wait_for_provider(Transaction& tx, Scene& scene, Delivery& delivery, const OutcomeReport& report,
                         Instant at, AfterCommit& after) const;
  void wait_for_retry(const Scene& scene, Delivery& delivery, const OutcomeReport& report, Milliseconds delay,
                      Instant at, AfterCommit& after) const;
  Milliseconds jittered(Milliseconds delay) const;
  void recount_unknowns(Transaction& tx, Delivery& delivery) const;
  void date_by_the_last(Transaction& tx, const Scene& scene, DeemedDelivery& deemed) const;
  void give_up(Transaction& tx, Scene& scene, Delivery& delivery, DeliveryState state,
               std::string_view reason, Instant at, AfterCommit& after) const;
  /// `news` is the receipt that was just stored; without one all of them are news.
  void apply_receipts(Transaction& tx, Scene& scene, Attempt& attempt, std::optional<ReceiptKind> news,
                      AfterCommit& after) const;
  void end_by_report(Transaction& tx, const Scene& scene, Attempt& attempt, Outcome outcome, std::string code,
                     const Receipt& receipt) const;
  void settle_as_sent(Transaction& tx, Scene& scene, Attempt& attempt, const Receipt& receipt,
                      AfterCommit& after) const;
  void settle_as_refused(Transaction& tx, Scene& scene, Attempt& attempt, const Receipt& receipt,
                         AfterCommit& after) const;
  void start_courtesy(Transaction& tx, Scene& scene, Instant at, AfterCommit& after) const;
  void settle_unreported(Transaction& tx, const Delivery& due, AfterCommit& after) const;
  void settle_unreported(Transaction& tx, const Resend& due) const;
  void call_unknown(Transaction& tx, const Scene& scene, Attempt& attempt) const;
  void fix_legal_date(Transaction& tx, Scene& scene, const Delivery& delivery, const Attempt& attempt,
                      AfterCommit& after) const;
  void release_the_others(Transaction& tx, Scene& scene, Instant at, AfterCommit& after) const;
  void start_next_in_order(Transaction& tx, Scene& scene, const Delivery& before, Instant at,
                           AfterCommit& after) const;

  CalendarDate last_reply_day(const Scene& scene, Instant now) const;
  CalendarDate earliest_at(const Scene& scene, Instant now) const;
  struct Origin;
  std::optional<Origin> origin_of(Transaction& tx, const Notice& notice) const;
  std::optional<Rendering> render_again(Transaction& tx, const Scene& scene, Channel channel,
                                        const std::string& address, int revision,
                                        std::optional<CalendarDate> effective_date) const;
  Status set_effective_date(Transaction& tx, Scene& scene, CalendarDate date, std::string_view reason,
                            AfterCommit& after) const;

  void release_late(Scene& scene, Instant start, AfterCommit& after) const;

  Status may_decide(const Scene& scene, const Decision& decision) const;
  Status may_cancel(const Scene& scene) const;
  Status may_retry(const Scene& scene, const Decision& decision) const;
  bool may_be_brought_forward(const Scene& scene, const Delivery& delivery, const Decision& decision) const;
  bool waits_for_its_time(const Scene& scene, const Delivery& delivery) const;
  static std::string channels_of(const Scene& scene);
  Status may_resolve(const Scene& scene, const Decision& decision) const;
  Status may_set_effective_date(const Scene& scene, CalendarDate date) const;
  Status late_held(const Scene& scene) const;
  Status may_accept_late(const Scene& scene) const;
  void cancel(Scene& scene) const;
  void bring_forward(Scene& scene, const Decision& decision, AfterCommit& after) const;
  void make_due_again(Transaction& tx, Scene& scene, Delivery& delivery, AfterCommit& after) const;
  void accept_late(Transaction& tx, Scene& scene, AfterCommit& after) const;
  void note_act(Transaction& tx, const Scene& scene, const Decision& decision) const;

  std::int64_t note_account_act(Transaction& tx, const AccountOrder& order, std::string_view event,
                                SubjectNumber subject, Json facts) const;
  std::optional<CalendarDate> retained_until(const Holdings& holdings, CalendarDate ended) const;
  std::int64_t note_rejection_act(Transaction& tx, const ReleaseOrder& order, std::int64_t rejection,
                                  std::string_view what, std::string_view event, const std::string& notice_id,
                                  std::vector<ProtectedField> fields) const;
  std::string_view replay(Transaction& tx, const JobItem& item, const Job& job, AfterCommit& after) const;
  std::string_view replay_sent(Transaction& tx, Scene& scene, Delivery& delivery, const JobItem& item,
                               const Job& job, AfterCommit& after) const;
  void accept_late_for(Transaction& tx, Scene& scene, const JobItem& item, const Job& job) const;
  void note_replay(Transaction& tx, const Scene& scene, const Delivery& delivery, const Job& job) const;
  bool correct_address(Transaction& tx, Scene& scene, Delivery& delivery, const std::string& address) const;
  std::optional<int> corrected_rendering(Transaction& tx, const Scene& scene, const Delivery& delivery,
                                         const std::string& address) const;
  std::string_view correct_waiting(Transaction& tx, Scene& scene, Delivery& delivery, const JobItem& item,
                                   const Job& job, AfterCommit& after) const;
  void start_resend(Transaction& tx, const Resend& due, bool probe, AfterCommit& after) const;
  void settle_resend(Transaction& tx, const Scene& scene, Resend resend, const Attempt& attempt,
                     const OutcomeReport& report, Instant at, AfterCommit& after) const;
  void end_resend(Transaction& tx, const Scene& scene, Channel channel, std::string_view reason) const;

  const MessageMaker& maker_;
  const PipelineSettings& settings_;
  const Intake& intake_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace duenotice
