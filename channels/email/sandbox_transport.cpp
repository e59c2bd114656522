#include "channels/email/sandbox_transport.hpp"

#include <atomic>

#include "channels/email/mime_message.hpp"

namespace duenotice::channels {
namespace {

class SandboxLane final : public Lane {
 public:
  explicit SandboxLane(SandboxFolder folder) : folder_(std::move(folder)) {}

  OutcomeReport hand_over(const HandOver& message) override {
    if (aborted_) return {.outcome = Outcome::not_started, .code = "aborted", .reply = {}, .retry_after = {}};
    const std::string name = message.notice_id + "." + std::to_string(message.revision) + "." +
                             std::to_string(message.attempt) + ".eml";
    return folder_.write(name, message.content);
  }

  void abort() override { aborted_ = true; }

 private:
  const SandboxFolder folder_;
  std::atomic<bool> aborted_ = false;
};

}  // namespace

Result<std::unique_ptr<Provider>> SandboxTransport::open(std::filesystem::path path, Mailbox from,
                                                         int connections) {
  auto folder = SandboxFolder::open(std::move(path));
  if (!folder) return folder.error();
  return std::unique_ptr<Provider>(new SandboxTransport(std::move(*folder), std::move(from), connections));
}

Result<Composed, Unfit> SandboxTransport::compose(const Composition& composition) const {
  return compose_message(composition, from_);
}

std::unique_ptr<Lane> SandboxTransport::open_lane() const { return std::make_unique<SandboxLane>(folder_); }

}  // namespace duenotice::channels
