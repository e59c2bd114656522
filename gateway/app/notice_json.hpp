#pragma once
#include "gateway/base/json.hpp"
#include "gateway/journal/journal_reader.hpp"

/// Notices as programs read them from `list --json` and `show --json`. Keys are stable: they are only ever
/// added. Dates are `YYYY-MM-DD`, instants RFC 3339 in UTC, absent values null; addresses appear masked only.

namespace duenotice::app {

/// Why nothing of a notice whose account was erased is sent again.
inline constexpr std::string_view erased_why = "its account was erased: nothing of it can be sent any more";

/// An element of `list --json`.
Json summary_json(const Notice& notice, const std::vector<Delivery>& deliveries);
/// The object of `show --json`: the same with deliveries, attempts, receipts, renderings, acts and events.
Json file_json(const NoticeFile& file);

Json inbox_json(const std::vector<InboxEntry>& entries);
/// Who must act on a rejected request.
NextActor actor_of(const RejectedRequest& request);
Json rejected_json(const std::vector<RejectedRequest>& requests);
/// The object of `rejected show --json`: an element of that list with `body` and `decision`.
Json rejection_json(const RejectionFile& file);

/// The standings that the three questions are answered from.
std::vector<DeliveryStanding> standings(const std::vector<Delivery>& deliveries);

}  // namespace duenotice::app
