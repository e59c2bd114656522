#include "gateway/app/advice.hpp"

namespace duenotice::app {
namespace {

Error with(Error error, const char* advice) {
  if (error.kind == ErrorKind::not_found) error.message += advice;
  return error;
}

}  // namespace

Error where_notices_are(Error error) {
  return with(std::move(error),
              "; `duenotice list` names those that there are, `duenotice rejected` what was refused");
}

Error where_rejections_are(Error error) {
  return with(std::move(error), "; `duenotice rejected` lists those that there are");
}

Error where_replays_are(Error error) { return with(std::move(error), "; `duenotice jobs` lists them"); }

Error look_before_it_is_given_again(Error error, const Json& order) {
  if (error.kind != ErrorKind::unavailable) return error;
  const char* command = order.find("notice") != nullptr                                   ? "show"
                        : order.find("rejection") != nullptr                              ? "rejected show"
                        : order.find("account") != nullptr                                ? "audit"
                        : order.find("select") != nullptr || order.find("job") != nullptr ? "jobs"
                                                                                          : "keys show";
  error.message += "; look with `duenotice " + std::string(command) + "` before you give it again";
  return error;
}

Error erased_with_its_account(const std::string& notice_id) {
  return {
      ErrorKind::not_found,
      "notice " + notice_id +
          " was erased with its account: whom it was for, what it said and what was answered can be read by "
          "nobody; `duenotice log proof " +
          notice_id + "` still proves its events"};
}

}  // namespace duenotice::app
