#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/journal/holdings.hpp"
#include "gateway/journal/job.hpp"
#include "gateway/journal/publisher_event.hpp"
#include "gateway/notice/act.hpp"
#include "gateway/notice/event.hpp"
#include "gateway/notice/notice.hpp"
#include "gateway/notice/receipt.hpp"
#include "gateway/notice/request_sequence.hpp"

/// What one unit of work may read and change in the journal. A `Transaction` is handed to a `Journal::Work`
/// on the journal's thread and is valid only inside it; everything that the work did becomes durable
/// together, or not at all. The life of a notice (gateway/pipeline) is written against this contract alone,
/// so that another store can stand behind it.
///
/// Errors: a broken store ends the work by an exception that only the journal catches. Reading a row that the
/// caller knows must exist and does not is our bug and aborts.

namespace duenotice {

/// Who already claimed a (source, id).
struct ClaimedIdentity {
  std::string notice_id;
  Digest request_digest;
};

/// What is left of a request under this source and id that is not kept any more.
enum class Remains {
  nothing,
  same,   ///< it was this one
  other,  ///< it had another content
};

/// A request that was not accepted.
struct RejectedRequest {
  std::string id;  ///< ULID
  Instant at;
  std::string code;
  std::string pointer;
  std::string message;
  std::string source;      ///< empty when it could not be read
  std::string request_id;  ///< empty when it could not be read
  std::string content_type;
  std::string account;  ///< empty when it could not be read: then it is about somebody of its own
  std::string body;     ///< as it came; of an oversized one its beginning
  std::int64_t body_bytes = 0;
  Digest body_digest;  ///< of the whole body
  /// What makes it the same request again: a digest of its source, id and canonical JSON, or of its body
  /// where those could not be read.
  Digest same_as;
  RejectionState state = RejectionState::open;
  std::string became;   ///< of a released one: the id of the notice
  bool erased = false;  ///< nothing about a person can be read any more; set when it is read
};

/// A dead letter that waits for the broker's confirmation.
struct OutboxRow {
  std::int64_t id = 0;
  std::string rejection_id;
  std::string code;
  std::string pointer;
  std::string message;
  std::string content_type;
  std::string body;
};

class Transaction {
 public:
  virtual ~Transaction() = default;

  /// The epoch of this process; every intent carries it.
  virtual std::int64_t epoch() const = 0;

  // ---- notices
  // ----------------------------------------------------------------------------------------------------
  /// The accepted notice that claimed this identity, if any.
  virtual std::optional<ClaimedIdentity> claimed(std::string_view source, std::string_view request_id) = 0;
  /// Stores a new notice with the canonical JSON of its request; returns its number (`notice.number` is
  /// ignored).
  virtual NoticeNumber insert_notice(const Notice& notice, std::string_view request_json) = 0;
  virtual Notice notice(NoticeNumber number) = 0;
  virtual std::optional<NoticeNumber> find_notice(std::string_view notice_id) = 0;
  /// The canonical JSON that `insert_notice` was given; nothing once its account was erased.
  virtual std::optional<std::string> request_json(NoticeNumber number) = 0;
  /// Writes what may change: state, effective_date, earliest_effective_date, must_be_sent_by,
  /// dates_hold_until, lead_time_broken, deemed, calendar, late_accepted, late_known.
  virtual void update_notice(const Notice& notice) = 0;

  // ---- whose data it is
  // -----------------------------------------------------------------------------------------
  virtual SubjectNumber subject_of_notice(NoticeNumber number) = 0;
  virtual SubjectNumber subject_of_rejection(std::int64_t number) = 0;

  // ---- renderings
  // -------------------------------------------------------------------------------------------------
  /// Returns the row of its content, for an event that binds itself to it.
  virtual std::int64_t insert_rendering(const Rendering& rendering) = 0;
  /// Whole, or an exception: of an erased account no message is left.
  virtual Rendering rendering(NoticeNumber notice, Channel channel, int revision) = 0;
  virtual int newest_revision(NoticeNumber notice, Channel channel) = 0;

  // ---- deliveries
  // -------------------------------------------------------------------------------------------------
  virtual void insert_delivery(const Delivery& delivery) = 0;
  /// Writes everything but notice, channel, position, counts, sandbox and rule.
  virtual void update_delivery(const Delivery& delivery) = 0;
  /// All deliveries of a notice, by position.
  virtual std::vector<Delivery> deliveries(NoticeNumber notice) = 0;
  /// Waiting deliveries of a channel whose due time has come, at most `most`: first those that must be
  /// started within limits::urgent_window, in the order of `start_by`, then the oldest due.
  virtual std::vector<Delivery> due(Channel channel, Instant now, int most) = 0;
  /// The next due time of a channel's waiting deliveries and further sendings, if any has one.
  virtual std::optional<Instant> next_due(Channel channel) = 0;
  /// Waiting deliveries with a due time that must not be started any more because `start_by` has come.
  virtual std::vector<Delivery> too_late(Channel channel, Instant now, int most) = 0;
  /// Relayed deliveries whose report should have come by now, the longest overdue first.
  virtual std::vector<Delivery> overdue_relays(Channel channel, Instant now, int most) = 0;

