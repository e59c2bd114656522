#pragma once
#include "gateway/app/arguments.hpp"
#include "gateway/base/result.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// What `rejected` was asked, or what is wrong with it.
Result<RejectionFilter> make_filter(const RejectedArguments& arguments);

}  // namespace duenotice::app
