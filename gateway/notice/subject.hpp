#pragma once
#include <cstdint>

namespace duenotice {

/// Somebody whose data the journal keeps under a key of their own: an account, or whoever a request that
/// could not be read is about. The numbers are the journal's.
using SubjectNumber = std::int64_t;
/// The gateway itself: what operators said about nobody in particular.
inline constexpr SubjectNumber gateway_subject = 1;

}  // namespace duenotice
