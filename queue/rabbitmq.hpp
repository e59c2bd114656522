#pragma once
#include <memory>
#include <string>

#include "gateway/base/limits.hpp"
#include "queue/queue.hpp"

/// The queue on a RabbitMQ broker (3.10 or later), over AMQP 0-9-1.
///
/// What it uses there, and makes unless `declare` is off:
/// - the durable quorum queue `requests`, without a dead-letter exchange and without a delivery limit (on
///   RabbitMQ 4.0 and later, where one is the default, x-delivery-limit = -1);
/// - the durable topic exchange `dead_letters`, where a rejected request is published with its code as the
///   routing key, so that a team can bind a queue of its own to the codes that it cares for;
/// - the durable quorum queue `dead_letters`, bound to that exchange with `#`, with x-message-ttl;
/// - unless its name is empty, the durable topic exchange `events`, where status events are published with
///   their type as the routing key. No queue is made for them: each service binds its own, and an event that
///   no queue is bound to is gone.
///
/// A queue that exists with other arguments is `invalid` at start: nothing is changed that somebody else
/// made.
///
/// A consumer has a thread that owns its connection and does nothing else, so that heartbeats are answered
/// however slow the work is. A lost connection is made anew for ever, with growing, jittered delays; what was
/// not acknowledged comes again, and tags from before are stale. AMQP bounds what a broker pushes by count
/// only: messages above the bound on bytes are given back to the broker (which marks them as redelivered and
/// may change their order), and fewer are asked for.
///
/// A broker closes a channel whose deliveries stay unacknowledged for its consumer_timeout (30 minutes unless
/// configured), for instance while the consumer is paused; that is a lost connection like any other.
///
/// A publisher has a connection of its own, without heartbeats (nobody would send them while it is idle; TCP
/// keepalive watches instead). Everything is published persistent and confirmed by the broker; requests and
/// dead letters are mandatory, too.

namespace duenotice::queue {

struct RabbitOptions {
  std::string url;       ///< `amqp://user:password@host:port/vhost` or `amqps://…`; parts percent-encoded
  std::string password;  ///< instead of the URL's; empty: the URL's
  /// `amqps`: PEM file of the authorities to trust; empty: the system's. The certificate must name the host
  /// as a DNS name (an address in it is not looked at).
  std::string ca_file;
  std::string requests = "duenotice.requests";
  std::string dead_letters = "duenotice.rejected";
  std::string events;                       ///< empty: none
  bool declare = true;                      ///< false: only check that the queues and the exchange exist
  int prefetch = limits::prefetch_default;  ///< messages, 1 to limits::prefetch_most
  std::size_t prefetch_bytes = limits::prefetch_bytes_default;  ///< bytes, at least 1
  /// After it the broker removes a dead letter.
  Milliseconds dead_letter_ttl = limits::dead_letter_ttl_default;
  std::chrono::seconds heartbeat = limits::broker_heartbeat;  ///< of the consumer's connection, at least 1
  /// Publisher: false makes the connection at the first publish, so that a gateway starts while the broker is
  /// away.
  bool connect_at_start = true;
};

/// `invalid` for what no waiting will mend: a malformed URL, a refused login, other arguments, a missing
/// queue with `declare` off. A broker that is away is no error: the consumer goes on trying, and `health`
/// says so.
Result<std::unique_ptr<Consumer>> open_rabbit_consumer(const RabbitOptions& options);

/// `invalid` as above; `unavailable` when the broker is away. A publisher whose connection was lost makes a
/// new one at the next publish.
Result<std::unique_ptr<Publisher>> open_rabbit_publisher(const RabbitOptions& options);

/// Requests that the broker has given to no consumer yet, asked on a connection of its own. Makes nothing.
/// `unavailable` when the broker is away, `invalid` as above.
Result<std::int64_t> count_rabbit_requests(const RabbitOptions& options);

/// The same for status events, whose exchange `options.events` must have a name.
Result<std::unique_ptr<EventPublisher>> open_rabbit_event_publisher(const RabbitOptions& options);

/// For `doctor`: connects, logs in and looks whether the queues and the exchange of the events exist with the
/// right arguments, with a sentence on what it found. Makes nothing.
Result<std::string> check_rabbit(const RabbitOptions& options);

}  // namespace duenotice::queue
