#pragma once
#include <map>
#include <set>
#include <tuple>

#include "gateway/base/random.hpp"
#include "gateway/base/sqlite.hpp"
#include "gateway/journal/notice_chain.hpp"
#include "gateway/journal/publisher_events.hpp"
#include "gateway/journal/subject_keys.hpp"
#include "gateway/journal/transaction.hpp"

namespace duenotice {

/// The transaction contract over prepared statements, and what the store needs around it. One object serves
/// all units of work of a process. The journal's thread.
class SqliteTransaction final : public Transaction {
 public:
  /// `database` has the current schema; it, `keys`, which are on it, and `random` outlive this object.
  SqliteTransaction(sqlite::Database& database, std::int64_t epoch, SubjectKeys& keys, Random& random,
                    JournalKeys master_keys);

  /// Around each unit of work, inside the store's savepoint: what is kept in memory follows the database.
  void begin_work();
  void end_work();
  void undo_work();
  /// After a commit, and after the rollback of a whole group.
  void group_committed();
  void undo_group();

  /// Whether something was erased that may still be in the file.
  bool takes_scrubbing() const { return takes_scrubbing_; }
  void scrubbing_ends() { takes_scrubbing_ = false; }

  /// What the present group added to the history so far, without the protected fields.
  std::span<const Event> appended() const { return appended_; }

  std::int64_t epoch() const override { return epoch_; }

  std::optional<ClaimedIdentity> claimed(std::string_view source, std::string_view request_id) override;
  NoticeNumber insert_notice(const Notice& notice, std::string_view request_json) override;
  Notice notice(NoticeNumber number) override;
  std::optional<NoticeNumber> find_notice(std::string_view notice_id) override;
  std::optional<std::string> request_json(NoticeNumber number) override;
  void update_notice(const Notice& notice) override;

  SubjectNumber subject_of_notice(NoticeNumber number) override;
  SubjectNumber subject_of_rejection(std::int64_t number) override;

  std::int64_t insert_rendering(const Rendering& rendering) override;
  Rendering rendering(NoticeNumber notice, Channel channel, int revision) override;
  int newest_revision(NoticeNumber notice, Channel channel) override;

  void insert_delivery(const Delivery& delivery) override;
  void update_delivery(const Delivery& delivery) override;
  std::vector<Delivery> deliveries(NoticeNumber notice) override;
  std::vector<Delivery> due(Channel channel, Instant now, int most) override;
  std::optional<Instant> next_due(Channel channel) override;
  std::vector<Delivery> too_late(Channel channel, Instant now, int most) override;
  std::vector<Delivery> overdue_relays(Channel channel, Instant now, int most) override;

  std::int64_t insert_attempt(const Attempt& attempt) override;
  Attempt attempt(std::int64_t id) override;
  std::optional<Attempt> find_attempt(NoticeNumber notice, Channel channel, int number) override;
  void finish_attempt(const Attempt& attempt) override;
  std::vector<Attempt> interrupted_attempts(int most) override;
  std::vector<Attempt> attempts(NoticeNumber notice) override;

  std::optional<std::int64_t> insert_receipt(const Receipt& receipt) override;
  std::vector<Receipt> receipts(std::int64_t attempt) override;

  std::int64_t insert_act(const Act& act) override;
  std::optional<Job> job_like(const Digest& same_as) override;
  JobNumber insert_job(const Job& job) override;
  bool selects_any(const Selection& selection) override;
  int select_into_job(JobNumber job, const Selection& selection, int most) override;
  Job job(JobNumber number) override;
  JobState job_state(JobNumber number) override;
  std::optional<JobNumber> find_job(std::string_view job_id) override;
  std::vector<Job> running_jobs() override;
  std::vector<JobItem> items_to_do(JobNumber job, int most) override;
  void settle_item(const JobItem& item, JobItemState state, std::string_view why) override;
  void end_job(JobNumber job, Instant at) override;
  bool job_is_open(JobNumber job) override;
  void stop_job(JobNumber job, std::int64_t act) override;
  JobItem job_item(JobNumber job, NoticeNumber notice, Channel channel) override;
  std::vector<JobItem> items_waiting(JobNumber job, const std::optional<JobItem>& after, int most) override;
  void mark_late_accepted(const JobItem& item) override;
  std::vector<JobNumber> late_accepted_by(NoticeNumber notice) override;
  void forget_late_accepted(NoticeNumber notice, std::optional<JobNumber> job) override;
  std::optional<Resend> resend(NoticeNumber notice, Channel channel) override;
  void insert_resend(const Resend& resend) override;
  void update_resend(const Resend& resend) override;
  void remove_resend(NoticeNumber notice, Channel channel) override;
  std::vector<Resend> due_resends(Channel channel, Instant now, int most) override;
  std::vector<Resend> overdue_resends(Channel channel, Instant now, int most) override;

  void insert_in_site_message(const InSiteMessage& message) override;

  std::optional<std::int64_t> insert_rejection(const RejectedRequest& rejection) override;
  std::vector<OutboxRow> outbox(int most) override;
  void remove_from_outbox(std::int64_t id) override;
  std::optional<StoredRejection> rejection(std::string_view id) override;
  void settle_rejection(std::int64_t number, std::int64_t act, std::string_view became) override;
  void insert_release(std::int64_t rejection, std::string_view difference, std::string_view body) override;

