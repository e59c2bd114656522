#pragma once
#include <stop_token>
#include <string>
#include <string_view>

#include "gateway/base/clock.hpp"
#include "gateway/evidence/time_stamp.hpp"

namespace duenotice::evidence {

/// Somebody who stamps: a TSA, under the name that the configuration gives it.
class TimeStamper {
 public:
  virtual ~TimeStamper() = default;
  virtual const std::string& name() const = 0;
  /// A stamp of these bytes that has been judged. Blocks for at most `limits::time_stamp_timeout`, or about a
  /// second after a stop was asked for. Every failure may be over later; `unavailable` or `invalid` tell a
  /// person whose fault it probably is.
  virtual Result<TimeStamp> stamp(std::string_view data, std::stop_token stop) = 0;
};

struct TimeStampServer {
  std::string name;     ///< for people, in logs and bundles
  std::string url;      ///< `http://` or `https://`: a token needs no secrecy, since its signature is checked
  std::string policy;   ///< object identifier to ask for; empty: the TSA's own
  std::string ca_file;  ///< authorities for its HTTPS certificate, beside those of the system
  TimeStampRoots roots;
};

/// A TSA over HTTP (RFC 3161 section 3.4). One thread.
class TimeStampClient final : public TimeStamper {
 public:
  /// The references outlive this object.
  TimeStampClient(TimeStampServer server, const Clock& clock, Random& random);

  const std::string& name() const override { return server_.name; }
  Result<TimeStamp> stamp(std::string_view data, std::stop_token stop = {}) override;

 private:
  const TimeStampServer server_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace duenotice::evidence
