#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/base/time.hpp"

/// What is kept about an account, and what forbids to erase it.

namespace duenotice {

/// A ban on erasing an account.
struct LegalHold {
  std::int64_t act = 0;
  std::string id;  ///< of the act that put it there; ULID
  std::string account;
  Instant since;
  std::string operator_name;
  std::string reason;
};

/// A kind of notice that an account was sent under one version of an agreement.
struct KindHeld {
  std::string agreement;
  std::string version;
  std::string kind;
  std::string time_zone;
  Instant last_accepted;  ///< the newest notice of it
};

struct Holdings {
  std::int64_t notices = 0;
  std::int64_t rejections = 0;
  std::vector<KindHeld> kinds;
  /// Notices with a delivery that is due, waits, is under way, relayed, held, or that a replay has still to
  /// make due; the first limits::unsettled_notices_named by id.
  std::int64_t unsettled = 0;
  std::vector<std::string> unsettled_ids;
  std::int64_t dead_letters = 0;  ///< that the broker has not confirmed
};

}  // namespace duenotice
