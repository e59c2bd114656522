#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/notice/notice.hpp"

/// What an auditor asks the journal for, and what it answers.

namespace duenotice {

/// Which notices are meant; absent fields do not filter.
struct AuditFilter {
  std::optional<std::string> account;
  /// Exactly as it stands in a delivery or in any revision of its message: an email address, a phone number
  /// or a user id. Personal data.
  std::optional<std::string> address;
  /// Only notices that have a legal date, from this one on or up to that one, both included. It is a date of
  /// each agreement's own calendar.
  std::optional<CalendarDate> from, to;
  std::optional<std::string> kind;
  std::optional<std::string> clause;  ///< that demands the notice, or under which it is given too
  std::optional<std::string> agreement;
  std::optional<Channel> channel;  ///< it has a delivery on this channel
  std::optional<NoticeState> state;

  bool operator==(const AuditFilter&) const = default;
  bool filters_nothing() const { return *this == AuditFilter{}; }
};

/// How far the record went when it was read: its last event. None is sequence 0.
struct RecordEnd {
  std::int64_t sequence = 0;
  Instant at;
};

struct AuditEntry {
  Notice notice;
  std::vector<Delivery> deliveries;
  /// The sending that made the legal date, and the message that was sent by it; empty without one.
  std::optional<Attempt> sending;
  std::optional<Rendering> message;  ///< without `content`
};

/// Those without a legal date first, the newest first; then by legal date, the latest first.
struct AuditPage {
  std::vector<AuditEntry> notices;
  bool more = false;  ///< there are others behind these
  RecordEnd record;
};

}  // namespace duenotice
