#include "queue/rabbitmq_publisher.hpp"

#include <array>

#include "gateway/base/assert.hpp"
#include "queue/rabbitmq_topology.hpp"

namespace duenotice::queue {
namespace {

/// The part of a text that fits into a header, cut between UTF-8 characters. The journal keeps the whole
/// text.
std::string_view header_text(std::string_view text) {
  if (text.size() <= limits::broker_header_bytes) return text;
  std::size_t end = limits::broker_header_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

RabbitPublisher::RabbitPublisher(RabbitOptions options, RabbitEndpoint endpoint, std::string role)
    : options_(std::move(options)), endpoint_(std::move(endpoint)), role_(std::move(role)) {}

RabbitPublisher::~RabbitPublisher() {
  if (wire_) wire_->close();
}

Status RabbitPublisher::connect() {
  if (wire_) return Done{};
  if (std::chrono::steady_clock::now() < not_before_) return last_;
  auto wire = connect_rabbit(endpoint_, options_, role_, std::chrono::seconds(0), interrupt_);
  if (!wire) return failed(wire.error());
  if (auto expected = wire->expect_confirms(); !expected) {
    return failed(rabbit_error(expected.error(), endpoint_, "ask for confirmations"));
  }
  wire_.emplace(std::move(*wire));
  published_ = 0;
  unconfirmed_.clear();
  blocked_.clear();
  delay_.reset();
  return Done{};
}

Status RabbitPublisher::failed(Error error) {
  wire_.reset();
  not_before_ = std::chrono::steady_clock::now() + delay_.next();
  last_ = error;
  return error;
}

Status RabbitPublisher::publish_request(std::string_view content_type, std::string_view body) {
  const OutgoingRequest request{content_type, body};
  return publish_requests({&request, 1});
}

Status RabbitPublisher::publish_requests(std::span<const OutgoingRequest> requests) {
  for (const OutgoingRequest& request : requests) {
    if (request.body.size() <= limits::body_bytes_ceiling) continue;
    return Error{ErrorKind::invalid, "a body of " + std::to_string(request.body.size()) +
                                         " bytes is not taken; the most is " +
                                         std::to_string(limits::body_bytes_ceiling)};
  }
  return publish_all(requests.size(), [&](RabbitWire& wire, std::size_t index) {
    RabbitWire::Outgoing message{};
    message.routing_key = options_.requests;
    message.content_type = requests[index].content_type;
    message.body = requests[index].body;
    return wire.publish(message);
  });
}

Status RabbitPublisher::publish_dead_letters(std::span<const DeadLetter> letters) {
  return publish_all(letters.size(), [&](RabbitWire& wire, std::size_t index) {
    const DeadLetter& letter = letters[index];
    const std::array<std::pair<std::string_view, std::string_view>, 3> headers{
        {{"code", header_text(letter.code)},
         {"pointer", header_text(letter.pointer)},
         {"message", header_text(letter.message)}}};
    RabbitWire::Outgoing message{};
    message.exchange = options_.dead_letters;
    message.routing_key = letter.code;
    message.message_id = letter.id;
    message.content_type = letter.content_type;
    message.body = letter.body;
    message.headers = headers;
    return wire.publish(message);
  });
}

Status RabbitPublisher::publish_events(std::span<const StatusEvent> events) {
  return publish_all(events.size(), [&](RabbitWire& wire, std::size_t index) {
    const StatusEvent& event = events[index];
    RabbitWire::Outgoing message{};
    message.exchange = options_.events;
    message.routing_key = event.type;
    message.message_id = event.id;
    message.content_type = cloudevents_type;
    message.body = event.body;
    message.mandatory = false;
    return wire.publish(message);
  });
}

Status RabbitPublisher::publish_all(std::size_t count, const Send& send) {
  if (count == 0) return Done{};
  // Nobody looked at the connection since the last call: it may have ended long ago.
  if (wire_ && !wait_for_confirms(limits::broker_unconfirmed)) wire_.reset();
  if (Status connected = connect(); !connected) return connected;
  refusal_.clear();
  if (auto published = publish_and_wait(count, send); !published) {
    return failed(rabbit_error(published.error(), endpoint_, "publish"));
  }
  if (refusal_.empty()) return Done{};
  // The next connection looks again whether the queue is there.
  return failed(Error{ErrorKind::unavailable, "not taken by " + endpoint_.name() + ": " + refusal_});
}

WireResult<Done> RabbitPublisher::publish_and_wait(std::size_t count, const Send& send) {
  for (std::size_t index = 0; index < count;) {
    const std::size_t end = std::min(count, index + limits::broker_unconfirmed - unconfirmed_.size());
    wire_->gather(true);
    for (; index < end; ++index) {
      if (auto sent = send(*wire_, index); !sent) return sent;
      unconfirmed_.insert(++published_);
    }
    wire_->gather(false);
    if (auto waited = wait_for_confirms(limits::broker_unconfirmed / 2); !waited) return waited;
  }
  return wait_for_confirms(0);
}

/// Reads what the broker says until at most that many publishes are unconfirmed.
WireResult<Done> RabbitPublisher::wait_for_confirms(std::size_t most_unconfirmed) {
  auto last_news = std::chrono::steady_clock::now();
  for (;;) {
    const bool enough = unconfirmed_.size() <= most_unconfirmed;
    const auto event = wire_->next(enough ? Milliseconds(0) : limits::broker_poll);
    if (!event) return event.error();
    if (event->has_value()) {
      take(**event);
      last_news = std::chrono::steady_clock::now();
      continue;
    }
    if (enough) return Done{};
    if (std::chrono::steady_clock::now() - last_news < limits::broker_confirm_timeout) continue;
    return WireError{0, "no confirmation within " + to_text(Milliseconds(limits::broker_confirm_timeout)) +
                            (blocked_.empty() ? "" : "; the broker takes no messages: " + blocked_)};
  }
}

void RabbitPublisher::take(const RabbitWire::Event& event) {
  if (const auto* confirmed = std::get_if<RabbitWire::Confirmed>(&event)) {
    if (!confirmed->taken) refusal_ = "the broker refused it";
    const auto first = confirmed->multiple ? unconfirmed_.begin() : unconfirmed_.lower_bound(confirmed->tag);
    unconfirmed_.erase(first, unconfirmed_.upper_bound(confirmed->tag));
  } else if (const auto* returned = std::get_if<RabbitWire::Returned>(&event)) {
    refusal_ = "no queue takes it (" + returned->reason + ")";
  } else if (const auto* blocked = std::get_if<RabbitWire::Blocked>(&event)) {
    blocked_ = blocked->reason;
  }
}

namespace {

template <class Interface>
Result<std::unique_ptr<Interface>> open_publisher(const RabbitOptions& options, std::string role) {
  auto endpoint = rabbit_endpoint(options);
  if (!endpoint) return endpoint.error();
  auto publisher = std::make_unique<RabbitPublisher>(options, std::move(*endpoint), std::move(role));
  if (options.connect_at_start) {
    if (Status connected = publisher->connect(); !connected) return connected.error();
  }
  return std::unique_ptr<Interface>(std::move(publisher));
}

}  // namespace

Result<std::unique_ptr<Publisher>> open_rabbit_publisher(const RabbitOptions& options) {
  return open_publisher<Publisher>(options, "duenotice publisher");
}

Result<std::unique_ptr<EventPublisher>> open_rabbit_event_publisher(const RabbitOptions& options) {
  DN_ASSERT(!options.events.empty());
  return open_publisher<EventPublisher>(options, "duenotice events");
}

}  // namespace duenotice::queue
