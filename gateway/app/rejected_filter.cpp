#include "gateway/app/rejected_filter.hpp"

#include <algorithm>

#include "gateway/app/list_filter.hpp"
#include "gateway/app/nearest.hpp"
#include "gateway/base/ulid.hpp"
#include "gateway/notice/rejection.hpp"

namespace duenotice::app {

namespace {

std::vector<std::string> codes() {
  std::vector<std::string> all;
  for (int code = 0; code <= static_cast<int>(RejectionCode::conflict); ++code)
    all.emplace_back(to_text(static_cast<RejectionCode>(code)));
  return all;
}

}  // namespace

Result<RejectionFilter> make_filter(const RejectedArguments& arguments) {
  RejectionFilter filter;
  filter.code = arguments.code;
  filter.after = arguments.after;
  filter.limit = arguments.limit;
  if (filter.code) {
    const std::vector<std::string> known = codes();
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
  const auto since = parse_moment("--since", arguments.since, 0);
  if (!since) return since.error();
  filter.since = *since;
  return filter;
}

}  // namespace duenotice::app
