#pragma once
#include "gateway/base/json.hpp"
#include "gateway/base/result.hpp"

/// What to do next, behind an error that is `not_found` (or, at the end, `unavailable`); any other stays as
/// it is.

namespace duenotice::app {

/// What a command says that would show what a notice said, and to whom.
Error erased_with_its_account(const std::string& notice_id);

Error where_notices_are(Error error);
Error where_rejections_are(Error error);
Error where_replays_are(Error error);

/// Behind the error of an order that nobody answered: where to see what became of it. Each order names what
/// it is about (gateway/pipeline/operations.hpp).
Error look_before_it_is_given_again(Error error, const Json& order);

}  // namespace duenotice::app
