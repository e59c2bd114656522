#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/time.hpp"

namespace duenotice {

/// How one attempt ended. The only value all channels report, and the only ground for a legal date.
enum class Outcome {
  sent,               ///< a system outside our control said yes, or the in-site row is committed
  relayed,            ///< a relay inside our control has it and will report
  transient_failure,  ///< definitely not taken; worth another try
  permanent_failure,  ///< definitely not taken; another try of the same bytes is pointless
  unknown,            ///< the other side may or may not have it (RFC 1047)
  not_started,        ///< never handed over; due again at once, uses up no retry
};

std::string_view to_text(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view text);

/// What a channel says about one attempt.
struct OutcomeReport {
  Outcome outcome = Outcome::not_started;
  /// A stable word or the server's own code for grouping failures: `250`, `450`, `connect_failed`,
  /// `tls_refused`. Never holds an address. Empty when there is nothing to say.
  std::string code;
  /// The other side's answer to the message, byte for byte; empty when there was none. May hold personal
  /// data.
  std::string reply;
  /// The other side asked to wait at least this long.
  std::optional<Milliseconds> retry_after;
  /// The provider's own id of the message, when it gave one.
  std::string provider_id;
  /// It failed for a reason that has nothing to do with this message: the provider is away, does not answer,
  /// or takes nothing from us at present. Several in a row open the channel's circuit breaker.
  bool provider_fault = false;
};

}  // namespace duenotice