  // ---- attempts
  // ---------------------------------------------------------------------------------------------------
  /// Records an intent; returns its id. It must be durable before a connection is used for it.
  virtual std::int64_t insert_attempt(const Attempt& attempt) = 0;
  virtual Attempt attempt(std::int64_t id) = 0;
  virtual std::optional<Attempt> find_attempt(NoticeNumber notice, Channel channel, int number) = 0;
  /// Writes ended_at, outcome, code, reply and provider_id.
  virtual void finish_attempt(const Attempt& attempt) = 0;
  /// Intents without an outcome from epochs before this one, the oldest first, at most `most`.
  virtual std::vector<Attempt> interrupted_attempts(int most) = 0;
  /// Attempts of a notice, by channel and number.
  virtual std::vector<Attempt> attempts(NoticeNumber notice) = 0;

  /// Stores what was said later about an attempt; returns its row. Nothing when a receipt of this kind is
  /// there already: then nothing is written.
  virtual std::optional<std::int64_t> insert_receipt(const Receipt& receipt) = 0;
  /// Those of one attempt, in the order in which they were read.
  virtual std::vector<Receipt> receipts(std::int64_t attempt) = 0;

  // ---- what people decide
  // ------------------------------------------------------------------------------------------
  /// Records who decided what; returns its number.
  virtual std::int64_t insert_act(const Act& act) = 0;
  /// The replay that was asked for in the same words, if any was.
  virtual std::optional<Job> job_like(const Digest& same_as) = 0;
  virtual JobNumber insert_job(const Job& job) = 0;
  virtual bool selects_any(const Selection& selection) = 0;
  /// Freezes a selection as the items of a job, at most `most`; returns how many there are.
  virtual int select_into_job(JobNumber job, const Selection& selection, int most) = 0;
  virtual Job job(JobNumber number) = 0;
  virtual JobState job_state(JobNumber number) = 0;
  virtual std::optional<JobNumber> find_job(std::string_view job_id) = 0;
  /// The jobs that have not ended: running ones, and stopped ones of which something is still to be taken
  /// back. The oldest first; without their selections and addresses.
  virtual std::vector<Job> running_jobs() = 0;
  virtual std::vector<JobItem> items_to_do(JobNumber job, int most) = 0;
  /// `why` is a stable word when the item was passed over.
  virtual void settle_item(const JobItem& item, JobItemState state, std::string_view why) = 0;
  /// A running job is done, a stopped one has been taken back.
  virtual void end_job(JobNumber job, Instant at) = 0;
  /// Whether something of it is to be made due, is due, waits for a retry or is under way.
  virtual bool job_is_open(JobNumber job) = 0;
  /// From now on it is stopped, and has not ended until `end_job`.
  virtual void stop_job(JobNumber job, std::int64_t act) = 0;
  virtual JobItem job_item(JobNumber job, NoticeNumber notice, Channel channel) = 0;
  /// What the job made due and what waits to be started, or for which it accepted lateness: behind the item
  /// `after` (nothing: from the first), by notice and channel, at most `most`.
  virtual std::vector<JobItem> items_waiting(JobNumber job, const std::optional<JobItem>& after,
                                             int most) = 0;
  /// Puts down that for this item the replay accepted that its notice is late.
  virtual void mark_late_accepted(const JobItem& item) = 0;
  /// The replays that did, for any item of the notice; none where a person did for all of it.
  virtual std::vector<JobNumber> late_accepted_by(NoticeNumber notice) = 0;
  /// As if the replay had not; without one, as if none had.
  virtual void forget_late_accepted(NoticeNumber notice, std::optional<JobNumber> job) = 0;

  /// The further sending of a delivery that is sent, if one is wanted.
  virtual std::optional<Resend> resend(NoticeNumber notice, Channel channel) = 0;
  virtual void insert_resend(const Resend& resend) = 0;
  /// Writes due_at, failures and relayed.
  virtual void update_resend(const Resend& resend) = 0;
  virtual void remove_resend(NoticeNumber notice, Channel channel) = 0;
  virtual std::vector<Resend> due_resends(Channel channel, Instant now, int most) = 0;
  /// Relayed ones whose report should have come by now.
  virtual std::vector<Resend> overdue_resends(Channel channel, Instant now, int most) = 0;

