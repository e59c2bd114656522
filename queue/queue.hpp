#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/base/digest.hpp"
#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"

/// Where requests come from and where dead letters and status events go. Two implementations with the same
/// contract (and the same contract tests): RabbitMQ and the embedded queue. Status events go to a broker
/// alone.
///
/// At least once: a message is delivered until it is acknowledged, to one consumer at a time; one whose
/// consumer went away comes again with `redelivered`. Nothing here decides what becomes of a message: no
/// delivery limit, no age, no requeue. Whoever acknowledges has made it durable elsewhere.

namespace duenotice::queue {

/// Content types of a body.
inline constexpr std::string_view json_type = "application/json";
inline constexpr std::string_view cloudevents_type = "application/cloudevents+json";

/// What is known of a body above limits::body_bytes_ceiling, of which only the beginning was kept.
struct Oversized {
  std::uint64_t length = 0;  ///< bytes of the whole body
  Digest digest;             ///< SHA-256 of the whole body
};

struct Message {
  /// Names this delivery towards `acknowledge`. Meaningless after the consumer's connection was lost:
  /// acknowledging a stale tag does nothing, and the message comes again.
  std::uint64_t tag = 0;
  std::string content_type;
  /// The whole body, or its first limits::oversized_body_kept_bytes when `oversized` is set.
  std::string body;
  bool redelivered = false;
  std::optional<Oversized> oversized;
};

/// Takes requests. One thread calls `next`; any thread may call the rest.
class Consumer {
 public:
  virtual ~Consumer() = default;
  /// The next message, waiting at most `patience` for one. Empty when none came, while the queue is away (it
  /// reconnects by itself) and while paused. Holds back while the unacknowledged messages it has given out
  /// exceed the prefetch count or bytes (a single larger message is still given when nothing else is out).
  virtual std::optional<Message> next(Milliseconds patience) = 0;
  /// The message is durably recorded elsewhere. Returns at once; the queue is told soon after, and told again
  /// never.
  virtual void acknowledge(std::uint64_t tag) = 0;
  /// While paused no new message is given out; what was prefetched stays unacknowledged.
  virtual void pause(bool paused) = 0;
  /// Whether the queue can be reached at the moment, with a sentence for a person when it cannot.
  virtual Status health() const = 0;
  /// A stop will follow once the work under way is recorded: no message is given out any more, and a
  /// connection that is being made is given up. Acknowledgements are still carried out. Returns at once.
  virtual void wind_down() = 0;
  /// Acknowledgements given so far are carried out, then the connection is closed; a broker that does not
  /// answer gets limits::broker_farewell for it, and what it did not take comes again. Called once, before
  /// destruction.
  virtual void stop() = 0;
};

struct DeadLetter {
  std::string id;  ///< message id, for a reader that wants each once
  std::string code;
  std::string pointer;
  std::string message;
  std::string content_type;
  std::string body;
};

/// A request on its way into the queue; the texts belong to the caller.
struct OutgoingRequest {
  std::string_view content_type;
  std::string_view body;
};

/// Publishes durably. One thread at a time, but for `interrupt`.
class Publisher {
 public:
  virtual ~Publisher() = default;
  /// Publishes a request. A value means that the queue has it durably; otherwise it may or may not have it. A
  /// body above limits::body_bytes_ceiling is `invalid` and nothing is published.
  virtual Status publish_request(std::string_view content_type, std::string_view body) = 0;
  /// Publishes many requests at the cost of a few waits. A value means that the queue durably has all of
  /// them; after an error any of them may be there.
  virtual Status publish_requests(std::span<const OutgoingRequest> requests) {
    for (const OutgoingRequest& request : requests) {
      if (Status status = publish_request(request.content_type, request.body); !status) return status;
    }
    return Done{};
  }
  /// Publishes dead letters; a value means that the queue durably has all of them. After an error, any of
  /// them may be there: publish again (readers see the message id twice).
  virtual Status publish_dead_letters(std::span<const DeadLetter> letters) = 0;
  /// A publish under way ends soon with an error, if it waits for a broker, and so does every later one. From
  /// any thread; stays in force.
  virtual void interrupt() {}
};

/// What became of a request, for the service that published it.
struct StatusEvent {
  std::string id;    ///< message id, for a reader that wants each once
  std::string type;  ///< the CloudEvents type, and the routing key
  std::string body;  ///< a CloudEvents event in JSON
};

/// Publishes status events durably, in the order of the calls. One thread at a time, but for `interrupt`.
class EventPublisher {
 public:
  virtual ~EventPublisher() = default;
  /// A value means that the broker has taken all of them: it holds them durably in every queue that is bound
  /// to them, and there may be none. After an error any of them may have been taken: publish all of them
  /// again (readers see their ids twice).
  virtual Status publish_events(std::span<const StatusEvent> events) = 0;
  /// A publish under way ends soon with an error, and so does every later one. From any thread; stays in
  /// force.
  virtual void interrupt() = 0;
};

}  // namespace duenotice::queue