  std::optional<SubjectNumber> find_subject(std::string_view account) override;
  SubjectNumber subject_of_account(std::string_view account) override { return keys_.of_account(account); }
  void add_legal_hold(std::string_view account, std::int64_t act) override;
  void remove_legal_hold(std::int64_t act) override;
  std::vector<LegalHold> legal_holds(std::string_view account) override;
  void set_account_ended(std::string_view account, CalendarDate on) override;
  std::optional<CalendarDate> account_ended(std::string_view account) override;
  Holdings holdings(SubjectNumber subject) override;
  void erase(SubjectNumber subject, std::int64_t act) override;
  bool is_scrubbed() override;
  void leave_tombstone(std::string_view source, std::string_view request_id, const Digest& content) override;
  Remains remains_of(std::string_view source, std::string_view request_id, const Digest& content) override;
  std::string nameless(std::string_view source, std::string_view request_id) override;
  bool was_erased(const Digest& body) override;

  Status renew_master_key() override;
  int rewrap_keys(int most) override { return keys_.rewrap(most); }
  void forget_older_master_keys() override { keys_.forget_unused_masters(); }
  Result<std::vector<std::string>> set_older_master_keys_aside() override;

  std::int64_t append_event(const Event& event) override;
  void insert_statement(std::int64_t event, std::string_view note) override;
  void note_sequence(const RequestSequence& sequence) override;
  std::vector<PublisherEvent> publisher_events(std::int64_t after, int most) override;
  std::int64_t cursor(std::string_view name) override;
  void move_cursor(std::string_view name, std::int64_t sequence) override;

 private:
  /// What a notice is listed by; see `facets` in schema.sql.
  /// Agreement, kind, channels, timed, further clauses.
  using Facet = std::tuple<std::string, std::string, std::int64_t, bool, std::string>;

  sqlite::Statement prepare(std::string_view sql) { return database_.prepare(sql); }
  void forget();
  std::vector<SubjectNumber> who_else_is_meant(SubjectNumber subject);
  std::optional<Digest> tombstone_content(const Digest& mark);
  void leave_tombstones(SubjectNumber subject);
  void erase_numbering(SubjectNumber subject);
  void erase_notices(SubjectNumber subject);
  void erase_rest(SubjectNumber subject, std::int64_t act);
  Facet facet_of(NoticeNumber notice);
  std::int64_t facet_number(const Facet& facet);
  void note_channel(NoticeNumber notice, Channel channel);
  std::vector<Delivery> urgent(Channel channel, Instant now, int most);
  NoticeNumber number_of(std::string_view notice_id);
  std::string protect(const Event& event, SubjectNumber subject, Json& document);

  sqlite::Database& database_;
  const std::int64_t epoch_;
  SubjectKeys& keys_;
  Random& random_;
  const JournalKeys master_keys_;

  std::int64_t committed_sequence_ = 0;  ///< of the last event that is durable
  std::int64_t sequence_ = 0;            ///< of the last event of this transaction
  std::int64_t work_sequence_ = 0;       ///< the same when the present work began
  std::vector<Event> appended_;          ///< those behind committed_sequence_

  std::map<NoticeNumber, Facet> changed_facets_;  ///< of this work, written at its end
  std::map<Facet, std::int64_t> facet_numbers_;   ///< known rows of `facets`
  /// Agreement and version: those of which a row stands in `used_versions`, or will with this group.
  std::set<std::pair<std::string, std::string>> used_versions_;
  std::string last_id_;  ///< the notice that was spoken of last; its events follow
  NoticeNumber last_number_ = 0;
  NoticeChain chain_;
  bool takes_scrubbing_ = false;

  sqlite::Statement claimed_, insert_notice_, insert_used_version_, insert_request_, notice_, find_notice_,
      request_json_, update_notice_;
  sqlite::Statement any_tombstone_, find_tombstone_, insert_tombstone_, noted_sequence_, sequences_of_,
      subject_of_notice_, subject_of_rejection_;
  sqlite::Statement select_facet_, insert_facet_, facet_of_notice_, set_facet_;
  sqlite::Statement insert_content_, insert_rendering_, rendering_, newest_revision_;
  sqlite::Statement insert_delivery_, update_delivery_, deliveries_, due_, next_due_;
  sqlite::Statement next_start_by_, urgent_, too_late_, overdue_relays_;
  sqlite::Statement insert_attempt_, attempt_, finish_attempt_, interrupted_, attempts_, insert_in_site_;
  sqlite::Statement find_attempt_, insert_receipt_, receipts_;
  sqlite::Statement insert_rejection_, rejected_before_, insert_body_, insert_outbox_, outbox_,
      remove_outbox_;
  sqlite::Statement rejection_, settle_rejection_, insert_release_;
  sqlite::Statement insert_act_, job_like_, insert_job_, job_, job_state_, running_jobs_, items_to_do_,
      settle_item_, end_job_, find_job_, job_is_open_, stop_job_, job_item_, items_waiting_;
  sqlite::Statement mark_late_accepted_, late_accepted_by_, forget_late_accepted_;
  sqlite::Statement resend_, insert_resend_, update_resend_, remove_resend_, due_resends_, next_resend_;
  sqlite::Statement insert_event_, insert_openings_, insert_statement_, note_sequence_, cursor_, move_cursor_;
  PublisherEvents publisher_events_;

  std::vector<Resend> resends(Channel channel, bool relayed, Instant until, int most);
  Status has_all_that_are_used(const MasterKeys& keys);
  void note_used_version(const Notice& notice);
  void prepare_notices();
  void prepare_deliveries();
  void prepare_attempts();
  void prepare_decisions();
  void prepare_resends();
  void prepare_history();
};

}  // namespace duenotice
