#include "channels/sms/sms_sandbox.hpp"

#include <atomic>

#include "channels/sms/sms_encoding.hpp"
#include "channels/sms/sms_message.hpp"

namespace duenotice::channels {
namespace {

class SandboxLane final : public Lane {
 public:
  explicit SandboxLane(SandboxFolder folder) : folder_(std::move(folder)) {}

  OutcomeReport hand_over(const HandOver& message) override {
    if (aborted_) return {.outcome = Outcome::not_started, .code = "aborted", .reply = {}, .retry_after = {}};
    const std::string name = message.notice_id + "." + std::to_string(message.revision) + "." +
                             std::to_string(message.attempt) + ".sms";
    const SmsSize size = measure_sms(message.content);
    std::string file = "To: " + message.address + "\nEncoding: " + std::string(to_text(size.encoding)) +
                       "\nSegments: " + std::to_string(size.segments) + "\n\n";
    file += message.content;
    return folder_.write(name, file);
  }

  void abort() override { aborted_ = true; }

 private:
  const SandboxFolder folder_;
  std::atomic<bool> aborted_ = false;
};

}  // namespace

Result<std::unique_ptr<Provider>> SmsSandbox::open(std::filesystem::path path, int max_segments,
                                                   int connections) {
  auto folder = SandboxFolder::open(std::move(path));
  if (!folder) return folder.error();
  return std::unique_ptr<Provider>(new SmsSandbox(std::move(*folder), max_segments, connections));
}

Result<Composed, Unfit> SmsSandbox::compose(const Composition& composition) const {
  return compose_sms(composition, max_segments_);
}

std::unique_ptr<Lane> SmsSandbox::open_lane() const { return std::make_unique<SandboxLane>(folder_); }

}  // namespace duenotice::channels
