#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/notice/event.hpp"
#include "gateway/notice/notice.hpp"

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
  std::string body;  ///< as it came; of an oversized one its beginning
  std::int64_t body_bytes = 0;
  Digest body_digest;  ///< of the whole body
  /// What makes it the same request again: a digest of its source, id and canonical JSON, or of its body
  /// where those could not be read.
  Digest same_as;
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
  /// The canonical JSON that `insert_notice` was given.
  virtual std::string request_json(NoticeNumber number) = 0;
  /// Writes what may change: state, effective_date, earliest_effective_date, must_be_sent_by,
  /// lead_time_broken, deemed, calendar, late_accepted.
  virtual void update_notice(const Notice& notice) = 0;

  // ---- renderings
  // -------------------------------------------------------------------------------------------------
  virtual void insert_rendering(const Rendering& rendering) = 0;
  virtual Rendering rendering(NoticeNumber notice, Channel channel, int revision) = 0;

  // ---- deliveries
  // -------------------------------------------------------------------------------------------------
  virtual void insert_delivery(const Delivery& delivery) = 0;
  /// Writes everything but notice, channel, position, counts, sandbox and rule.
  virtual void update_delivery(const Delivery& delivery) = 0;
  /// All deliveries of a notice, by position.
  virtual std::vector<Delivery> deliveries(NoticeNumber notice) = 0;
  /// Waiting deliveries of a channel whose due time has come, the oldest due first, at most `most`.
  virtual std::vector<Delivery> due(Channel channel, Instant now, int most) = 0;
  /// The next due time of a channel's waiting deliveries, if any has one.
  virtual std::optional<Instant> next_due(Channel channel) = 0;

  // ---- attempts
  // ---------------------------------------------------------------------------------------------------
  /// Records an intent; returns its id. It must be durable before a connection is used for it.
  virtual std::int64_t insert_attempt(const Attempt& attempt) = 0;
  virtual Attempt attempt(std::int64_t id) = 0;
  /// Writes ended_at, outcome, code, reply and provider_id.
  virtual void finish_attempt(const Attempt& attempt) = 0;
  /// Intents without an outcome from epochs before this one, the oldest first, at most `most`.
  virtual std::vector<Attempt> interrupted_attempts(int most) = 0;
  /// Attempts of a notice, by channel and number.
  virtual std::vector<Attempt> attempts(NoticeNumber notice) = 0;

  // ---- in-site
  // ----------------------------------------------------------------------------------------------------
  virtual void insert_in_site_message(const InSiteMessage& message) = 0;

  // ---- rejections and their dead letters
  // ----------------------------------------------------------------------
  /// Stores a rejection and its dead letter. False when the same request was already rejected with the same
  /// code and pointer: then nothing is written.
  virtual bool insert_rejection(const RejectedRequest& rejection) = 0;
  /// Dead letters that were not confirmed yet, the oldest first, at most `most`.
  virtual std::vector<OutboxRow> outbox(int most) = 0;
  virtual void remove_from_outbox(std::int64_t id) = 0;

  // ---- history
  // ----------------------------------------------------------------------------------------------------
  /// Appends an event with the next sequence number; returns that number. Its bytes never change afterwards.
  virtual std::int64_t append_event(const Event& event) = 0;
};

}  // namespace duenotice
