#pragma once
#include <string>

namespace duenotice::channels {

/// Whether libcurl can make sense of `scheme://host[:port][/path]`, without user, query or fragment.
bool is_server_url(const std::string& url);

}  // namespace duenotice::channels
