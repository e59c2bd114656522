#pragma once
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/evidence/time_stamp_roots.hpp"
#include "gateway/evidence/trust_policy.hpp"

namespace duenotice::evidence {

/// Everything that somebody believes who checks a bundle or an export; it comes to them by another way than
/// what they check. The lines of a trust policy (C2SP tlog-policy), lines `signer VKEY` for the keys that
/// sign manifests (role_key.hpp), and the certificates that time stamps must lead to, in PEM.
struct TrustFile {
  TrustPolicy policy;
  std::vector<VerifierKey> signers;
  std::optional<TimeStampRoots> roots;  ///< empty: there is no certificate in it

  /// The error names the line.
  static Result<TrustFile> parse(std::string_view text);
  /// The error names the file.
  static Result<TrustFile> read(const std::filesystem::path& path);
};

}  // namespace duenotice::evidence
