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

}  // namespace duenotice::app
