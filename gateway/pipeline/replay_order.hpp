#pragma once
#include <functional>

#include "gateway/base/json.hpp"
#include "gateway/pipeline/decision.hpp"

namespace duenotice {

/// Where a notice that is named by its id is looked up; `not_found` when there is none.
using FindNotice = std::function<Result<Notice>(const std::string& id)>;

/// Reads a replay's order, all but the ids of job and act: for the gateway that carries it out, and for a
/// command that first counts, so that both refuse the same. Its words, in `ReplayOrder::selection_json`, are
/// its identity: asked for again in the same ones, in whatever order notices are named, it is the same
/// replay.
///
/// `select` is an object with any of `notices` (ids; then nothing else but `channel` and `state`), `state`
/// (`failed`, `held`, `sent`), `channel`, `code`, `kind`, `agreement`, `since`, `until` (instants). It must
/// say `notices` or `state`, so that nobody replays everything by leaving something out. Of notices that are
/// named, what was sent is sent again only where `state` or `channel` says so. A corrected address (`email`,
/// `phone`) is for notices that are named and all of one account, and says the channel.
///
/// `reason` may be left out, by those who only count.
Result<ReplayOrder> read_replay(const Json& order, const FindNotice& find);

/// What the gateway answers: `job`, `deliveries`, `asked_before`, and `most`, the bound of one replay.
Json to_json(const ReplayMade& made);

/// Why the words of a replay that a person has stopped do not make it go on.
Error was_stopped(const std::string& job_id);

}  // namespace duenotice
