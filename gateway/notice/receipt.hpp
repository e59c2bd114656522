#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/time.hpp"

namespace duenotice {

/// What the other side says later about an attempt. It never changes a legal date that is set.
enum class ReceiptKind {
  accepted,     ///< a system outside our control has taken it from our relay
  refused,      ///< that system did not take it
  buffered,     ///< it is kept to be tried again
  delivered,    ///< it reached the recipient's device
  undelivered,  ///< it never will
  /// A part of it reached the device, which says nothing about the others: no proof that all were accepted.
  part_delivered,
};
std::string_view to_text(ReceiptKind kind);
std::optional<ReceiptKind> parse_receipt_kind(std::string_view text);

struct Receipt {
  std::int64_t attempt = 0;  ///< Attempt::id
  ReceiptKind kind = ReceiptKind::accepted;
  Instant at;               ///< when it was read
  std::string provider_id;  ///< the carrier's id of the message, when it gave one
  std::string report;       ///< byte for byte; personal data
};

}  // namespace duenotice
