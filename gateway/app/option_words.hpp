#pragma once
#include <optional>
#include <string>

#include "gateway/base/result.hpp"
#include "gateway/notice/channel.hpp"
#include "gateway/notice/states.hpp"

/// Words of the command line that stand for values. Each function is given the name of its option for the
/// error, which names every word there is; absent stays absent.

namespace duenotice::app {

Result<std::optional<Channel>> channel_option(const std::string& option,
                                              const std::optional<std::string>& word);
Result<std::optional<NoticeState>> notice_state_option(const std::string& option,
                                                       const std::optional<std::string>& word);
/// Of deliveries that can be replayed: failed, held or sent.
Result<std::optional<DeliveryState>> replay_state_option(const std::string& option,
                                                         const std::optional<std::string>& word);
Result<std::optional<CalendarDate>> date_option(const std::string& option,
                                                const std::optional<std::string>& word);
/// `what` says in the error what it is the name of, and where a person finds one.
Result<std::optional<std::string>> ulid_option(const std::string& option, const std::string& what,
                                               const std::optional<std::string>& word);

}  // namespace duenotice::app
