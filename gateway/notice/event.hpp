#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/json.hpp"
#include "gateway/base/time.hpp"
#include "gateway/notice/subject.hpp"

namespace duenotice {

/// Where the payload of a protected field lies in the journal. What is long and stored anyway is not stored
/// a second time; what is short lies with its opening. The numbers stand in files: add at the end.
enum class PayloadPlace {
  opening,        ///< beside the opening
  request,        ///< the canonical JSON of a request; row: the notice's number
  content,        ///< a frozen message; row: its content
  reply,          ///< the other side's answer; row: the attempt
  report,         ///< what it said later; row: the receipt
  evidence,       ///< the file that proves a decision; row: the act
  body,           ///< a rejected request, as much as was kept of it; row: the rejection
  released_body,  ///< what was submitted in its place; row: the rejection
  difference,     ///< how that differs; row: the rejection
  selection,      ///< what a replay was asked for; row: the job
};

/// What an event binds itself to without showing it: a person's data. Its bytes get a commitment instead.
struct ProtectedField {
  std::string name;          ///< one line, among the facts of the event
  std::string_view payload;  ///< borrowed until the event is appended
  PayloadPlace place = PayloadPlace::opening;
  std::int64_t row = 0;  ///< where `place` says so
};

/// One line of a notice's history, before the journal gives it its sequence number. Its bytes become
/// canonical JSON that may be published: `facts` holds no address, name, content or reply, and no digest of
/// them. They are among `protected_fields`, whose names are no facts.
struct Event {
  std::string_view type;  ///< one of `events` below: what it points to outlives the commit
  std::string notice_id;  ///< empty for an event of the gateway itself
  Instant at;
  Json facts = Json::object();
  std::vector<ProtectedField> protected_fields = {};
  SubjectNumber subject = gateway_subject;  ///< whose fields these are; of a notice's event: the notice's
};

/// The types of events, as they stand in the journal.
namespace events {
inline constexpr std::string_view accepted = "accepted";
/// Its words do not fit into what its channel may send; the notice goes out without it.
inline constexpr std::string_view channel_left_out = "channel_left_out";
inline constexpr std::string_view rejected = "rejected";
inline constexpr std::string_view attempt_started = "attempt_started";
/// An attempt's end is an event named after its outcome: `sent`, `transient_failure`, `unknown`, …
inline constexpr std::string_view deemed_delivered = "deemed_delivered";
inline constexpr std::string_view lead_time_broken = "lead_time_broken";
inline constexpr std::string_view effective_date_moved = "effective_date_moved";
inline constexpr std::string_view delivery_held = "delivery_held";
inline constexpr std::string_view delivery_failed = "delivery_failed";
inline constexpr std::string_view next_channel_due = "next_channel_due";
inline constexpr std::string_view delivery_not_needed = "delivery_not_needed";
inline constexpr std::string_view commit_overran = "commit_overran";
/// The notice came into this state. (`accepted` and `deemed_delivered` are said above.)
inline constexpr std::string_view notice_held = "notice_held";
inline constexpr std::string_view notice_failed = "notice_failed";
inline constexpr std::string_view notice_cancelled = "notice_cancelled";
/// What the other side said later: a relay's report, a delivery receipt.
inline constexpr std::string_view receipt = "receipt";
inline constexpr std::string_view relay_overdue = "relay_overdue";
/// A channel was tried that was not needed before: the receipt said that the message never arrived.
inline constexpr std::string_view courtesy_due = "courtesy_due";
/// What a person did; the fact `act` names the row that says who and why.
inline constexpr std::string_view operator_act = "operator_act";
inline constexpr std::string_view address_corrected = "address_corrected";
inline constexpr std::string_view effective_date_set = "effective_date_set";
inline constexpr std::string_view late_accepted = "late_accepted";
/// A person has said that they know that it went out too late.
inline constexpr std::string_view late_known = "late_known";
/// It was for a replay that a person stopped, of which nothing went out.
inline constexpr std::string_view late_acceptance_ended = "late_acceptance_ended";
inline constexpr std::string_view made_due = "made_due";
inline constexpr std::string_view replay_started = "replay_started";
inline constexpr std::string_view replay_ended = "replay_ended";
inline constexpr std::string_view replayed = "replayed";
/// A person stopped a replay; a delivery that it had made due is again as it was before.
inline constexpr std::string_view replay_stopped = "replay_stopped";
inline constexpr std::string_view replay_taken_back = "replay_taken_back";
inline constexpr std::string_view resend_ended = "resend_ended";
inline constexpr std::string_view rejection_released = "rejection_released";
inline constexpr std::string_view rejection_discarded = "rejection_discarded";
/// The relation with an account ended, which its publisher or an operator reported.
inline constexpr std::string_view account_ended = "account_ended";
inline constexpr std::string_view legal_hold_added = "legal_hold_added";
inline constexpr std::string_view legal_hold_removed = "legal_hold_removed";
/// An account was to be erased, and a legal hold or a retention forbids it.
inline constexpr std::string_view restricted = "restricted";
/// What was sealed of an account can be read by nobody any more.
inline constexpr std::string_view erased = "erased";
inline constexpr std::string_view breaker_opened = "breaker_opened";
inline constexpr std::string_view breaker_closed = "breaker_closed";
inline constexpr std::string_view dead_letter_published = "dead_letter_published";
/// What came in a day: a signed note for the evidence log.
inline constexpr std::string_view statement = "statement";
inline constexpr std::string_view epoch_started = "epoch_started";
inline constexpr std::string_view space_low = "space_low";
inline constexpr std::string_view space_restored = "space_restored";
}  // namespace events

}  // namespace duenotice
