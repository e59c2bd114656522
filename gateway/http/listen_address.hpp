#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace duenotice::http {

/// Where a server listens, as people write it: `0.0.0.0:8085`, `[::]:8085`, `192.0.2.7:8085`. For a server
/// whose answers are fit for everybody; others listen at a loopback address (loopback_server.hpp).
struct ListenAddress {
  std::string host;  ///< an address of IPv4 or IPv6, no name
  std::uint16_t port = 0;

  std::string text() const;
};

/// Empty when it is anything but an address with a port.
std::optional<ListenAddress> parse_listen_address(const std::string& text);

}  // namespace duenotice::http
