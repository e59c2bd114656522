#pragma once
#include <memory>
#include <optional>
#include <string>

#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"
#include "gateway/notice/channel.hpp"
#include "gateway/notice/outcome.hpp"
#include "gateway/notice/receipt.hpp"

/// Where notices go: the contract of a channel that hands messages to a provider. (The in-site channel hands
/// nothing over; it is the function in channels/in_site.)

namespace duenotice::channels {

/// The words of one delivery as the templates made them, to be put into the channel's own format.
struct Words {
  std::string subject;
  std::string text;
  std::string html;  ///< empty where the channel has none
};

/// What a message is made of beside its words.
struct Composition {
  Words words;
  std::string notice_id;
  int revision = 1;
  std::string to_name;
  std::string to_address;
  std::string language;  ///< `zh-CN`, `en`
  Instant made_at;       ///< becomes `Date`; never the legal clock
};

/// The exact bytes that will be handed over.
struct Composed {
  std::string content;
  std::string message_id;
};

/// Why no bytes can be made of a composition.
struct Unfit {
  enum class Part {
    recipient,
    words,
    length,  ///< the words are right, and more than fit
  };
  Part part = Part::words;  ///< what has to change
  std::string message;      ///< one sentence that says how; quotes no address and no content
};

/// One message for one attempt.
struct HandOver {
  std::string notice_id;
  int revision = 1;
  int attempt = 1;
  std::string address;
  std::string content;
};

/// What a relay or a provider says about an attempt after its hand-over ended.
struct Report {
  std::string notice_id;
  Channel channel = Channel::sms;
  int attempt = 1;
  ReceiptKind kind = ReceiptKind::accepted;
  std::string provider_id;  ///< the carrier's id of the message, when it gave one
  std::string text;         ///< byte for byte; may hold personal data
};

/// What became of a report.
enum class ReportTaken {
  recorded,         ///< it is durable, now or since it was said before
  no_such_attempt,  ///< no attempt of ours has this name
  try_later,        ///< it could not be stored: it must be said again
};

/// A kept connection to a provider, used by one thread. Making one does not connect yet.
class Lane {
 public:
  virtual ~Lane() = default;
  /// Hands one message over and says how it ended; never throws and never takes longer than the channel's
  /// `guard`. `sent` only after a positive reply was read; `unknown` whenever the other side may have it
  /// without that.
  virtual OutcomeReport hand_over(const HandOver& message) = 0;
  /// Makes a hand-over under way end soon: `not_started` or `transient_failure` while nothing could have been
  /// taken, otherwise `unknown`. From another thread; stays in force.
  virtual void abort() = 0;
};

/// A configured channel. Thread-safe.
class Provider {
 public:
  virtual ~Provider() = default;
  virtual Channel channel() const = 0;
  /// Whether it writes to files instead of sending.
  virtual bool sandbox() const = 0;
  /// How many lanes it should be given.
  virtual int connections() const = 0;
  /// The sum of its own timeouts: how long after `hand_over` began a positive reply can come at the latest.
  virtual Milliseconds guard() const = 0;
  /// For a relay inside our control: how long after it said `relayed` its report of the next hop must have
  /// come; part of `guard`. Empty where nothing is relayed.
  virtual std::optional<Milliseconds> report_bound() const { return std::nullopt; }
  /// The frozen bytes of a delivery. Pure: the same composition gives the same bytes. An error when the
  /// words or the recipient cannot be put into this channel's format.
  virtual Result<Composed, Unfit> compose(const Composition& composition) const = 0;
  virtual std::unique_ptr<Lane> open_lane() const = 0;
  /// For `doctor`: whether the provider answers at all. Sends nothing to anybody.
  virtual Status check() const = 0;
};

}  // namespace duenotice::channels
