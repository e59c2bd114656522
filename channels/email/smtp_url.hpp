#pragma once
#include <string>

#include "gateway/base/result.hpp"

namespace duenotice::channels {

/// Whether libcurl can make sense of this `smtp://` or `smtps://` url. `invalid` says what to write instead.
Status check_smtp_url(const std::string& url);

}  // namespace duenotice::channels
