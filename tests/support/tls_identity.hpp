#pragma once
#include <filesystem>
#include <string>

namespace duenotice::test {

/// A self-signed certificate for 127.0.0.1 with its key, made anew and written below a folder.
struct TlsIdentity {
  explicit TlsIdentity(const std::filesystem::path& folder);
  std::string certificate_file;  ///< PEM; trusting it means trusting the server
  std::string key_file;
};

}  // namespace duenotice::test
