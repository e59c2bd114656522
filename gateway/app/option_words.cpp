#include "gateway/app/option_words.hpp"

#include <algorithm>

#include "gateway/base/ulid.hpp"

namespace duenotice::app {

namespace {

constexpr std::array every_notice_state{NoticeState::accepted,         NoticeState::sending,
                                        NoticeState::deemed_delivered, NoticeState::held,
                                        NoticeState::failed,           NoticeState::cancelled};

Error not_one(const std::string& option, const std::string& wanted, const std::string& word) {
  return Error{ErrorKind::invalid, option + " must be " + wanted + ", not \"" + word + "\""};
}

/// `a, b or c`.
template <class Values>
std::string alternatives(const Values& values) {
  std::string list;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const char* before = i == 0 ? "" : i + 1 == values.size() ? " or " : ", ";
    list += before + std::string(to_text(values[i]));
  }
  return list;
}

}  // namespace

Result<std::optional<Channel>> channel_option(const std::string& option,
                                              const std::optional<std::string>& word) {
  if (!word) return std::optional<Channel>();
  if (const auto channel = parse_channel(*word)) return channel;
  return not_one(option, alternatives(every_channel), *word);
}

Result<std::optional<NoticeState>> notice_state_option(const std::string& option,
                                                       const std::optional<std::string>& word) {
  if (!word) return std::optional<NoticeState>();
  if (const auto state = parse_notice_state(*word)) return state;
  return not_one(option, alternatives(every_notice_state), *word);
}

Result<std::optional<DeliveryState>> replay_state_option(const std::string& option,
                                                         const std::optional<std::string>& word) {
  constexpr std::array replayable{DeliveryState::failed, DeliveryState::held, DeliveryState::sent};
  if (!word) return std::optional<DeliveryState>();
  const auto state = parse_delivery_state(*word);
  if (state && std::find(replayable.begin(), replayable.end(), *state) != replayable.end()) return state;
  return not_one(option, alternatives(replayable), *word);
}

Result<std::optional<CalendarDate>> date_option(const std::string& option,
                                                const std::optional<std::string>& word) {
  if (!word) return std::optional<CalendarDate>();
  if (const auto date = parse_date(*word)) return date;
  return not_one(option, "a date such as 2026-07-01", *word);
}

Result<std::optional<std::string>> ulid_option(const std::string& option, const std::string& what,
                                               const std::optional<std::string>& word) {
  if (!word || is_ulid(*word)) return word;
  return not_one(option, "a " + what, *word);
}

}  // namespace duenotice::app
