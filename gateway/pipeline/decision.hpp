#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/journal/job.hpp"

/// What a person may decide about a notice that the gateway does not settle by itself. Every decision is kept
/// with who made it and why; none rewrites what was recorded before.

namespace duenotice {

enum class DecisionKind {
  cancel,       ///< nothing goes out; possible only while nothing was sent, relayed, in flight or unknown
  retry,        ///< what waits for its due time is due now, but for what its publisher wants later
  retry_early,  ///< the same, and before the time that the publisher demanded
  resend,       ///< a held delivery goes on; marked as a possible duplicate when it may have gone out
  not_sent,     ///< the person knows that it never went out: it goes on, and is no duplicate
  provider_confirms,  ///< the provider has it: the delivery ends as `failed`, without a legal date of ours
  effective_date,     ///< a late held notice gets a lawful date
  accept_late,        ///< a late held notice goes out as it is
};
/// The word under which it is kept: `cancel`, `retry`, `resolve_resend`, …
std::string_view to_text(DecisionKind kind);

struct Decision {
  DecisionKind kind = DecisionKind::cancel;
  std::string act_id;  ///< ULID that the act will have
  NoticeNumber notice = 0;
  std::optional<Channel> channel;  ///< for the three that are about one delivery; retries: empty means all
  std::string operator_name;
  std::string reason;
  std::optional<CalendarDate> effective_date;  ///< for DecisionKind::effective_date
  std::string statement;                       ///< what the provider confirmed
  std::string evidence_name;                   ///< the file that proves it, by its name
  std::string evidence;                        ///< and its bytes
};

/// A replay that is asked for.
struct ReplayOrder {
  std::string job_id;  ///< ULID that the job will have
  std::string act_id;
  std::string operator_name;
  std::string reason;
  Selection selection;
  std::string selection_json;  ///< canonical JSON of what was asked for, with the reason: its identity
  int rate = 0;                ///< deliveries a second; 0: as fast as the channels take them
  bool accept_late = false;
  std::string address;  ///< a corrected one for `selection.channel`; empty: none
};

/// A replay that is to be stopped.
struct StopOrder {
  std::string job_id;
  std::string act_id;
  std::string operator_name;
  std::string reason;
};

/// A rejected request that is to be submitted again, or left for good.
struct ReleaseOrder {
  std::string rejection_id;
  std::string act_id;
  std::string operator_name;
  std::string reason;
  std::optional<std::string> edited;  ///< the body that is submitted in place of the one that came
};

/// The notice that it became.
struct Released {
  std::string notice_id;
  bool was_accepted_before = false;  ///< it turned out to be the duplicate of that notice
};

/// What became of it.
struct ReplayMade {
  std::string job_id;
  int items = 0;
  bool asked_before = false;  ///< the same was asked for before; nothing new was selected
};

}  // namespace duenotice
