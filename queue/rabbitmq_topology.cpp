#include "queue/rabbitmq_topology.hpp"

#include <algorithm>
#include <array>

namespace duenotice::queue {
namespace {

// Reply codes of AMQP 0-9-1 that say: what you ask for is wrong.
constexpr int access_refused = 403;
constexpr int not_found = 404;
constexpr int precondition_failed = 406;
constexpr int not_allowed = 530;

using Arguments = std::vector<RabbitWire::Argument>;

Arguments quorum(const RabbitWire& wire) {
  Arguments arguments{{"x-queue-type", std::string("quorum")}};
  // From 4.0 on a quorum queue drops a message after 20 deliveries unless told otherwise.
  if (wire.server_major() >= 4) arguments.emplace_back("x-delivery-limit", std::int64_t{-1});
  return arguments;
}

Arguments request_arguments(const RabbitWire& wire) { return quorum(wire); }

Arguments dead_letter_arguments(const RabbitWire& wire, const RabbitOptions& options) {
  Arguments arguments = quorum(wire);
  arguments.emplace_back("x-message-ttl", std::int64_t{options.dead_letter_ttl.count()});
  return arguments;
}

Status stated(const WireResult<Done>& answer, const RabbitEndpoint& endpoint, const std::string& doing) {
  if (answer) return Done{};
  return rabbit_error(answer.error(), endpoint, doing);
}

template <class T>
Status stated(const WireResult<T>& answer, const RabbitEndpoint& endpoint, const std::string& doing) {
  if (answer) return Done{};
  return rabbit_error(answer.error(), endpoint, doing);
}

Status check_topology(RabbitWire& wire, const RabbitEndpoint& endpoint, const RabbitOptions& options) {
  for (const std::string& name : {options.requests, options.dead_letters}) {
    if (auto status = stated(wire.queue_exists(name), endpoint, "find the queue " + name); !status) return status;
  }
  return stated(wire.exchange_exists(options.dead_letters), endpoint, "find the exchange " + options.dead_letters);
}

/// Whether a name is taken, asked on a connection of its own because a "no" closes the channel.
Result<bool> exists(const RabbitEndpoint& endpoint, const std::string& queue, std::uint32_t& messages) {
  auto wire = RabbitWire::open(endpoint, "duenotice doctor", std::chrono::seconds(0));
  if (!wire) return rabbit_error(wire.error(), endpoint, "log in");
  const auto found = wire->queue_exists(queue);
  if (found) {
    messages = *found;
    wire->close();
    return true;
  }
  if (found.error().reply_code == not_found) return false;
  return rabbit_error(found.error(), endpoint, "look at the queue " + queue);
}

}  // namespace

Error rabbit_error(const WireError& error, const RabbitEndpoint& endpoint, const std::string& doing) {
  const std::string what = "cannot " + doing + " on " + endpoint.name() + ": " + error.text;
  switch (error.reply_code) {
    case access_refused:
      return {ErrorKind::invalid, what + "; check user, password, certificate and the user's permissions"};
    case not_found: return {ErrorKind::invalid, what + "; create it, or set `declare = true`"};
    case precondition_failed:
      return {ErrorKind::invalid, what + "; it exists with other properties: delete it or configure another name"};
    case not_allowed: return {ErrorKind::invalid, what + "; check the virtual host and the user's access to it"};
    default: return {ErrorKind::unavailable, what};
  }
}

Status ensure_topology(RabbitWire& wire, const RabbitEndpoint& endpoint, const RabbitOptions& options) {
  if (!options.declare) return check_topology(wire, endpoint, options);
  const std::string& dead = options.dead_letters;
  Status status = stated(wire.declare_queue(options.requests, request_arguments(wire)), endpoint,
                         "declare the queue " + options.requests);
  if (!status) return status;
  status = stated(wire.declare_exchange(dead), endpoint, "declare the exchange " + dead);
  if (!status) return status;
  status = stated(wire.declare_queue(dead, dead_letter_arguments(wire, options)), endpoint, "declare the queue " + dead);
  if (!status) return status;
  return stated(wire.bind(dead, dead, "#"), endpoint, "bind the queue " + dead);
}

Result<RabbitWire> connect_rabbit(const RabbitEndpoint& endpoint, const RabbitOptions& options, std::string_view role,
                                  std::chrono::seconds heartbeat) {
  auto wire = RabbitWire::open(endpoint, role, heartbeat);
  if (!wire) return rabbit_error(wire.error(), endpoint, "log in");
  if (Status status = ensure_topology(*wire, endpoint, options); !status) return status.error();
  return std::move(*wire);
}

Result<std::string> check_rabbit(const RabbitOptions& options) {
  auto endpoint = rabbit_endpoint(options);
  if (!endpoint) return endpoint.error();
  std::string found = "connected to " + endpoint->name();
  bool all = true;
  for (const std::string& name : {options.requests, options.dead_letters}) {
    std::uint32_t messages = 0;
    const auto there = exists(*endpoint, name, messages);
    if (!there) return there.error();
    all = all && *there;
    found += "; the queue " + name +
             (*there ? " has " + std::to_string(messages) + " messages" : " does not exist yet, serve makes it");
    if (!*there && !options.declare) {
      return Error{ErrorKind::invalid, "there is no queue " + name + " on " + endpoint->name() +
                                           "; create it, or set `declare = true`"};
    }
  }
  if (!all) return found;
  // Both exist, so declaring them again compares their arguments and changes nothing.
  auto wire = connect_rabbit(*endpoint, options, "duenotice doctor", std::chrono::seconds(0));
  if (!wire) return wire.error();
  wire->close();
  return found;
}

}  // namespace duenotice::queue
