#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/digest.hpp"
#include "gateway/notice/notice.hpp"

/// Replays: which deliveries are to be sent again, frozen when it is asked for, and how far that has come.

namespace duenotice {

/// Which deliveries a replay is about: those of the notices named, or those that all the filters fit. Absent
/// filters do not filter.
struct Selection {
  std::vector<NoticeNumber> notices;  ///< empty: by the filters below
  bool leaves_out_sent = false;       ///< nothing of them that was sent
  std::optional<DeliveryState> state;
  std::optional<Channel> channel;
  std::optional<std::string> code;  ///< of the last attempt
  std::optional<std::string> kind;
  std::optional<std::string> agreement;
  std::optional<Instant> since;  ///< accepted at or after
  std::optional<Instant> until;  ///< accepted before
};

enum class JobState {
  running,
  done,     ///< everything of it was made due or passed over
  stopped,  ///< by a person: nothing of it is started any more
};
enum class JobItemState { to_do, made_due, passed_over };

std::string_view to_text(JobState state);
std::string_view to_text(JobItemState state);

struct Job {
  JobNumber number = 0;
  std::string id;         ///< ULID
  std::int64_t act = 0;   ///< Act::number: who asked, when and why
  Digest same_as;         ///< of what was asked for
  std::string selection;  ///< canonical JSON of what was asked for
  JobState state = JobState::running;
  int rate = 0;              ///< deliveries a second; 0: as fast as the channels take them
  bool accept_late = false;  ///< what is late goes out as it is
  std::string address;       ///< the corrected address; empty when none was given
};

struct JobItem {
  JobNumber job = 0;
  NoticeNumber notice = 0;
  Channel channel = Channel::email;
  DeliveryState found = DeliveryState::failed;  ///< in which state it was selected
  std::string reason;                           ///< and why it was in it
  int revision = 1;                             ///< what would have been sent then
  bool late_accepted = false;                   ///< for it the replay accepted that its notice is late
};

/// A further sending of a delivery that is `sent`, which nothing moves any more.
struct Resend {
  NoticeNumber notice = 0;
  Channel channel = Channel::email;
  JobNumber job = 0;
  std::optional<Instant> due_at;  ///< empty while an attempt is under way
  int revision = 1;
  int failures = 0;      ///< transient ones
  bool relayed = false;  ///< our own relay has it; `due_at` is when it must have reported
};

/// What a person decided about a rejected request.
enum class RejectionState { open, released, discarded };

std::string_view to_text(RejectionState state);

/// A rejected request that a person decides about.
struct StoredRejection {
  std::int64_t number = 0;
  std::string id;
  RejectionState state = RejectionState::open;
  std::string became;  ///< of a released one: the id of what it became
  std::string content_type;
  std::string body;
  std::int64_t body_bytes = 0;  ///< of the whole body; more than `body` has when only its beginning was kept
  std::string code;             ///< why it was refused
  std::string pointer;
  std::string message;
};

}  // namespace duenotice
