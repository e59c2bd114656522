#pragma once
#include <functional>
#include <optional>
#include <set>

#include "queue/rabbitmq_wire.hpp"
#include "queue/reconnect_delay.hpp"

namespace duenotice::queue {

/// The publisher on RabbitMQ, of requests and dead letters or of status events. See rabbitmq.hpp.
class RabbitPublisher final : public Publisher, public EventPublisher {
 public:
  /// `role` names its connection in the broker's listings.
  RabbitPublisher(RabbitOptions options, RabbitEndpoint endpoint, std::string role);
  ~RabbitPublisher() override;
  /// Connects when it is not connected. After a failure the next attempts are put off by a growing delay;
  /// until then the same error is returned at once.
  Status connect();
  Status publish_request(std::string_view content_type, std::string_view body) override;
  Status publish_requests(std::span<const OutgoingRequest> requests) override;
  Status publish_dead_letters(std::span<const DeadLetter> letters) override;
  Status publish_events(std::span<const StatusEvent> events) override;
  void interrupt() override { interrupt_->pull(); }

 private:
  /// Sends the message of that index.
  using Send = std::function<WireResult<Done>(RabbitWire&, std::size_t)>;
  Status publish_all(std::size_t count, const Send& send);
  WireResult<Done> publish_and_wait(std::size_t count, const Send& send);
  WireResult<Done> wait_for_confirms(std::size_t most_unconfirmed);
  void take(const RabbitWire::Event& event);
  Status failed(Error error);

  const RabbitOptions options_;
  const RabbitEndpoint endpoint_;
  const std::string role_;
  const std::shared_ptr<RabbitInterrupt> interrupt_ = std::make_shared<RabbitInterrupt>();
  SystemRandom random_;
  ReconnectDelay delay_{random_};
  std::chrono::steady_clock::time_point not_before_{};
  Status last_ = Done{};
  std::optional<RabbitWire> wire_;
  std::uint64_t published_ = 0;          ///< on this connection
  std::set<std::uint64_t> unconfirmed_;  ///< of those
  std::string refusal_;                  ///< why a message of this call was not taken
  std::string blocked_;                  ///< why the broker takes nothing at the moment
};

}  // namespace duenotice::queue
