#include "gateway/app/event_words.hpp"

#include <algorithm>
#include <array>

#include "gateway/app/phrase_table.hpp"
#include "gateway/base/json.hpp"
#include "gateway/notice/event.hpp"
#include "gateway/notice/receipt.hpp"

namespace duenotice::app {

namespace {

/// What no other page says; `accepted`, `deemed_delivered` and the outcomes are words of phrases.cpp.
constexpr std::array types{
    Phrase{events::attempt_started, "开始尝试"},
    Phrase{events::lead_time_broken, "提前期不足"},
    Phrase{events::effective_date_moved, "生效日顺延"},
    Phrase{events::delivery_held, "投递搁置"},
    Phrase{events::delivery_failed, "投递失败"},
    Phrase{events::next_channel_due, "轮到下一渠道"},
    Phrase{events::delivery_not_needed, "投递无需进行"},
    Phrase{events::notice_held, "通知待人工处理"},
    Phrase{events::notice_failed, "通知失败"},
    Phrase{events::notice_cancelled, "通知已取消"},
    Phrase{events::receipt, "收到回执"},
    Phrase{events::relay_overdue, "中继逾期未报告"},
    Phrase{events::courtesy_due, "安排补充告知"},
    Phrase{events::operator_act, "人工决定"},
    Phrase{events::address_corrected, "更正收件地址"},
    Phrase{events::effective_date_set, "改定生效日"},
    Phrase{events::late_accepted, "接受逾期发送"},
    Phrase{events::late_known, "已知悉逾期发送"},
    Phrase{events::late_acceptance_ended, "不再接受逾期发送"},
    Phrase{events::made_due, "安排发送"},
    Phrase{events::replayed, "列入重发"},
    Phrase{events::replay_taken_back, "从重发中撤回"},
    Phrase{events::channel_left_out, "渠道未列入"},
    Phrase{events::commit_overran, "提交超时"},
    Phrase{events::resend_ended, "再次发送结束"},
    Phrase{events::rejection_released, "被拒收的请求重新提交"},
};

/// The facts that are shown, in their order.
constexpr std::array facts{
    Phrase{"what", "决定"},    Phrase{"channel", "渠道"}, Phrase{"after", "此前"},
    Phrase{"attempt", "尝试"}, Phrase{"receipt", "回执"}, Phrase{"revision", "修订"},
    Phrase{"code", "代码"},    Phrase{"reason", "原因"},  Phrase{"from", "原为"},
    Phrase{"to", "改为"},      Phrase{"on", "日期"},      Phrase{"effective_date", "生效日"},
    Phrase{"job", "重发任务"}, Phrase{"act", "决定编号"},
};
/// The facts whose value is a stable word.
constexpr std::array<std::string_view, 5> with_a_word{"what", "channel", "after", "receipt", "reason"};

std::string value_in_words(Language language, std::string_view fact, const Json& value) {
  const std::string* text = value.as_string();
  if (text == nullptr) return canonical_json(value);
  const bool word = std::find(with_a_word.begin(), with_a_word.end(), fact) != with_a_word.end();
  if (!word) return *text;
  return std::string(say(language, fact == "receipt" ? receipt_words(*text) : std::string_view(*text)));
}

}  // namespace

std::string_view receipt_words(std::string_view kind) {
  return kind == to_text(ReceiptKind::accepted) ? "accepted by the carrier" : kind;
}

std::string in_words(Language language, const StoredEvent& event) {
  const bool english = language == Language::english;
  const auto type = std::find_if(types.begin(), types.end(),
                                 [&](const Phrase& each) { return each.english == event.type; });
  std::string line(type == types.end() || english ? say(language, std::string_view(event.type))
                                                  : type->chinese);
  const auto document = parse_json(event.bytes);
  if (!document) return line;
  const char* between = "  ";
  for (const Phrase& fact : facts) {
    const Json* value = document->find(fact.english);
    if (value == nullptr || value->as_object() != nullptr) continue;  // a commitment says nothing here
    line += between + std::string(english ? fact.english : fact.chinese) + " " +
            value_in_words(language, fact.english, *value);
    between = english ? ", " : "，";
  }
  return line;
}

}  // namespace duenotice::app
