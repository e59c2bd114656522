#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "queue/queue.hpp"
#include "queue/rabbitmq_endpoint.hpp"
#include "queue/rabbitmq_interrupt.hpp"

namespace duenotice::queue {

/// Why the broker said no, or that it is gone. After one the connection is of no use any more.
struct WireError {
  static constexpr int untrusted = -1;  ///< the broker's certificate, or what it was to be checked against
  int reply_code = 0;                   ///< AMQP's, `untrusted`, or 0 when the connection was lost
  std::string text;
};
template <class T>
using WireResult = Result<T, WireError>;

/// One connection with one channel to a broker: librabbitmq behind an interface of plain values. Belongs to
/// one thread at a time. Everything that waits is bounded by the limits.
class RabbitWire {
 public:
  /// Connects, logs in (`role` names the connection in the broker's listings) and opens the channel. A
  /// heartbeat of 0 means none. `interrupt`, if any, ends what waits, now and as long as the connection
  /// lives.
  static WireResult<RabbitWire> open(const RabbitEndpoint& endpoint, std::string_view role,
                                     std::chrono::seconds heartbeat,
                                     std::shared_ptr<RabbitInterrupt> interrupt = nullptr);
  RabbitWire(RabbitWire&&) noexcept;
  RabbitWire& operator=(RabbitWire&&) noexcept;
  ~RabbitWire();

  /// Major version of the broker; 0 when it does not say.
  int server_major() const;

  // Requests that wait for their answer.
  using Argument = std::pair<std::string, std::variant<std::string, std::int64_t>>;
  WireResult<Done> declare_queue(const std::string& name, const std::vector<Argument>& arguments);
  WireResult<std::uint32_t> queue_exists(const std::string& name);  ///< the messages that are ready in it
  WireResult<Done> declare_exchange(const std::string& name);       ///< durable, topic
  WireResult<Done> exchange_exists(const std::string& name);
  WireResult<Done> bind(const std::string& queue, const std::string& exchange, const std::string& pattern);
  WireResult<Done> expect_confirms();
  /// Takes at most `prefetch` unacknowledged messages from the queue from now on.
  WireResult<Done> consume(const std::string& queue, std::size_t prefetch);

  // Words to the broker that it does not answer, or answers with an event.
  WireResult<Done> cancel();  ///< no more messages; answered with ConsumeEnded
  WireResult<Done> acknowledge(std::uint64_t tag, bool multiple);
  WireResult<Done> give_back(std::uint64_t tag);
  struct Outgoing {
    std::string_view exchange;
    std::string_view routing_key;
    std::string_view message_id;  ///< empty: none
    std::string_view content_type;
    std::string_view body;
    std::span<const std::pair<std::string_view, std::string_view>> headers;
    bool mandatory = true;  ///< comes back as `Returned` when no queue takes it
  };
  WireResult<Done> publish(const Outgoing& message);
  /// While it is on, what is published gathers into large packets, which spares both sides most of their
  /// work; switched off, the rest goes at once.
  void gather(bool on);

  struct Delivery {
    std::uint64_t tag = 0;
    bool redelivered = false;
    std::string message_id;
    std::string content_type;
    std::vector<std::pair<std::string, std::string>> headers;  ///< those that are texts
    std::string body;
    std::uint64_t length = 0;
    std::optional<Oversized> oversized;
  };
  /// A message that no queue took; its confirmation comes afterwards.
  struct Returned {
    std::string reason;
  };
  struct Confirmed {
    std::uint64_t tag = 0;  ///< counts the publishes of this connection from 1
    bool multiple = false;
    bool taken = true;
  };
  struct ConsumeEnded {
    bool by_broker = false;
  };
  /// The broker takes no publishes for now (memory or disk alarm); an empty reason: it takes them again.
  struct Blocked {
    std::string reason;
  };
  using Event = std::variant<Delivery, Returned, Confirmed, ConsumeEnded, Blocked>;
  /// The next event, waiting at most `patience`. Sends heartbeats.
  WireResult<std::optional<Event>> next(Milliseconds patience);
  /// For poll(2). Only to be waited upon after `next` with no patience found nothing.
  int descriptor() const;

  /// Says good-bye and waits for the answer, at most limits::broker_farewell: with it, the broker has carried
  /// out everything that was sent before.
  void close();

 private:
  struct State;
  explicit RabbitWire(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace duenotice::queue
