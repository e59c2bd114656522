#pragma once
#include "gateway/base/log.hpp"
#include "gateway/notice/event.hpp"

namespace duenotice {

/// Writes one line for an event of the journal, once it is durable: the notice, its type, and its facts,
/// which hold nothing personal by their own rule. What a person should look at is a warning; what
/// becomes of a dead letter is for debugging only.
void log_event(Log& log, const Event& event);

}  // namespace duenotice
