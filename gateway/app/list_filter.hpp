#pragma once
#include "gateway/app/arguments.hpp"
#include "gateway/base/result.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// What `list` was asked, as a filter of the journal. A date stands for the whole day in UTC: `--since` its
/// start,
/// `--until` its end. `invalid` with a sentence for the first word that is none.
Result<NoticeFilter> make_filter(const ListArguments& arguments);

}  // namespace duenotice::app
