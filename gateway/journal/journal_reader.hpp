#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/journal/audit.hpp"
#include "gateway/journal/backlog.hpp"
#include "gateway/journal/export.hpp"
#include "gateway/journal/field_opening.hpp"
#include "gateway/journal/job_list.hpp"
#include "gateway/journal/master_keys.hpp"
#include "gateway/journal/transaction.hpp"
#include "gateway/journal/waiting.hpp"
#include "gateway/notice/act.hpp"
#include "gateway/notice/receipt.hpp"

/// Reading the journal for people and programs, beside a running gateway or without one. Opens read-only and
/// never writes, checkpoints or locks. One thread at a time.

namespace duenotice {

/// Which notices to list; absent fields do not filter. Newest first.
struct NoticeFilter {
  std::optional<NoticeState> state;
  std::optional<std::string> kind;
  std::optional<std::string> agreement;
  std::optional<std::string> account;
  std::optional<Channel> channel;    ///< it has a delivery on this channel
  std::optional<Instant> since;      ///< accepted at or after
  std::optional<Instant> until;      ///< accepted before
  std::optional<std::string> after;  ///< the last notice id of the page before
  int limit = 50;
};

/// Which rejections to list; absent fields do not filter. Newest first.
struct RejectionFilter {
  bool open_only = false;  ///< those that nobody released or discarded yet
  std::optional<std::string> code;
  std::optional<Instant> since;      ///< refused at or after
  std::optional<Instant> until;      ///< refused before
  std::optional<std::string> after;  ///< the last rejection id of the page before
  int limit = 50;
};

/// A rejection with everything that hangs on it.
struct RejectionFile {
  RejectedRequest request;  ///< with its body
  std::optional<Act> act;   ///< who released or discarded it, when and why
  std::optional<std::string>
      difference;  ///< of one that was edited: JSON Patch, empty where either is no JSON
};

struct StoredEvent {
  std::int64_t sequence = 0;
  Instant at;
  std::string type;
  std::string bytes;  ///< the canonical JSON
};

/// A replay that a notice was in.
struct Replay {
  JobNumber number = 0;
  std::string id;  ///< ULID, the name that people see
  std::int64_t act = 0;
  std::string act_id;  ///< who asked for it, when and why
};

/// A notice with everything that hangs on it.
struct NoticeFile {
  Notice notice;
  std::vector<Delivery> deliveries;
  std::vector<Attempt> attempts;
  std::vector<Rendering> renderings;  ///< without `content`; `rendering_content` has it
  std::vector<Receipt> receipts;      ///< what the other side said later, in the order of the attempts
  std::vector<Replay> replays;        ///< those that its attempts and deliveries belong to
  std::vector<Act> acts;              ///< what people decided, the oldest first; without `evidence`
  std::vector<StoredEvent> events;
};

/// A line of a listing.
struct NoticeSummary {
  Notice notice;
  std::vector<Delivery> deliveries;
};

/// With which words a version of an agreement came into use: those of its first notice.
struct UsedVersion {
  std::string agreement, version;
  Digest digest;
  Instant since;  ///< when that notice was accepted
};

struct InboxEntry {
  std::string notice_id;
  InSiteMessage message;
};

struct JournalCounts {
  std::vector<std::pair<NoticeState, std::int64_t>> notices;
  std::int64_t rejected = 0;
  std::int64_t outbox = 0;
  std::int64_t events = 0;
};

/// What `check_events` found wrong; empty texts: nothing.
struct EventCheck {
  std::int64_t checked = 0;
  std::int64_t unopened = 0;  ///< of those, how many bind themselves to what only a missing master key shows
  std::string fault;
};

struct MasterKeyUse {
  std::string id;
  std::int64_t subjects = 0;  ///< whose keys are wrapped under it
  bool at_hand = false;
};

class JournalReader {
 public:
  virtual ~JournalReader() = default;
  /// `not_found` when `filter.after` is no notice of this journal.
  virtual Result<std::vector<NoticeSummary>> list(const NoticeFilter& filter) = 0;
  virtual Result<NoticeFile> show(const std::string& notice_id) = 0;
  virtual Result<NoticeFile> show(const std::string& source, const std::string& request_id) = 0;
  /// The exact frozen bytes; of the newest revision when `revision` is 0.
  virtual Result<std::string> rendering_content(const std::string& notice_id, Channel channel,
                                                int revision) = 0;
  /// Newest first.
  virtual Result<std::vector<InboxEntry>> inbox(const std::string& user_id, int limit) = 0;
  /// Rejected requests, newest first, without their bodies.
  virtual Result<std::vector<RejectedRequest>> rejected(int limit) = 0;
  /// The same, filtered; `not_found` when `filter.after` is no rejection of this journal.
  virtual Result<std::vector<RejectedRequest>> rejected(const RejectionFilter& filter) = 0;
  /// What an auditor asks for, `limit` notices behind the notice `after`; `not_found` when that is none of
  /// this journal.
  virtual Result<AuditPage> audit(const AuditFilter& filter, const std::optional<std::string>& after,
                                  int limit) = 0;
  /// What a replay of this selection would do, by channel. The selection's notices are numbers of this
  /// journal.
  virtual Result<std::vector<SelectionCount>> count(const Selection& selection, const ReplayTerms& terms,
                                                    Instant now) = 0;
  /// The row alone; `show` has everything that hangs on it.
  virtual Result<Notice> notice(const std::string& notice_id) = 0;
  virtual Result<JobProgress> progress(const std::string& job_id, Instant now) = 0;
  /// Replays, the newest first, behind the replay `after`; `not_found` when that is none of this journal.
  virtual Result<std::vector<JobProgress>> jobs(const std::optional<std::string>& after, int limit,
                                                Instant now) = 0;
  /// The bytes of the file that was kept with what a person decided (Act::evidence); `not_found` when no act
  /// has this id, or it has none.
  virtual Result<std::string> evidence(const std::string& act_id) = 0;
  /// The id of the replay that was asked for in the same words (Job::same_as), if there is one.
  virtual Result<std::optional<std::string>> job_like(const Digest& same_as) = 0;
  virtual Result<RejectionFile> rejection(const std::string& id) = 0;
  /// The same notices, or their events, as rows. The reader outlives the export and does nothing else until
  /// it is gone.
  virtual Result<std::unique_ptr<RowExport>> start_export(const ExportQuestion& question) = 0;
  /// The events that publishers are told of, behind the sequence number `after` and in its order, at most
  /// `limit`; of one type of the history when `type` is not empty.
  virtual Result<std::vector<PublisherEvent>> publisher_events(std::int64_t after, int limit,
                                                               std::string_view type) = 0;
  /// What waits for a person, grouped; `now` decides which relays should have reported.
  virtual Result<Waiting> waiting(const WaitingFilter& filter, Instant now) = 0;
  /// Every version of an agreement that there are notices of; cheap, however many they are.
  virtual Result<std::vector<UsedVersion>> used_versions() = 0;
  virtual Result<JournalCounts> counts() = 0;
  /// What is due, late, stuck or open at `now`.
  virtual Result<Backlog> backlog(Instant now) = 0;
  /// Whether sequence numbers run without a gap and every event's bytes agree with its columns; of all events
  /// also whether they name the one before of their notice, and whether what they bind themselves to is there
  /// unchanged.
  virtual Result<EventCheck> check_events(std::optional<int> last) = 0;
  /// What the commitments of one event bind to. None where it has none, its account was erased, or a master
  /// key is missing.
  virtual Result<std::vector<FieldOpening>> openings(const StoredEvent& event) = 0;
  /// The bans on erasing, by account.
  virtual Result<std::vector<LegalHold>> legal_holds() = 0;
  /// The master keys that keys of subjects are wrapped under, the newest last.
  virtual Result<std::vector<MasterKeyUse>> master_keys() = 0;
  /// Why what is sealed reads as if it were empty: a master key is missing. Empty when none is.
  virtual Result<std::string> cannot_show() = 0;
};

/// `not_found` when there is no journal at `path` yet. Without the master keys everything that is not sealed
/// can be read all the same.
Result<std::unique_ptr<JournalReader>> open_journal_reader(const std::filesystem::path& path,
                                                           const MasterKeySource& master_keys = {});

}  // namespace duenotice
