#pragma once
#include <filesystem>
#include <memory>

#include "channels/channel.hpp"
#include "channels/email/mail_address.hpp"
#include "channels/sandbox_folder.hpp"

namespace duenotice::channels {

/// Email into files: each message becomes `FOLDER/<notice id>.<revision>.<attempt>.eml`, exactly the frozen
/// bytes, and nothing is sent to anybody.
class SandboxTransport final : public Provider {
 public:
  /// Makes the folder if it is not there.
  static Result<std::unique_ptr<Provider>> open(std::filesystem::path path, Mailbox from, int connections);

  Channel channel() const override { return Channel::email; }
  bool sandbox() const override { return true; }
  int connections() const override { return connections_; }
  /// No network: zero.
  Milliseconds guard() const override { return Milliseconds{0}; }
  Result<Composed, Unfit> compose(const Composition& composition) const override;
  std::unique_ptr<Lane> open_lane() const override;
  Status check() const override { return folder_.check(); }

 private:
  SandboxTransport(SandboxFolder folder, Mailbox from, int connections)
      : folder_(std::move(folder)), from_(std::move(from)), connections_(connections) {}

  const SandboxFolder folder_;
  const Mailbox from_;
  const int connections_;
};

}  // namespace duenotice::channels
