#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"
#include "gateway/notice/outcome.hpp"

namespace duenotice::channels {

/// Where a sandbox puts what it does not send. A file appears whole or not at all (written beside and
/// renamed), but is not synced: what the sandbox says `sent` about may be missing after a power cut, which is
/// one reason why its records are marked. Thread-safe.
class SandboxFolder {
 public:
  /// Makes the folder if it is not there.
  static Result<SandboxFolder> open(std::filesystem::path folder);

  /// Writes one message. `sent` with the file's path in the reply, or a transient failure.
  OutcomeReport write(const std::string& name, std::string_view content) const;
  /// Whether it can be written to at present.
  Status check() const;

 private:
  explicit SandboxFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

}  // namespace duenotice::channels
