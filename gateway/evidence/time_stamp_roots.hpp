#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"

namespace duenotice::evidence {

/// The certificates that time stamps must lead to. They come from a file of the one who checks and never from
/// what is checked. A certificate that is no root helps to find the way to one. Safe to use from any thread.
class TimeStampRoots {
 public:
  /// PEM certificates, at least one; other text between them is passed over.
  static Result<TimeStampRoots> parse(std::string_view pem);
  /// The error names the file.
  static Result<TimeStampRoots> read(const std::filesystem::path& path);

  /// Each in DER.
  const std::vector<std::string>& certificates() const { return certificates_; }

 private:
  explicit TimeStampRoots(std::vector<std::string> certificates) : certificates_(std::move(certificates)) {}
  std::vector<std::string> certificates_;
};

}  // namespace duenotice::evidence
