#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/time.hpp"
#include "gateway/journal/holdings.hpp"

/// Erasing what is kept about an account, and what forbids it.

namespace duenotice {

/// What somebody orders about an account, and why.
struct AccountOrder {
  std::string act_id;  ///< ULID that the act will have
  std::string account;
  std::string operator_name;
  std::string reason;
  std::string order_reference = {};  ///< of the order to erase: a letter, a ticket
};

/// What came of an order to erase.
struct ErasureOutcome {
  bool erased = false;  ///< otherwise it is restricted: to be used as evidence only, until it may be erased
  std::int64_t notices = 0;
  std::int64_t rejections = 0;
  std::vector<LegalHold> holds;            ///< that forbid it
  std::optional<CalendarDate> until = {};  ///< the last day of the retention that forbids it
};

}  // namespace duenotice
