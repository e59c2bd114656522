#pragma once
#include <chrono>
#include <filesystem>
#include <string>

#include "gateway/base/result.hpp"
#include "gateway/http/control_routes.hpp"

namespace duenotice::http {

/// Asks the gateway that answers at a control socket. Each call is a connection of its own, at most
/// `patience` long. `unavailable` when nobody is there, `broken` when this user may not ask. A post that was
/// not answered is `unavailable` too: it may have been carried out, or still be, so whoever would do it
/// without a gateway makes sure before that there is none. Any thread.
class ControlClient {
 public:
  explicit ControlClient(std::filesystem::path socket,
                         std::chrono::milliseconds patience = std::chrono::seconds(30))
      : socket_(std::move(socket)), patience_(patience) {}

  /// The answer whatever its status, at most 1 MB of it. `path` starts with a slash and is percent-encoded.
  Result<Response> get(const std::string& path) const;
  Result<Response> post(const std::string& path, const std::string& body) const;

 private:
  Result<Response> ask(const std::string& path, const std::string* body) const;
  std::filesystem::path socket_;
  std::chrono::milliseconds patience_;
};

}  // namespace duenotice::http
