#pragma once
#include "gateway/base/json.hpp"
#include "gateway/journal/transaction.hpp"
#include "gateway/pipeline/decision.hpp"

namespace duenotice {

/// The filters of a replay: an object with any of `notices` (ids; then nothing else but `channel`), `state`
/// (`failed`, `held`, `sent`), `channel`, `code`, `kind`, `agreement`, `since`, `until` (instants). It must
/// say `notices` or `state`, so that nobody replays everything by leaving something out.
Result<Selection> read_selection(const Json& select);

/// The words of a replay, which are its identity: asked for again in the same ones, it is the same replay.
/// `address` is empty when none was corrected.
std::string replay_words(const Json& select, const std::string& reason, bool accept_late,
                         const std::string& address);

/// Reads the rest of a replay's order: selection, identity, `accept_late`, and a corrected address, which is
/// for notices named by their ids and all of one account. `tx` finds the notices.
Status read_replay(Transaction& tx, const Json& order, ReplayOrder& replay);

}  // namespace duenotice
