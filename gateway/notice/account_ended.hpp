#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/digest.hpp"
#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"
#include "gateway/notice/rejection.hpp"

namespace duenotice {

/// The type of the event in which publishers report it.
inline constexpr std::string_view account_ended_type = "duenotice.account.ended.v1";

/// What a publisher reports on the queue instead of asking for a notice: the relation with an account ended
/// on this day. The retention of its notices runs from then on.
struct AccountEnded {
  std::string source;
  std::string id;
  std::string account;
  CalendarDate on;
  Digest digest;  ///< of the canonical JSON of the event's data
};

/// Decodes a CloudEvents 1.0 event of that type, whose `data` has `account_id` and `ended_on` and nothing
/// else. Nothing when the message is no such event, or larger than `body_bytes`. Pure and thread-safe.
std::optional<Result<AccountEnded, Rejection>> decode_account_ended(std::string_view body,
                                                                    std::string_view content_type,
                                                                    std::size_t body_bytes);

}  // namespace duenotice
