#pragma once
#include "gateway/app/arguments.hpp"
#include "gateway/base/result.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// What `list` was asked, as a filter of the journal. `invalid` with a sentence for the first word that is
/// none.
Result<NoticeFilter> make_filter(const ListArguments& arguments);

/// From `since` on, before `until`; an end that is missing is open.
struct Period {
  std::optional<Instant> since, until;
};

/// What stood behind --since and --until: an instant, or a date for the whole day in UTC. An error also where
/// nothing could lie between them.
Result<Period> parse_period(const std::optional<std::string>& since, const std::optional<std::string>& until);

}  // namespace duenotice::app
