#pragma once
#include "channels/channel.hpp"
#include "channels/sms/kannel_options.hpp"

namespace duenotice::channels {

/// SMS through a Kannel of our own, which hands them to carriers (`open_sms` makes it). It is a relay inside
/// our control: what it takes is `relayed`, and its reports say what became of it.
class KannelProvider final : public Provider {
 public:
  explicit KannelProvider(KannelOptions options) : options_(std::move(options)) {}

  Channel channel() const override { return Channel::sms; }
  bool sandbox() const override { return false; }
  int connections() const override { return options_.connections; }
  /// Both timeouts and the time that a report may take.
  Milliseconds guard() const override;
  std::optional<Milliseconds> report_bound() const override { return options_.report_timeout; }
  Result<Composed, Unfit> compose(const Composition& composition) const override;
  std::unique_ptr<Lane> open_lane() const override;
  /// Whether it answers and accepts our login.
  Status check() const override;

 private:
  const KannelOptions options_;
};

}  // namespace duenotice::channels
