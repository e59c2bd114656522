#pragma once
#include <string_view>

/// Why a delivery is held, failed or not needed: the stable words of `Delivery::reason`, as the journal
/// stores them and `--json` shows them.

namespace duenotice::reasons {

// Held: a person decides.
inline constexpr std::string_view late = "late";
inline constexpr std::string_view outcome_unknown = "outcome_unknown";
/// Accepted for the sandbox while its channel is a real one now, or the other way round.
inline constexpr std::string_view transport_changed = "transport_changed";

// Failed: nothing is left to try.
inline constexpr std::string_view refused = "refused";
inline constexpr std::string_view retries_exhausted = "retries_exhausted";
/// A person ended it because the provider says that it has the message.
inline constexpr std::string_view provider_confirms = "provider_confirms";

// Not needed.
inline constexpr std::string_view clause_satisfied = "clause_satisfied";

// Sent, and all the same for a person: after the last day that is lawful for the notice's date.
inline constexpr std::string_view lead_time_broken = "lead_time_broken";

// Left out: no delivery was made.
inline constexpr std::string_view does_not_fit = "does_not_fit";

}  // namespace duenotice::reasons

namespace duenotice::codes {

/// `Attempt::code` of a message that our own relay took and whose report did not come in time.
inline constexpr std::string_view no_report = "no_report";

}  // namespace duenotice::codes
