#pragma once
#include "gateway/app/arguments.hpp"
#include "gateway/base/result.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// What `list` was asked, as a filter of the journal. A date stands for the whole day in UTC: `--since` its
/// start, `--until` its end. `invalid` with a sentence for the first word that is none.
/// An error where nothing could lie between the options --since and --until.
Status check_order(const std::optional<std::string>& since_text, const std::optional<Instant>& since,
                   const std::optional<std::string>& until_text, const std::optional<Instant>& until);

Result<NoticeFilter> make_filter(const ListArguments& arguments);

/// Reads an instant, or a date as the start of the day `days_on` later, in UTC. `option` is its name on the
/// command line. Empty when nothing was asked.
Result<std::optional<Instant>> parse_moment(const std::string& option, const std::optional<std::string>& text,
                                            int days_on);

}  // namespace duenotice::app
