#include "queue/rabbitmq_topology.hpp"

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

template <class T>
Status stated(const WireResult<T>& answer, const RabbitEndpoint& endpoint, const std::string& doing) {
  if (answer) return Done{};
  return rabbit_error(answer.error(), endpoint, doing);
}

Status declare_requests(RabbitWire& wire, const RabbitEndpoint& endpoint, const RabbitOptions& options) {
  return stated(wire.declare_queue(options.requests, quorum(wire)), endpoint,
                "declare the queue " + options.requests);
}

Status declare_dead_letters(RabbitWire& wire, const RabbitEndpoint& endpoint, const RabbitOptions& options) {
  Arguments arguments = quorum(wire);
  arguments.emplace_back("x-message-ttl", std::int64_t{options.dead_letter_ttl.count()});
  return stated(wire.declare_queue(options.dead_letters, arguments), endpoint,
                "declare the queue " + options.dead_letters);
}

Status check_topology(RabbitWire& wire, const RabbitEndpoint& endpoint, const RabbitOptions& options) {
  for (const std::string& name : {options.requests, options.dead_letters}) {
    if (auto status = stated(wire.queue_exists(name), endpoint, "find the queue " + name); !status)
      return status;
  }
  for (const std::string& name : {options.dead_letters, options.events}) {
    if (name.empty()) continue;
    if (auto status = stated(wire.exchange_exists(name), endpoint, "find the exchange " + name); !status)
      return status;
  }
  return Done{};
}

using Declare = Status (*)(RabbitWire&, const RabbitEndpoint&, const RabbitOptions&);

/// What is found of one queue. On a connection of its own, because a "no" closes the channel. A queue that
/// exists may be declared again: that compares its arguments and changes nothing.
Result<std::string> look_at(const std::string& queue, Declare declare, const RabbitEndpoint& endpoint,
                            const RabbitOptions& options) {
  auto wire = RabbitWire::open(endpoint, "duenotice doctor", std::chrono::seconds(0));
  if (!wire) return rabbit_error(wire.error(), endpoint, "connect");
  const auto messages = wire->queue_exists(queue);
  if (!messages && messages.error().reply_code == not_found && options.declare) {
    return "the queue " + queue + " does not exist yet, serve makes it";
  }
  if (!messages) return rabbit_error(messages.error(), endpoint, "find the queue " + queue);
  if (options.declare) {
    if (Status same = declare(*wire, endpoint, options); !same) return same.error();
  }
  wire->close();
  return "the queue " + queue + " has " + std::to_string(*messages) + " messages";
}

/// The same of the exchange for status events.
Result<std::string> look_at_events(const RabbitEndpoint& endpoint, const RabbitOptions& options) {
  const std::string& name = options.events;
  if (name.empty()) return std::string("status events are switched off");
  auto wire = RabbitWire::open(endpoint, "duenotice doctor", std::chrono::seconds(0));
  if (!wire) return rabbit_error(wire.error(), endpoint, "connect");
  const auto there = wire->exchange_exists(name);
  if (!there && there.error().reply_code == not_found && options.declare) {
    return "the exchange " + name + " does not exist yet, serve makes it";
  }
  if (!there) return rabbit_error(there.error(), endpoint, "find the exchange " + name);
  if (options.declare) {
    if (auto same = stated(wire->declare_exchange(name), endpoint, "declare the exchange " + name); !same)
      return same.error();
  }
  wire->close();
  return "the exchange " + name + " is there";
}

}  // namespace

Error rabbit_error(const WireError& error, const RabbitEndpoint& endpoint, const std::string& doing) {
  const std::string what = endpoint.name() + ": cannot " + doing + ": " + error.text;
  switch (error.reply_code) {
    case WireError::untrusted:
      return {ErrorKind::invalid, what + "; name a file with the certificate of its authority in `ca_file`"};
    case access_refused:
      return {ErrorKind::invalid, what + "; check user, password and the user's permissions"};
    case not_found:
      return {ErrorKind::invalid, what + "; create it, or set `declare = true`"};
    case precondition_failed:
      return {ErrorKind::invalid,
              what + "; it exists with other properties: delete it or configure another name"};
    case not_allowed:
      return {ErrorKind::invalid, what + "; check the virtual host and the user's access to it"};
    default:
      return {ErrorKind::unavailable, what};
  }
}

Status ensure_topology(RabbitWire& wire, const RabbitEndpoint& endpoint, const RabbitOptions& options) {
  if (!options.declare) return check_topology(wire, endpoint, options);
  const auto declare_exchange = [&](const std::string& name) {
    return stated(wire.declare_exchange(name), endpoint, "declare the exchange " + name);
  };
  const std::string& dead = options.dead_letters;
  if (Status status = declare_requests(wire, endpoint, options); !status) return status;
  if (Status status = declare_exchange(dead); !status) return status;
  if (Status status = declare_dead_letters(wire, endpoint, options); !status) return status;
  if (Status bound = stated(wire.bind(dead, dead, "#"), endpoint, "bind the queue " + dead); !bound)
    return bound;
  return options.events.empty() ? Status(Done{}) : declare_exchange(options.events);
}

Result<RabbitWire> connect_rabbit(const RabbitEndpoint& endpoint, const RabbitOptions& options,
                                  std::string_view role, std::chrono::seconds heartbeat,
                                  std::shared_ptr<RabbitInterrupt> interrupt) {
  auto wire = RabbitWire::open(endpoint, role, heartbeat, std::move(interrupt));
  if (!wire) return rabbit_error(wire.error(), endpoint, "connect");
  if (Status status = ensure_topology(*wire, endpoint, options); !status) return status.error();
  return std::move(*wire);
}

Result<std::int64_t> count_rabbit_requests(const RabbitOptions& options) {
  auto endpoint = rabbit_endpoint(options);
  if (!endpoint) return endpoint.error();
  auto wire = RabbitWire::open(*endpoint, "duenotice status", std::chrono::seconds(0));
  if (!wire) return rabbit_error(wire.error(), *endpoint, "connect");
  const auto messages = wire->queue_exists(options.requests);
  if (!messages) return rabbit_error(messages.error(), *endpoint, "find the queue " + options.requests);
  wire->close();
  return std::int64_t{*messages};
}

Result<std::string> check_rabbit(const RabbitOptions& options) {
  auto endpoint = rabbit_endpoint(options);
  if (!endpoint) return endpoint.error();
  auto requests = look_at(options.requests, declare_requests, *endpoint, options);
  if (!requests) return requests;
  auto dead_letters = look_at(options.dead_letters, declare_dead_letters, *endpoint, options);
  if (!dead_letters) return dead_letters;
  auto events = look_at_events(*endpoint, options);
  if (!events) return events;
  return "connected to " + endpoint->name() + "; " + *requests + "; " + *dead_letters + "; " + *events;
}

}  // namespace duenotice::queue
