#pragma once
#include "queue/rabbitmq_wire.hpp"

namespace duenotice::queue {

/// What a refusal or a loss means to somebody who wanted to `doing` ("declare the queue x"). Refusals that no
/// waiting will mend are `invalid`, everything else is `unavailable`.
Error rabbit_error(const WireError& error, const RabbitEndpoint& endpoint, const std::string& doing);

/// Makes the queues and exchanges of the options (see rabbitmq.hpp), or with `declare` off checks that
/// they exist. After an error the connection is of no use any more.
Status ensure_topology(RabbitWire& wire, const RabbitEndpoint& endpoint, const RabbitOptions& options);

/// A connection that is ready for `role`: connected, logged in, with the topology in place.
Result<RabbitWire> connect_rabbit(const RabbitEndpoint& endpoint, const RabbitOptions& options,
                                  std::string_view role, std::chrono::seconds heartbeat,
                                  std::shared_ptr<RabbitInterrupt> interrupt = nullptr);

}  // namespace duenotice::queue
