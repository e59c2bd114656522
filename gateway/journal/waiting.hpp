#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/notice/notice.hpp"

/// What waits for a person, grouped.

namespace duenotice {

/// Which stuck deliveries are meant; absent fields do not filter.
struct WaitingFilter {
  std::optional<Channel> channel;
  std::optional<std::string> code;  ///< of the last attempt; empty: those that have none
  std::optional<std::string> kind;
  std::optional<std::string> agreement;
  std::optional<Instant> since;  ///< of notices accepted at or after
};

/// How many there are, and since when the oldest and the newest of them wait.
struct WaitingSpan {
  std::int64_t count = 0;
  Instant oldest, newest;  ///< meaningless while `count` is 0
};

/// How long something has waited: less than an hour, a day, seven days, or longer.
enum class AgeBand { hour, day, week, older };
inline constexpr std::array every_age_band{AgeBand::hour, AgeBand::day, AgeBand::week, AgeBand::older};
/// The age at which the band ends; of the last none.
constexpr std::optional<std::chrono::hours> end_of(AgeBand band) {
  switch (band) {
    case AgeBand::hour:
      return std::chrono::hours(1);
    case AgeBand::day:
      return std::chrono::hours(24);
    case AgeBand::week:
      return std::chrono::hours(24 * 7);
    case AgeBand::older:
      break;
  }
  return std::nullopt;
}
/// `under_1h`, `under_1d`, `under_7d`, `older`
std::string_view to_text(AgeBand band);

/// Failed and held deliveries of which the same can be said, and those sent ones that broke the lead time of
/// their notice (reason `lead_time_broken`) while no person has said that they know.
struct StuckGroup {
  Channel channel = Channel::email;
  DeliveryState state = DeliveryState::failed;
  std::string reason;      ///< a stable word
  std::string code;        ///< of the last attempt; empty: there was none that ended
  bool unknown = false;    ///< some attempt of each ended without an answer
  bool attempted = false;  ///< of some of them there was an attempt
  NextActor actor = NextActor::operator_;
  WaitingSpan span;
  /// How many of them have waited how long, in the order of every_age_band.
  std::array<std::int64_t, every_age_band.size()> by_age{};
  std::string example;  ///< the id of one of their notices
};

struct Waiting {
  std::vector<StuckGroup> groups;  ///< what an operator must act on first, then the larger ones
  WaitingSpan rejected;            ///< rejected requests that nobody has released or discarded
  WaitingSpan dead_letters;        ///< that the broker has not confirmed; as old as their rejections
  WaitingSpan overdue_relays;      ///< whose report should have come by now; as old as that moment
  bool erasing = false;            ///< what was erased is not written over everywhere in the file yet
};

}  // namespace duenotice
