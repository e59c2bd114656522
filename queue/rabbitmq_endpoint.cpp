#include "queue/rabbitmq_endpoint.hpp"

#include <amqp.h>

namespace duenotice::queue {
namespace {

constexpr const char* system_authorities = "/etc/ssl/certs/ca-certificates.crt";

}  // namespace

std::string RabbitEndpoint::name() const {
  return std::string(tls ? "amqps://" : "amqp://") + host + ":" + std::to_string(port) + " (virtual host '" +
         vhost + "')";
}

Result<RabbitEndpoint> rabbit_endpoint(const RabbitOptions& options) {
  std::string text = options.url;
  amqp_connection_info parts{};
  if (amqp_parse_url(text.data(), &parts) != AMQP_STATUS_OK) {
    return Error{ErrorKind::invalid,
                 "the queue's URL is not of the form amqp://user:password@host:port/vhost (in a part of it, "
                 "`/`, `@` and `:` are written %2F, %40 and %3A)"};
  }
  // RabbitMQ's own default. To the letter a URL that ends in `/` names the virtual host of the empty name,
  // which nobody has.
  const std::string vhost = *parts.vhost == '\0' ? "/" : parts.vhost;
  return RabbitEndpoint{parts.host,
                        parts.port,
                        parts.ssl != 0,
                        parts.user,
                        options.password.empty() ? parts.password : options.password,
                        vhost,
                        options.ca_file.empty() ? system_authorities : options.ca_file};
}

}  // namespace duenotice::queue
