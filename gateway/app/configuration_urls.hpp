#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace duenotice::app {

/// The parts of `scheme://user:password@host:port/rest`, as far as the configuration must judge them.
struct UrlParts {
  std::string scheme;
  std::string user;
  std::string password;
  bool has_password = false;
  std::string host;
  std::string port;
};

/// Empty when it is no such URL, has no host, or its port is no number from 1 to 65535.
std::optional<UrlParts> split_url(std::string_view url);

/// Whether the host is this machine: then nothing crosses a wire.
bool is_loopback(std::string_view host);

}  // namespace duenotice::app
