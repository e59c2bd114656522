#pragma once
#include "gateway/base/result.hpp"

/// What to do next, behind an error that is `not_found`; any other stays as it is.

namespace duenotice::app {

Error where_notices_are(Error error);
Error where_rejections_are(Error error);

}  // namespace duenotice::app
