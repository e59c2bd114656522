#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "queue/ack_ledger.hpp"
#include "queue/prefetch_plan.hpp"
#include "queue/prefetch_window.hpp"
#include "queue/rabbitmq_wire.hpp"
#include "queue/reconnect_delay.hpp"
#include "queue/wake_up.hpp"

namespace duenotice::queue {

/// The consumer on RabbitMQ: one thread owns the connection, moves deliveries into a bounded inbox and
/// acknowledgements out of a mailbox. See rabbitmq.hpp.
///
/// Tags grow over the life of the consumer: those of a new connection start above all that were given out
/// before, so that a stale one can never name another message.
class RabbitConsumer final : public Consumer {
 public:
  /// Goes on with `wire` when there is one; otherwise `health` starts with `away` and it tries to connect.
  /// `interrupt` is that of `wire`.
  RabbitConsumer(RabbitOptions options, RabbitEndpoint endpoint, std::shared_ptr<RabbitInterrupt> interrupt,
                 std::optional<RabbitWire> wire, Status away);
  ~RabbitConsumer() override;
  std::optional<Message> next(Milliseconds patience) override;
  void acknowledge(std::uint64_t tag) override;
  void pause(bool paused) override;
  Status health() const override;
  void wind_down() override;
  void stop() override;

 private:
  /// Whether the broker pushes messages to us at the moment.
  enum class Flow { none, consuming, ending };

  void run();
  void reconnect();
  void serve();
  WireResult<bool> turn();
  WireResult<Done> tell_acknowledgements();
  WireResult<Done> take(RabbitWire::Event event);
  WireResult<Done> take_delivery(RabbitWire::Delivery delivery);
  WireResult<Done> steer();
  bool keep(RabbitWire::Delivery& delivery);
  void lose(const WireError& error);
  bool stopping() const;
  bool over() const;
  bool room_for_more() const;

  const RabbitOptions options_;
  const RabbitEndpoint endpoint_;
  const std::shared_ptr<RabbitInterrupt> interrupt_;

  // Of the thread alone.
  std::optional<RabbitWire> wire_;
  SystemRandom random_;
  ReconnectDelay delay_{random_};
  PrefetchPlan plan_;
  AckLedger ledger_;
  Flow flow_ = Flow::none;
  std::size_t asked_for_ = 0;  ///< prefetch count of the current consume
  std::size_t needed_ = 0;     ///< size of the message that did not fit
  std::uint64_t base_ = 0;     ///< public tag = base + the connection's delivery tag
  std::uint64_t newest_ = 0;   ///< greatest public tag so far

  WakeUp wake_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::condition_variable left_;
  std::deque<Message> inbox_;
  PrefetchWindow window_;
  std::vector<std::uint64_t> mailbox_;  ///< acknowledged public tags of this connection
  Status health_;
  bool paused_ = false;
  bool connected_;  ///< to a broker that acknowledgements can be told to
  bool winding_down_ = false;
  bool stopping_ = false;
  bool ended_ = false;  ///< the thread needs its connection no more
  std::thread thread_;
};

}  // namespace duenotice::queue
