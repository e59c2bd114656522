#include "queue/rabbitmq_consumer.hpp"

#include <algorithm>
#include <utility>

#include "queue/rabbitmq_topology.hpp"

namespace duenotice::queue {
namespace {

Status check_options(const RabbitOptions& options) {
  if (options.prefetch < 1 || options.prefetch > limits::prefetch_most || options.prefetch_bytes < 1) {
    return Error{ErrorKind::invalid, "the queue's prefetch must be 1 to " +
                                         std::to_string(limits::prefetch_most) +
                                         " messages and at least 1 byte"};
  }
  return Done{};
}

}  // namespace

RabbitConsumer::RabbitConsumer(RabbitOptions options, RabbitEndpoint endpoint,
                               std::shared_ptr<RabbitInterrupt> interrupt, std::optional<RabbitWire> wire,
                               Status away)
    : options_(std::move(options)),
      endpoint_(std::move(endpoint)),
      interrupt_(std::move(interrupt)),
      wire_(std::move(wire)),
      plan_(static_cast<std::size_t>(options_.prefetch), options_.prefetch_bytes),
      window_(static_cast<std::size_t>(options_.prefetch), options_.prefetch_bytes),
      health_(std::move(away)),
      connected_(wire_.has_value()),
      thread_([this] { run(); }) {}

RabbitConsumer::~RabbitConsumer() { stop(); }

std::optional<Message> RabbitConsumer::next(Milliseconds patience) {
  std::unique_lock lock(mutex_);
  arrived_.wait_for(lock, patience, [&] { return winding_down_ || (!paused_ && !inbox_.empty()); });
  if (winding_down_ || paused_ || inbox_.empty()) return std::nullopt;
  std::optional<Message> message(std::move(inbox_.front()));
  inbox_.pop_front();
  return message;
}

void RabbitConsumer::acknowledge(std::uint64_t tag) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || !window_.remove(tag)) return;
  mailbox_.push_back(tag);
  if (mailbox_.size() == 1) wake_.ring();
}

void RabbitConsumer::pause(bool paused) {
  const std::lock_guard lock(mutex_);
  paused_ = paused;
  arrived_.notify_all();
}

Status RabbitConsumer::health() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

void RabbitConsumer::wind_down() {
  const std::lock_guard lock(mutex_);
  winding_down_ = true;
  arrived_.notify_all();
  // What was given out before is stale: a new connection could acknowledge none of it.
  if (!connected_) interrupt_->pull();
  wake_.ring();
}

void RabbitConsumer::stop() {
  wind_down();
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    wake_.ring();
    left_.wait_for(lock, limits::broker_farewell, [&] { return ended_; });
  }
  interrupt_->pull();
  if (thread_.joinable()) thread_.join();
}

bool RabbitConsumer::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

/// Whether there is nothing left to do but to close: nobody needs another connection.
bool RabbitConsumer::over() const {
  const std::lock_guard lock(mutex_);
  return stopping_ || (winding_down_ && !connected_);
}

void RabbitConsumer::run() {
  while (!over()) {
    if (!wire_) reconnect();
    if (wire_) serve();
  }
  if (wire_) wire_->close();
  wire_.reset();
  const std::lock_guard lock(mutex_);
  ended_ = true;
  left_.notify_all();
}

void RabbitConsumer::reconnect() {
  const auto end = std::chrono::steady_clock::now() + delay_.next();
  for (auto now = std::chrono::steady_clock::now(); now < end && !over();
       now = std::chrono::steady_clock::now()) {
    wake_.wait(-1, std::chrono::ceil<Milliseconds>(end - now));
  }
  if (over()) return;
  auto wire = connect_rabbit(endpoint_, options_, "duenotice consumer", options_.heartbeat, interrupt_);
  if (wire) wire_.emplace(std::move(*wire));
  const std::lock_guard lock(mutex_);
  connected_ = wire_.has_value();
  if (!wire) health_ = wire.error();
}

void RabbitConsumer::serve() {
  for (;;) {
    const auto more = turn();
    if (!more) return lose(more.error());
    if (!*more) return;
  }
}

/// One round: tell, take what is there, wait. False when the consumer is stopping and everything is told.
WireResult<bool> RabbitConsumer::turn() {
  const bool last = stopping();
  if (auto told = tell_acknowledgements(); !told) return told.error();
  if (last) return false;
  if (auto steered = steer(); !steered) return steered.error();
  for (std::size_t taken = 0; taken < asked_for_ + 1; ++taken) {
    auto event = wire_->next(Milliseconds(0));
    if (!event) return event.error();
    if (!event->has_value()) {
      const Milliseconds quarter = Milliseconds(options_.heartbeat) / 4;
      wake_.wait(wire_->descriptor(), std::min<Milliseconds>(limits::broker_poll, quarter));
      return true;
    }
    if (auto took = take(std::move(**event)); !took) return took.error();
  }
  return true;
}

