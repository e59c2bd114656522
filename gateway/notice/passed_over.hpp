#pragma once
#include <string_view>

#include "gateway/notice/delivery_reasons.hpp"

/// Why a replay passed a delivery over: stable words, as the journal stores them and `--json` shows them.

namespace duenotice::passed_over {

inline constexpr std::string_view waiting_already = "waiting_already";
/// Another channel of its `in_order` notice is being tried.
inline constexpr std::string_view waits_its_turn = "waits_its_turn";
inline constexpr std::string_view under_way = "under_way";
/// It was sent, or came into another state, after it was selected: by another replay or a late report.
inline constexpr std::string_view sent_meanwhile = "sent_meanwhile";
inline constexpr std::string_view changed_meanwhile = "changed_meanwhile";
inline constexpr std::string_view cancelled = "cancelled";
inline constexpr std::string_view not_needed = "not_needed";
inline constexpr std::string_view late = reasons::late;
inline constexpr std::string_view provider_confirms = reasons::provider_confirms;
/// It was accepted for the sandbox and its channel is real now, or the other way round.
inline constexpr std::string_view transport_changed = reasons::transport_changed;
/// In-site: whoever looks into the inbox sees it already.
inline constexpr std::string_view shown_already = "shown_already";
/// It was sent, and a date that it names has passed since: sent again it would say what is not true any more.
inline constexpr std::string_view outdated = "outdated";
inline constexpr std::string_view resend_wanted_already = "resend_wanted_already";
/// A person stopped the replay before it was sent; it is as it was when it was selected.
inline constexpr std::string_view replay_stopped = "replay_stopped";
/// A corrected address needs new bytes, and its agreement's version or its channel is not there any more.
inline constexpr std::string_view words_not_made = "words_not_made";

}  // namespace duenotice::passed_over
