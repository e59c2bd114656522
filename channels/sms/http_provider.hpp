#pragma once
#include "channels/channel.hpp"
#include "channels/sms/provider_description.hpp"

namespace duenotice::channels {

/// What the configuration adds to a provider's description.
struct HttpProviderOptions {
  ProviderDescription provider;
  ProviderValues account;  ///< sender, username and secret
  int connections = 1;
  int max_segments = 1;
  HttpSettings http;
};

/// SMS through an outside provider under contract (`open_sms` makes it): what it accepts is `sent`.
class HttpProvider final : public Provider {
 public:
  explicit HttpProvider(HttpProviderOptions options) : options_(std::move(options)) {}

  Channel channel() const override { return Channel::sms; }
  bool sandbox() const override { return false; }
  int connections() const override { return options_.connections; }
  /// Both timeouts.
  Milliseconds guard() const override;
  Result<Composed, Unfit> compose(const Composition& composition) const override;
  std::unique_ptr<Lane> open_lane() const override;
  /// Whether it can be reached; asks it for nothing.
  Status check() const override;

 private:
  const HttpProviderOptions options_;
};

}  // namespace duenotice::channels
