#include "gateway/notice/receipt.hpp"

#include <array>

namespace duenotice {
namespace {
constexpr std::array receipt_kinds{ReceiptKind::accepted,    ReceiptKind::refused,
                                   ReceiptKind::buffered,    ReceiptKind::delivered,
                                   ReceiptKind::undelivered, ReceiptKind::part_delivered};
}  // namespace

std::string_view to_text(ReceiptKind kind) {
  switch (kind) {
    case ReceiptKind::accepted:
      return "accepted";
    case ReceiptKind::refused:
      return "refused";
    case ReceiptKind::buffered:
      return "buffered";
    case ReceiptKind::delivered:
      return "delivered";
    case ReceiptKind::undelivered:
      return "undelivered";
    case ReceiptKind::part_delivered:
      return "part_delivered";
  }
  return {};
}

std::optional<ReceiptKind> parse_receipt_kind(std::string_view text) {
  for (const ReceiptKind kind : receipt_kinds) {
    if (text == to_text(kind)) return kind;
  }
  return std::nullopt;
}

}  // namespace duenotice
