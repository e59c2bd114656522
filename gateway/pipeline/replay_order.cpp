#include "gateway/pipeline/replay_order.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "gateway/base/limits.hpp"
#include "gateway/notice/address.hpp"
#include "gateway/pipeline/order_fields.hpp"

namespace duenotice {
namespace {

Error wrong(std::string message) { return Error{ErrorKind::invalid, std::move(message)}; }

std::optional<std::string> unless_empty(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

Result<std::vector<Notice>> find_notices(const FindNotice& find, const Json& ids) {
  const Json::Array* list = ids.as_array();
  if (list == nullptr || list->empty()) return wrong("'notices' must be a list of notice ids");
  if (list->size() > limits::replay_ids_most)
    return wrong("name at most " + std::to_string(limits::replay_ids_most) + " notices at once");
  std::map<NoticeNumber, Notice> found;  // once each, in whatever order they were named
  for (const Json& id : *list) {
    if (id.as_string() == nullptr) return wrong("'notices' must be a list of notice ids");
    auto notice = find(*id.as_string());
    if (!notice) return notice.error();
    const NoticeNumber number = notice->number;
    found.emplace(number, *std::move(notice));
  }
  std::vector<Notice> notices;
  for (auto& [number, notice] : found) notices.push_back(std::move(notice));
  return notices;
}

/// A filter that nobody reads would select more than was asked for.
Status only_known_members(const Json& select) {
  constexpr std::array<std::string_view, 8> filters{"channel", "notices",   "state", "code",
                                                    "kind",    "agreement", "since", "until"};
  const bool by_ids = select.find("notices") != nullptr;
  for (const auto& [member, value] : *select.as_object()) {
    if (std::find(filters.begin(), filters.end(), member) == filters.end())
      return wrong("'" + member + "' is no filter of a replay");
    if (by_ids && member != "notices" && member != "channel" && member != "state")
      return wrong("beside 'notices' only 'channel' and 'state' narrow a replay, not '" + member + "'");
  }
  return Done{};
}

/// A corrected address belongs to one account.
Status read_address(const Json& order, const std::vector<Notice>& named, ReplayOrder& replay) {
  OrderFields fields(order);
  const std::string email = fields.optional_text("email");
  const std::string phone = fields.optional_text("phone");
  if (fields.mistake()) return *fields.mistake();
  if (email.empty() && phone.empty()) return Done{};
  if (!email.empty() && !phone.empty()) return wrong("give 'email' or 'phone', not both");
  if (!email.empty() && !is_email(email)) return wrong("--email is no address that mail can be sent to");
  if (!phone.empty() && !is_phone(phone)) return wrong("--phone is no number such as +8613800138000");
  const Channel channel = email.empty() ? Channel::sms : Channel::email;
  if (replay.selection.channel.value_or(channel) != channel)
    return wrong("the corrected address is none of the channel " +
                 std::string(to_text(*replay.selection.channel)) + "; leave the channel out");
  replay.selection.channel = channel;
  replay.address = email.empty() ? phone : email;
  if (named.empty())
    return wrong("a corrected address is for notices that are named by their ids; name them");
  const bool one_account = std::all_of(named.begin(), named.end(), [&](const Notice& each) {
    return each.account_id == named.front().account_id;
  });
  if (one_account) return Done{};
  return wrong("a corrected address is for notices of one account; give one command for each account");
}

std::optional<DeliveryState> read_state(OrderFields& fields) {
  const auto state = parse_delivery_state(fields.text("state"));
  const bool can_be_replayed =
      state == DeliveryState::failed || state == DeliveryState::held || state == DeliveryState::sent;
  if (!can_be_replayed) fields.wrong("state", "must be failed, held or sent");
  return state;
}

Result<Selection> read_selection(const Json& select) {
  if (const Status known = only_known_members(select); !known) return known.error();
  OrderFields fields(select);
  Selection selection;
  selection.channel = fields.channel("channel");
  const bool named = select.find("notices") != nullptr;
  if (!named || select.find("state") != nullptr) selection.state = read_state(fields);
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

/// `named`, the notices in the order of their numbers, stand for the list as it was given.
std::string words_of(Json select, const std::vector<Notice>& named, const ReplayOrder& replay) {
  if (!named.empty()) {
    select["notices"] = Json::array();
    for (const Notice& notice : named) select["notices"].push_back(notice.id);
  }
  Json asked = Json::Object{
      {"select", std::move(select)}, {"reason", replay.reason}, {"accept_late", replay.accept_late}};
  if (!replay.address.empty()) asked["address"] = replay.address;
  return canonical_json(asked);
}

}  // namespace

Result<ReplayOrder> read_replay(const Json& order, const FindNotice& find) {
  OrderFields fields(order);
  ReplayOrder replay{.operator_name = fields.text("operator"),
                     .reason = fields.optional_text("reason"),
                     .rate = fields.number("rate", limits::rate_most),
                     .accept_late = fields.flag("accept_late")};
  const Json* select = order.find("select");
  if (select == nullptr || select->as_object() == nullptr) fields.wrong("select", "must be an object");
  if (fields.mistake()) return *fields.mistake();
  auto selection = read_selection(*select);
  if (!selection) return selection.error();
  replay.selection = std::move(*selection);
  std::vector<Notice> named;
  if (const Json* ids = select->find("notices")) {
    auto notices = find_notices(find, *ids);
    if (!notices) return notices.error();
    named = *std::move(notices);
  }
  for (const Notice& notice : named) replay.selection.notices.push_back(notice.number);
  if (const Status address = read_address(order, named, replay); !address) return address.error();
  replay.selection.leaves_out_sent = !named.empty() && !replay.selection.state && !replay.selection.channel;
  replay.selection_json = words_of(*select, named, replay);
  return replay;
}

Json to_json(const ReplayMade& made) {
  return Json::Object{{"job", made.job_id},
                      {"deliveries", made.items},
                      {"asked_before", made.asked_before},
                      {"most", limits::replay_items_most}};
}

Error was_stopped(const std::string& job_id) {
  return wrong("this replay was stopped by a person (`duenotice jobs show " + job_id +
               "` says by whom and why) and does not go on; to send what it left, give another --reason");
}

}  // namespace duenotice
