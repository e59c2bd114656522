#include "gateway/app/list_filter.hpp"

#include "gateway/base/time_zone.hpp"
#include "gateway/base/ulid.hpp"

namespace duenotice::app {

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

Status check_order(const std::optional<std::string>& since_text, const std::optional<Instant>& since,
                   const std::optional<std::string>& until_text, const std::optional<Instant>& until) {
  if (!since || !until || *since < *until) return Done{};
  return Error{ErrorKind::invalid, "--since " + *since_text + " does not lie before the end of --until " +
                                       *until_text + ", so nothing could match; swap them"};
}

Result<NoticeFilter> make_filter(const ListArguments& arguments) {
  NoticeFilter filter;
  filter.kind = arguments.kind;
  filter.agreement = arguments.agreement;
  filter.account = arguments.account;
  filter.after = arguments.after;
  filter.limit = arguments.limit;
  if (arguments.state) {
    filter.state = parse_notice_state(*arguments.state);
    if (!filter.state) {
      return Error{ErrorKind::invalid,
                   "--state must be accepted, sending, deemed_delivered, held, failed or cancelled, "
                   "not \"" +
                       *arguments.state + "\""};
    }
  }
  if (arguments.channel) {
    filter.channel = parse_channel(*arguments.channel);
    if (!filter.channel) {
      return Error{ErrorKind::invalid,
                   "--channel must be email or in_site, not \"" + *arguments.channel + "\""};
    }
  }
  if (filter.after && !is_ulid(*filter.after)) {
    return Error{
        ErrorKind::invalid,
        "--after must be a NOTICE_ID, the first column of `duenotice list`, not \"" + *filter.after + "\""};
  }
  const auto since = parse_moment("--since", arguments.since, 0);
  if (!since) return since.error();
  const auto until = parse_moment("--until", arguments.until, 1);
  if (!until) return until.error();
  const Status order = check_order(arguments.since, *since, arguments.until, *until);
  if (!order) return order.error();
  filter.since = *since;
  filter.until = *until;
  return filter;
}

}  // namespace duenotice::app