WireResult<Done> RabbitConsumer::tell_acknowledgements() {
  std::vector<std::uint64_t> tags;
  {
    const std::lock_guard lock(mutex_);
    tags = std::exchange(mailbox_, {});
  }
  for (const std::uint64_t tag : tags) ledger_.done(tag - base_);
  for (const AckLedger::Ack& ack : ledger_.take()) {
    if (auto told = wire_->acknowledge(ack.tag, ack.multiple); !told) return told;
  }
  return Done{};
}

/// Starts or ends the flow of messages, so that what the broker pushes is what there is room for.
WireResult<Done> RabbitConsumer::steer() {
  if (flow_ == Flow::none && room_for_more()) {
    asked_for_ = plan_.count();
    if (auto consuming = wire_->consume(options_.requests, asked_for_); !consuming) return consuming;
    flow_ = Flow::consuming;
    needed_ = 0;
    delay_.reset();
    const std::lock_guard lock(mutex_);
    health_ = Done{};
    return Done{};
  }
  if (flow_ == Flow::consuming && plan_.worth_raising(asked_for_)) {
    flow_ = Flow::ending;
    return wire_->cancel();
  }
  return Done{};
}

/// Whether enough was acknowledged to take the message that did not fit, and others with it.
bool RabbitConsumer::room_for_more() const {
  const std::lock_guard lock(mutex_);
  Room room = window_.room();
  if (room.nothing_out) return true;
  return room.bytes >= options_.prefetch_bytes / 2 && room.take(needed_);
}

WireResult<Done> RabbitConsumer::take(RabbitWire::Event event) {
  if (auto* delivery = std::get_if<RabbitWire::Delivery>(&event)) return take_delivery(std::move(*delivery));
  if (const auto* ended = std::get_if<RabbitWire::ConsumeEnded>(&event)) {
    if (ended->by_broker) return WireError{0, "the queue " + options_.requests + " was deleted or moved"};
    flow_ = Flow::none;
  }
  return Done{};
}

WireResult<Done> RabbitConsumer::take_delivery(RabbitWire::Delivery delivery) {
  const std::uint64_t tag = delivery.tag;
  const std::size_t size = delivery.body.size();
  ledger_.delivered(tag);
  plan_.saw(size);
  if (keep(delivery)) return Done{};
  ledger_.given_back(tag);
  needed_ = std::max(needed_, size);
  if (auto gave = wire_->give_back(tag); !gave) return gave;
  if (flow_ != Flow::consuming) return Done{};
  flow_ = Flow::ending;
  return wire_->cancel();
}

bool RabbitConsumer::keep(RabbitWire::Delivery& delivery) {
  const std::lock_guard lock(mutex_);
  if (!window_.room().take(delivery.body.size())) return false;
  newest_ = base_ + delivery.tag;
  window_.add(newest_, delivery.body.size());
  inbox_.push_back(Message{newest_, std::move(delivery.content_type), std::move(delivery.body),
                           delivery.redelivered, delivery.oversized});
  arrived_.notify_one();
  return true;
}

void RabbitConsumer::lose(const WireError& error) {
  wire_.reset();
  ledger_ = AckLedger();
  flow_ = Flow::none;
  needed_ = 0;
  base_ = newest_;
  const std::lock_guard lock(mutex_);
  inbox_.clear();
  window_.clear();
  mailbox_.clear();
  connected_ = false;
  health_ =
      Error{ErrorKind::unavailable, "the connection to " + endpoint_.name() + " was lost: " + error.text};
}

Result<std::unique_ptr<Consumer>> open_rabbit_consumer(const RabbitOptions& options) {
  if (Status good = check_options(options); !good) return good.error();
  auto endpoint = rabbit_endpoint(options);
  if (!endpoint) return endpoint.error();
  auto interrupt = std::make_shared<RabbitInterrupt>();
  auto first = connect_rabbit(*endpoint, options, "duenotice consumer", options.heartbeat, interrupt);
  if (!first && first.error().kind == ErrorKind::invalid) return first.error();
  std::optional<RabbitWire> wire;
  if (first) wire.emplace(std::move(*first));
  Status away = first ? Status(Done{}) : Status(first.error());
  return std::unique_ptr<Consumer>(std::make_unique<RabbitConsumer>(
      options, std::move(*endpoint), std::move(interrupt), std::move(wire), std::move(away)));
}

}  // namespace duenotice::queue
