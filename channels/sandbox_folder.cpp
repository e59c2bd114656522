#include "channels/sandbox_folder.hpp"

#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

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

Error unusable(const fs::path& folder, const std::string& why) {
  return Error{ErrorKind::unavailable, "the sandbox folder " + folder.string() + " cannot be used: " + why};
}

}  // namespace

Result<SandboxFolder> SandboxFolder::open(fs::path folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return unusable(folder, error.message());
  return SandboxFolder(std::move(folder));
}

OutcomeReport SandboxFolder::write(const std::string& name, std::string_view content) const {
  DN_ASSERT(name.find('/') == std::string::npos);
  if (!write_whole(folder_ / name, content)) {
    return {.outcome = Outcome::transient_failure,
            .code = "sandbox_write_failed",
            .reply = {},
            .retry_after = {},
            .provider_fault = true};
  }
  return {.outcome = Outcome::sent,
          .code = "sandbox",
          .reply = "250 sandbox: written to " + (folder_ / name).string(),
          .retry_after = {}};
}

Status SandboxFolder::check() const {
  std::error_code error;
  if (!fs::is_directory(folder_, error)) return unusable(folder_, "it is not a folder");
  if (::access(folder_.c_str(), W_OK | X_OK) != 0) {
    return unusable(folder_, std::generic_category().message(errno));
  }
  return Done{};
}

}  // namespace duenotice::channels
