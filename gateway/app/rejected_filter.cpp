#include "gateway/app/rejected_filter.hpp"

#include <algorithm>

#include "gateway/app/list_filter.hpp"
#include "gateway/app/nearest.hpp"
#include "gateway/base/ulid.hpp"
#include "gateway/notice/rejection.hpp"

namespace duenotice::app {

Result<RejectionFilter> make_filter(const RejectedArguments& arguments) {
  RejectionFilter filter;
  filter.open_only = arguments.open;
  filter.code = arguments.code;
  filter.after = arguments.after;
  filter.limit = arguments.limit;
  if (filter.code) {
    const std::vector<std::string> known = rejection_codes();
    if (std::find(known.begin(), known.end(), *filter.code) == known.end()) {
      const auto meant = nearest(*filter.code, known);
      return Error{ErrorKind::invalid, "--code: no request is refused with the code \"" + *filter.code +
                                           "\"; " +
                                           (meant ? "did you mean " + *meant + "?"
                                                  : "`duenotice rejected` shows the codes that there are")};
    }
  }
  if (filter.after && !is_ulid(*filter.after)) {
    return Error{ErrorKind::invalid,
                 "--after must be a REJECTION_ID, the first column of `duenotice rejected`, not \"" +
                     *filter.after + "\""};
  }
  const auto period = parse_period(arguments.since, arguments.until);
  if (!period) return period.error();
  filter.since = period->since;
  filter.until = period->until;
  return filter;
}

std::string name_of(const RejectedRequest& request) {
  if (request.source.empty() && request.request_id.empty()) return "-";
  const auto side = [](const std::string& name) { return name.empty() ? std::string("-") : name; };
  return side(request.source) + " " + side(request.request_id);
}

}  // namespace duenotice::app