  // ---- in-site
  // ----------------------------------------------------------------------------------------------------
  virtual void insert_in_site_message(const InSiteMessage& message) = 0;

  // ---- rejections and their dead letters
  // ----------------------------------------------------------------------
  /// Stores a rejection and its dead letter; returns its number. Nothing when the same request was already
  /// rejected with the same code and pointer: then nothing is written.
  virtual std::optional<std::int64_t> insert_rejection(const RejectedRequest& rejection) = 0;
  /// Dead letters that were not confirmed yet, the oldest first, at most `most`.
  virtual std::vector<OutboxRow> outbox(int most) = 0;
  virtual void remove_from_outbox(std::int64_t id) = 0;
  virtual std::optional<StoredRejection> rejection(std::string_view id) = 0;
  /// A person has decided: released as `became`, or discarded when that is empty.
  virtual void settle_rejection(std::int64_t number, std::int64_t act, std::string_view became) = 0;
  /// What was submitted in its place, and the difference as a JSON Patch (RFC 6902).
  virtual void insert_release(std::int64_t rejection, std::string_view difference, std::string_view body) = 0;

  // ---- erasure
  // -------------------------------------------------------------------------------------------------
  /// Nothing when nothing is kept about the account, or it was erased.
  virtual std::optional<SubjectNumber> find_subject(std::string_view account) = 0;
  /// The same, made when there is none.
  virtual SubjectNumber subject_of_account(std::string_view account) = 0;
  virtual void add_legal_hold(std::string_view account, std::int64_t act) = 0;
  virtual void remove_legal_hold(std::int64_t act) = 0;
  /// Those on one account, the oldest first.
  virtual std::vector<LegalHold> legal_holds(std::string_view account) = 0;
  virtual void set_account_ended(std::string_view account, CalendarDate on) = 0;
  virtual std::optional<CalendarDate> account_ended(std::string_view account) = 0;
  virtual Holdings holdings(SubjectNumber subject) = 0;
  /// Destroys the subject's key and every row by which it could be found; open rejections of it are discarded
  /// by `act`. A tombstone of each request stays. What is deleted is written over soon after the
  /// commit.
  virtual void erase(SubjectNumber subject, std::int64_t act) = 0;
  /// Whether what was deleted was written over in the file too, but for readers that still needed it.
  virtual bool is_scrubbed() = 0;
  /// Of a request that is not kept, so that one that comes again is known.
  virtual void leave_tombstone(std::string_view source, std::string_view request_id,
                               const Digest& content) = 0;
  virtual Remains remains_of(std::string_view source, std::string_view request_id, const Digest& content) = 0;
  /// What may stand for such a request's id.
  virtual std::string nameless(std::string_view source, std::string_view request_id) = 0;
  /// Whether a rejected request with this body was erased.
  virtual bool was_erased(const Digest& body) = 0;

  // ---- the master key
  // ------------------------------------------------------------------------------------------
  /// Reads the master keys again. Where there is one alone, and it stands in a file, a new one is put before
  /// it; where there are more, a change to the newest is under way.
  virtual Status renew_master_key() = 0;
  /// Wraps up to `most` keys of subjects under the newest master key; returns how many.
  virtual int rewrap_keys(int most) = 0;
  /// Once everything is: the older ones are not needed any more. Then, in work of its own, they are moved out
  /// of the file; returns where to.
  virtual void forget_older_master_keys() = 0;
  virtual Result<std::vector<std::string>> set_older_master_keys_aside() = 0;

  // ---- history
  // ----------------------------------------------------------------------------------------------------
  /// Appends an event with the next sequence number; returns that number. Its bytes never change afterwards.
  /// They hold a commitment for each protected field and, of a notice's second event on, the leaf hash of the
  /// one before. Asserts that they have at most limits::event_bytes.
  virtual std::int64_t append_event(const Event& event) = 0;
  /// Keeps the signed note whose digest the event has.
  virtual void insert_statement(std::int64_t event, std::string_view note) = 0;
  /// Puts down that a numbered request came, accepted or rejected; again it changes nothing.
  virtual void note_sequence(const RequestSequence& sequence) = 0;
  /// The events that publishers are told of, behind the sequence number `after` and in its order, at most
  /// `most`.
  virtual std::vector<PublisherEvent> publisher_events(std::int64_t after, int most) = 0;
  /// How far the reader of events with this name has come: the sequence number of the last one that it handed
  /// on for certain; 0 when it never did.
  virtual std::int64_t cursor(std::string_view name) = 0;
  virtual void move_cursor(std::string_view name, std::int64_t sequence) = 0;
};

}  // namespace duenotice
