#include "channels/email/sandbox_transport.hpp"

#include <unistd.h>

#include <atomic>
#include <fstream>
#include <system_error>

#include "channels/email/mime_message.hpp"

namespace duenotice::channels {
namespace {

namespace fs = std::filesystem;

bool write_whole(const fs::path& path, std::string_view content) {
  fs::path beside = path;
  beside += ".tmp";
  std::ofstream file(beside, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  std::error_code error;
  if (file) fs::rename(beside, path, error);
  if (file && !error) return true;
  fs::remove(beside, error);
  return false;
}

class SandboxLane final : public Lane {
 public:
  explicit SandboxLane(fs::path folder) : folder_(std::move(folder)) {}

  OutcomeReport hand_over(const HandOver& message) override {
    if (aborted_) return {.outcome = Outcome::not_started, .code = "aborted", .reply = {}, .retry_after = {}};
    const std::string name = message.notice_id + "." + std::to_string(message.revision) + "." +
                             std::to_string(message.attempt) + ".eml";
    DN_ASSERT(name.find('/') == std::string::npos);
    if (!write_whole(folder_ / name, message.content)) {
      return {.outcome = Outcome::transient_failure,
              .code = "sandbox_write_failed",
              .reply = {},
              .retry_after = {}};
    }
    return {.outcome = Outcome::sent,
            .code = "sandbox",
            .reply = "250 sandbox: written to " + (folder_ / name).string(),
            .retry_after = {}};
  }

  void abort() override { aborted_ = true; }

 private:
  const fs::path folder_;
  std::atomic<bool> aborted_ = false;
};

Error unusable(const fs::path& folder, const std::string& why) {
  return Error{ErrorKind::unavailable, "the sandbox folder " + folder.string() + " cannot be used: " + why};
}

}  // namespace

Result<std::unique_ptr<Provider>> SandboxTransport::open(fs::path folder, Mailbox from, int connections) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return unusable(folder, error.message());
  return std::unique_ptr<Provider>(new SandboxTransport(std::move(folder), std::move(from), connections));
}

Result<Composed> SandboxTransport::compose(const Composition& composition) const {
  return compose_message(composition, from_);
}

std::unique_ptr<Lane> SandboxTransport::open_lane() const { return std::make_unique<SandboxLane>(folder_); }

Status SandboxTransport::check() const {
  std::error_code error;
  if (!fs::is_directory(folder_, error)) return unusable(folder_, "it is not a folder");
  if (::access(folder_.c_str(), W_OK | X_OK) != 0) {
    return unusable(folder_, std::generic_category().message(errno));
  }
  return Done{};
}

}  // namespace duenotice::channels
