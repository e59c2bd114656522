#pragma once
#include <string_view>

namespace duenotice::app {

/// The files of gateway/app/bundle, which stand in every bundle as they are.
std::string_view bundle_readme();
std::string_view bundle_verify_script();

}  // namespace duenotice::app
