#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/digest.hpp"
#include "gateway/base/time.hpp"
#include "gateway/notice/channel.hpp"
#include "gateway/notice/delivery_reasons.hpp"
#include "gateway/notice/outcome.hpp"
#include "gateway/notice/states.hpp"
#include "gateway/notice/subject.hpp"

/// The values that the journal keeps of a notice. Each is one row of the table of the same name; the
/// journal's `schema.sql` says more about every column.

namespace duenotice {

/// The journal's own number of a notice, rising in the order of acceptance. Internal: people see
/// `Notice::id`.
using NoticeNumber = std::int64_t;
/// The journal's own number of a replay.
using JobNumber = std::int64_t;

/// The sending that satisfied the clause. Set once, never moved.
struct DeemedDelivery {
  Instant at;
  CalendarDate on;     ///< in the agreement's zone
  std::string rule;    ///< `agreement-date-of-sending`, `entry-into-system`
  std::string clause;  ///< where that rule stands
  Channel channel = Channel::email;
  int attempt = 0;
};

struct Notice {
  NoticeNumber number = 0;
  std::string id;  ///< ULID, random to outsiders
  std::string source;
  std::string request_id;
  Digest request_digest;
  std::string agreement;
  std::string agreement_version;
  Digest agreement_digest;
  std::string kind;
  std::string clause;
  std::string also_clauses;  ///< further clauses under which it is given, `a, b`
  /// Channels that it goes without because its words are too long for them, `a, b`.
  std::string channels_left_out;
  std::string account_id;
  SubjectNumber subject = 0;  ///< whose data it is; set when it is read
  bool erased = false;        ///< nothing about a person can be read any more; set when it is read
  std::optional<std::string> reference;
  std::string locale;
  std::string time_zone;
  int required = 1;       ///< how many distinct counting channels the clause demands
  bool in_order = false;  ///< the next channel starts when the one before failed
  std::optional<int> lead_days;
  Instant accepted_at;
  /// The publisher's send_not_before, where it lay ahead when the notice was accepted.
  std::optional<Instant> not_before;
  std::optional<CalendarDate> effective_date;
  std::optional<CalendarDate> earliest_effective_date;
  std::optional<CalendarDate> must_be_sent_by;
  /// The last day on which what it says of its dates is true: a deadline that it names passes then.
  std::optional<CalendarDate> dates_hold_until;
  bool lead_time_broken = false;
  /// The calendar of rest days that its dates were counted with: `none`, or the file's name and digest.
  std::string calendar = "none";
  bool late_accepted = false;  ///< a person decided that it goes out although it is late
  bool late_known = false;     ///< a person has said that they know that it went out too late
  bool sandbox = false;        ///< its date rests on one that is; without a date, some delivery is
  NoticeState state = NoticeState::accepted;
  std::optional<DeemedDelivery> deemed;
};

/// All clauses under which it is given, the one that demands it first.
inline std::string clauses(const Notice& notice) {
  return notice.also_clauses.empty() ? notice.clause : notice.clause + ", " + notice.also_clauses;
}

struct Delivery {
  NoticeNumber notice = 0;
  Channel channel = Channel::email;
  int position = 0;  ///< order within the notice; `in_order` kinds start them in this order
  bool counts = false;
  DeliveryState state = DeliveryState::waiting;
  std::optional<Instant> due_at;
  int revision = 1;     ///< the rendering that the next attempt uses
  std::string address;  ///< where it goes; personal data
  std::string address_masked;
  int attempts = 0;
  int transient_failures = 0;  ///< since the last replay
  /// Attempts that ended without an answer, after `cleared_to`.
  int unknowns = 0;
  int cleared_to = 0;  ///< a person knows that no attempt up to this number went out
  bool sandbox = false;
  std::string rule;         ///< the deemed-delivery rule of its channel, frozen at acceptance
  std::string rule_clause;  ///< where that rule stands
  std::string reason;       ///< why it is held, failed or not needed: one of `reasons`, empty otherwise
  /// Not to be started from then on: the reply could come after the notice's last lawful midnight.
  std::optional<Instant> start_by;
  Instant state_since;           ///< when it came into its state
  std::string last_code;         ///< of the last attempt that its state rests on
  std::optional<JobNumber> job;  ///< the replay that its next attempts belong to

  bool operator==(const Delivery&) const = default;
};

/// What the notice's state depends on, read off a delivery. One that may have gone out once stays marked
/// until a report or a person says that it did not, and one that the provider confirmed for good.
inline DeliveryStanding standing_of(const Delivery& delivery) {
  const bool open = delivery.state == DeliveryState::in_flight || delivery.state == DeliveryState::relayed;
  const bool confirmed = delivery.reason == reasons::provider_confirms;
  return {.state = delivery.state,
          .counts = delivery.counts,
          .has_due_time = delivery.due_at.has_value(),
          .has_attempt = delivery.attempts > 0,
          .ever_sent = delivery.state == DeliveryState::sent,
          .maybe_sent = open || delivery.unknowns > 0 || confirmed,
          .confirmed = confirmed};
}

/// The frozen bytes of a delivery. A resend uses the same revision, byte for byte.
struct Rendering {
  NoticeNumber notice = 0;
  Channel channel = Channel::email;
  int revision = 1;
  std::string message_id;  ///< RFC 5322 without the angle brackets; empty where the channel has none
  std::string content;     ///< exact bytes: for email the whole RFC 5322 message
  Digest digest;           ///< of `content`
  Digest template_digest;  ///< of the text file it was made from
  /// Why this revision was made: `accepted`, `effective_date_moved`, `effective_date_set`,
  /// `address_corrected`.
  std::string reason;
  std::string address;  ///< where this revision goes; personal data
  std::string address_masked;
  Instant made_at;
};

struct Attempt {
  std::int64_t id = 0;  ///< the journal's own number
  NoticeNumber notice = 0;
  Channel channel = Channel::email;
  int number = 0;  ///< 1, 2, 3 … within the delivery
  int revision = 1;
  std::int64_t epoch = 0;  ///< of the process that committed the intent
  Instant started_at;
  std::optional<Instant> ended_at;
  std::optional<Outcome> outcome;
  std::string code;
  std::string reply;
  bool possible_duplicate = false;
  bool sandbox = false;
  std::optional<JobNumber> job;  ///< the replay that asked for it
  std::string provider_id;       ///< the provider's or carrier's own id of the message
  /// It looked whether a provider that was away is back; that it was not uses up no retry.
  bool probe = false;
};

/// A message in a user's in-site inbox. Visible from the moment its row is committed.
struct InSiteMessage {
  NoticeNumber notice = 0;
  std::string user_id;
  std::string title;
  std::string body;
  Instant shown_at;
};

}  // namespace duenotice
