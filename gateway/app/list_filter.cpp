#include "gateway/app/list_filter.hpp"

#include "gateway/app/option_words.hpp"
#include "gateway/base/time_zone.hpp"

namespace duenotice::app {

namespace {

/// Reads an instant, or a date as the start of the day `days_on` later. `option` is its name on the command
/// line. Empty when nothing was asked.
Result<std::optional<Instant>> parse_moment(const std::string& option, const std::optional<std::string>& text,
                                            int days_on) {
  if (!text) return std::optional<Instant>();
  if (const auto instant = parse_instant(*text)) return instant;
  if (const auto date = parse_date(*text)) {
    return std::optional(TimeZone::utc().start_of(*date + std::chrono::days(days_on)));
  }
  return Error{ErrorKind::invalid, option +
                                       " must be a date such as 2026-07-01 or an instant such as "
                                       "2026-07-01T09:00:00+08:00, not \"" +
                                       *text + "\""};
}

}  // namespace

Result<Period> parse_period(const std::optional<std::string>& since,
                            const std::optional<std::string>& until) {
  const auto from = parse_moment("--since", since, 0);
  if (!from) return from.error();
  const auto end = parse_moment("--until", until, 1);
  if (!end) return end.error();
  if (*from && *end && **from >= **end) {
    return Error{ErrorKind::invalid, "--since " + *since + " does not lie before the end of --until " +
                                         *until + ", so nothing could match; swap them"};
  }
  return Period{*from, *end};
}

Result<NoticeFilter> make_filter(const ListArguments& arguments) {
  NoticeFilter filter;
  filter.kind = arguments.kind;
  filter.agreement = arguments.agreement;
  filter.account = arguments.account;
  filter.limit = arguments.limit;
  const auto state = notice_state_option("--state", arguments.state);
  if (!state) return state.error();
  filter.state = *state;
  const auto channel = channel_option("--channel", arguments.channel);
  if (!channel) return channel.error();
  filter.channel = *channel;
  const auto after =
      ulid_option("--after", "NOTICE_ID, the first column of `duenotice list`", arguments.after);
  if (!after) return after.error();
  filter.after = *after;
  const auto period = parse_period(arguments.since, arguments.until);
  if (!period) return period.error();
  filter.since = period->since;
  filter.until = period->until;
  return filter;
}

}  // namespace duenotice::app
