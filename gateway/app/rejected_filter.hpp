#pragma once
#include "gateway/app/arguments.hpp"
#include "gateway/base/result.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// What `rejected` was asked, or what is wrong with it.
Result<RejectionFilter> make_filter(const RejectedArguments& arguments);

/// Source and id of a rejected request; a dash stands for the side that it did not say.
std::string name_of(const RejectedRequest& request);

}  // namespace duenotice::app
