#include "gateway/pipeline/replay_order.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "gateway/base/limits.hpp"
#include "gateway/notice/address.hpp"
#include "gateway/pipeline/order_fields.hpp"

namespace duenotice {
namespace {

Error wrong(std::string message) { return Error{ErrorKind::invalid, std::move(message)}; }

std::optional<std::string> unless_empty(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

Result<std::vector<NoticeNumber>> find_notices(Transaction& tx, const Json& ids) {
  const Json::Array* list = ids.as_array();
  if (list == nullptr || list->empty()) return wrong("'notices' must be a list of notice ids");
  if (list->size() > limits::replay_ids_most)
    return wrong("name at most " + std::to_string(limits::replay_ids_most) + " notices at once");
  std::vector<NoticeNumber> numbers;
  for (const Json& id : *list) {
    if (id.as_string() == nullptr) return wrong("'notices' must be a list of notice ids");
    const auto number = tx.find_notice(*id.as_string());
    if (!number) return Error{ErrorKind::not_found, "there is no notice " + *id.as_string()};
    numbers.push_back(*number);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

/// A filter that nobody reads would select more than was asked for.
Status only_known_members(const Json& select) {
  constexpr std::array<std::string_view, 8> filters{"channel", "notices",   "state", "code",
                                                    "kind",    "agreement", "since", "until"};
  const bool by_ids = select.find("notices") != nullptr;
  for (const auto& [member, value] : *select.as_object()) {
    if (std::find(filters.begin(), filters.end(), member) == filters.end())
      return wrong("'" + member + "' is no filter of a replay");
    if (by_ids && member != "notices" && member != "channel")
      return wrong("beside 'notices' only 'channel' narrows a replay, not '" + member + "'");
  }
  return Done{};
}

/// A corrected address belongs to one account.
Status read_address(Transaction& tx, const Json& order, ReplayOrder& replay) {
  OrderFields fields(order);
  const std::string email = fields.optional_text("email");
  const std::string phone = fields.optional_text("phone");
  if (fields.mistake()) return *fields.mistake();
  if (email.empty() && phone.empty()) return Done{};
  if (!email.empty() && !phone.empty()) return wrong("give 'email' or 'phone', not both");
  if (!email.empty() && !is_email(email)) return wrong("'email' is no address that mail can be sent to");
  if (!phone.empty() && !is_phone(phone)) return wrong("'phone' is no number such as +8613800138000");
  const Channel channel = email.empty() ? Channel::sms : Channel::email;
  if (replay.selection.channel.value_or(channel) != channel)
    return wrong("the corrected address is none of the channel " +
                 std::string(to_text(*replay.selection.channel)) + "; leave the channel out");
  replay.selection.channel = channel;
  replay.address = email.empty() ? phone : email;
  if (replay.selection.notices.empty())
    return wrong("a corrected address is for notices that are named by their ids; name them");
  std::set<std::string> accounts;
  for (const NoticeNumber number : replay.selection.notices) accounts.insert(tx.notice(number).account_id);
  if (accounts.size() > 1)
    return wrong("a corrected address is for notices of one account; give one command for each account");
  return Done{};
}

}  // namespace

Result<Selection> read_selection(const Json& select) {
  if (const Status known = only_known_members(select); !known) return known.error();
  OrderFields fields(select);
  Selection selection;
  selection.channel = fields.channel("channel");
  if (select.find("notices") != nullptr)
    return fields.mistake() ? Result<Selection>(*fields.mistake()) : selection;
  const std::string state = fields.text("state");
  selection.state = parse_delivery_state(state);
  const bool can_be_replayed = selection.state == DeliveryState::failed ||
                               selection.state == DeliveryState::held ||
                               selection.state == DeliveryState::sent;
  if (!can_be_replayed) fields.wrong("state", "must be failed, held or sent");
  // An empty code is one: that of those which nobody ever answered.
  const Json* code = select.find("code");
  if (code != nullptr && !code->is_null()) selection.code = fields.optional_text("code");
  selection.kind = unless_empty(fields.optional_text("kind"));
  selection.agreement = unless_empty(fields.optional_text("agreement"));
  selection.since = fields.instant("since");
  selection.until = fields.instant("until");
  if (fields.mistake()) return *fields.mistake();
  return selection;
}

std::string replay_words(const Json& select, const std::string& reason, bool accept_late,
                         const std::string& address) {
  Json asked = Json::Object{{"select", select}, {"reason", reason}, {"accept_late", accept_late}};
  if (select.find("notices") != nullptr && select.find("notices")->as_array() != nullptr) {
    // In whatever order they were named.
    Json::Array* list = asked["select"]["notices"].as_array();
    const auto text = [](const Json& id) { return canonical_json(id); };
    std::sort(list->begin(), list->end(), [&](const Json& a, const Json& b) { return text(a) < text(b); });
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  if (!address.empty()) asked["address"] = address;
  return canonical_json(asked);
}

Status read_replay(Transaction& tx, const Json& order, ReplayOrder& replay) {
  const Json* select = order.find("select");
  if (select == nullptr || select->as_object() == nullptr) return wrong("'select' must be an object");
  auto selection = read_selection(*select);
  if (!selection) return selection.error();
  replay.selection = std::move(*selection);
  if (const Json* ids = select->find("notices")) {
    auto numbers = find_notices(tx, *ids);
    if (!numbers) return numbers.error();
    replay.selection.notices = std::move(*numbers);
  }
  OrderFields fields(order);
  replay.accept_late = fields.flag("accept_late");
  if (fields.mistake()) return *fields.mistake();
  if (const Status address = read_address(tx, order, replay); !address) return address;
  Json what = *select;
  if (what.find("notices") != nullptr) {
    what["notices"] = Json::array();  // the same notices in another order are the same replay
    for (const NoticeNumber number : replay.selection.notices) what["notices"].push_back(Json(number));
  }
  Json asked = Json::Object{
      {"select", std::move(what)}, {"reason", replay.reason}, {"accept_late", replay.accept_late}};
  if (!replay.address.empty()) asked["address"] = replay.address;
  replay.selection_json = canonical_json(asked);
  return Done{};
}

}  // namespace duenotice
