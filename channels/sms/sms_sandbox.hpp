#pragma once
#include <filesystem>
#include <memory>

#include "channels/channel.hpp"
#include "channels/sandbox_folder.hpp"

namespace duenotice::channels {

/// SMS into files: each message becomes `FOLDER/<notice id>.<revision>.<attempt>.sms` and nothing is sent to
/// anybody. A file is a head of lines (`To`, `Encoding`, `Segments`), a blank line, and then exactly the
/// frozen bytes.
class SmsSandbox final : public Provider {
 public:
  /// Makes the folder if it is not there.
  static Result<std::unique_ptr<Provider>> open(std::filesystem::path path, int max_segments,
                                                int connections);

  Channel channel() const override { return Channel::sms; }
  bool sandbox() const override { return true; }
  int connections() const override { return connections_; }
  /// No network: zero.
  Milliseconds guard() const override { return Milliseconds{0}; }
  Result<Composed, Unfit> compose(const Composition& composition) const override;
  std::unique_ptr<Lane> open_lane() const override;
  Status check() const override { return folder_.check(); }

 private:
  SmsSandbox(SandboxFolder folder, int max_segments, int connections)
      : folder_(std::move(folder)), max_segments_(max_segments), connections_(connections) {}

  const SandboxFolder folder_;
  const int max_segments_;
  const int connections_;
};

}  // namespace duenotice::channels
