#pragma once
#include <filesystem>

namespace duenotice::app {

/// Whether surely nobody listens at the control socket. A socket that we may not use says nothing.
bool gateway_is_away(const std::filesystem::path& socket);

}  // namespace duenotice::app
