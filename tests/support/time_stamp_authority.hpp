#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>

#include "gateway/evidence/time_stamp_client.hpp"
#include "tests/support/temporary_folder.hpp"

namespace duenotice::test {

/// A TSA that runs beside the test, made of the openssl command (time_stamp_server.py says what it can do).
class TimeStampAuthority {
 public:
  TimeStampAuthority();
  ~TimeStampAuthority();

  /// Goes away, and comes back on the same port.
  void stop();
  void start();

  /// Where it behaves in a way: `good`, `expired`, `other_nonce`, …
  std::string url(const std::string& way) const;
  /// One of its certificates: `root.pem`, `other_root.pem`.
  std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  evidence::TimeStampRoots roots() const;
  evidence::TimeStampServer server(const std::string& way) const;

 private:
  const TemporaryFolder folder_;
  int port_ = 0;
  pid_t process_ = -1;
  int input_ = -1;  ///< it ends when this does
};

}  // namespace duenotice::test
