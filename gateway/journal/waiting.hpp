#pragma once
#include <cstdint>
#include <optional>
#include <string>
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

/// Failed and held deliveries of which the same can be said.
struct StuckGroup {
  Channel channel = Channel::email;
  DeliveryState state = DeliveryState::failed;
  std::string reason;      ///< a stable word
  std::string code;        ///< of the last attempt; empty: there was none that ended
  bool unknown = false;    ///< some attempt of each ended without an answer
  bool attempted = false;  ///< of some of them there was an attempt
  NextActor actor = NextActor::operator_;
  WaitingSpan span;
  std::string example;  ///< the id of one of their notices
};

struct Waiting {
  std::vector<StuckGroup> groups;  ///< what an operator must act on first, then the larger ones
  WaitingSpan rejected;            ///< rejected requests that nobody has released or discarded
  WaitingSpan dead_letters;        ///< that the broker has not confirmed; as old as their rejections
  WaitingSpan overdue_relays;      ///< whose report should have come by now; as old as that moment
};

}  // namespace duenotice
