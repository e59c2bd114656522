#pragma once
#include <string>

#include "queue/rabbitmq.hpp"

namespace duenotice::queue {

/// Where the broker is and who logs in.
struct RabbitEndpoint {
  std::string host;
  int port = 0;
  bool tls = false;
  std::string user;
  std::string password;
  std::string vhost;
  std::string ca_file;
  /// For people: host, port and vhost, never the password.
  std::string name() const;
};

/// Reads the URL of the options. `invalid` when it is none.
Result<RabbitEndpoint> rabbit_endpoint(const RabbitOptions& options);

}  // namespace duenotice::queue
