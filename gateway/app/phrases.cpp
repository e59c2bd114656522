#include "gateway/app/phrases.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/app/phrase_table.hpp"
#include "gateway/notice/channel.hpp"

namespace duenotice::app {

namespace {

constexpr std::array words{
    // headings
    Phrase{"NOTICE", "通知"},
    Phrase{"STATE", "状态"},
    Phrase{"WHO ACTS", "处理人"},
    Phrase{"LEGAL DATE", "法定送达日"},
    Phrase{"CLAUSE", "条款"},
    Phrase{"CHANNELS", "渠道"},
    Phrase{"KIND", "种类"},
    Phrase{"ACCOUNT", "账户"},
    Phrase{"AGREEMENT", "协议"},
    Phrase{"REJECTED AT", "拒收时间"},
    Phrase{"CODE", "代码"},
    Phrase{"POINTER", "位置"},
    Phrase{"REQUEST", "请求"},
    Phrase{"WHAT TO CHANGE", "应如何修改"},
    Phrase{"REQUIRED", "所需渠道数"},
    Phrase{"LATE", "逾期处理"},
    Phrase{"APPEAL", "可申诉"},
    Phrase{"any", "任一"},
    Phrase{"all", "全部"},
    Phrase{"hold", "待人工处理"},
    Phrase{"move", "顺延"},
    Phrase{"Parties", "双方"},
    Phrase{"Contact", "联系方式"},
    Phrase{"SMS signature", "短信签名"},
    Phrase{"In force from", "生效日"},
    Phrase{"Time zone", "时区"},
    Phrase{"Languages", "语言"},
    Phrase{"Notice clause", "通知条款"},
    Phrase{"Deemed delivered", "视为送达规则"},
    Phrase{"REJECTION", "拒收编号"},
    Phrase{"LEAD DAYS", "提前天数"},
    Phrase{"VARIABLES", "变量"},
    Phrase{"KEY", "键"},
    Phrase{"VALUE", "值"},
    Phrase{"SET IN", "设置于"},
    Phrase{"ZONE", "时区"},
    Phrase{"SENT ON", "渠道"},
    Phrase{"TO", "收件地址"},
    Phrase{"BY RULE", "依据规则"},
    Phrase{"VERSION", "版本"},
    Phrase{"COLUMN", "列名"},
    Phrase{"VALUES", "取值"},
    Phrase{"WHAT IT IS", "含义"},
    Phrase{"default", "默认"},
    // why a delivery is where it is, by the stable words
    Phrase{"retries_exhausted", "重试次数已用尽"},
    Phrase{"late", "逾期"},
    Phrase{"does_not_fit", "文本超出该渠道的长度"},
    Phrase{"outcome_unknown", "发送结果未知"},
    Phrase{"provider_confirms", "服务商确认已收到"},
    Phrase{"lead_time_broken", "提前期不足"},
    Phrase{"transport_changed", "传输方式已更改"},
    Phrase{"clause_satisfied", "条款要求已满足"},
    Phrase{"accepted before: nothing new is sent", "此前已受理：不会再发送"},
    Phrase{"discarded", "已放弃"},
    Phrase{"released", "已重新提交"},
    Phrase{"open", "待处理"},
    // states of notices and deliveries
    Phrase{"accepted", "已受理"},
    Phrase{"sending", "发送中"},
    Phrase{"deemed_delivered", "视为送达"},
    Phrase{"held", "待人工处理"},
    Phrase{"failed", "失败"},
    Phrase{"cancelled", "已取消"},
    Phrase{"waiting", "等待中"},
    Phrase{"in_flight", "正在交付"},
    Phrase{"relayed", "已转交"},
    Phrase{"sent", "已发送"},
    Phrase{"not_needed", "无需发送"},
    // outcomes
    Phrase{"transient_failure", "暂时失败"},
    Phrase{"permanent_failure", "永久失败"},
    Phrase{"unknown", "结果未知"},
    Phrase{"not_started", "未开始"},
    Phrase{"under way", "进行中"},
    // the page of a notice
    Phrase{"Notice", "通知"},
    Phrase{"Agreement", "协议"},
    Phrase{"Kind", "种类"},
    Phrase{"Account", "账户"},
    Phrase{"Request", "请求"},
    Phrase{"Reference", "参考号"},
    Phrase{"Accepted", "受理时间"},
    Phrase{"Not before", "不早于"},
    Phrase{"Effective", "生效日"},
    Phrase{"Legal date", "法定送达日"},
    Phrase{"Deliveries", "发送渠道"},
    Phrase{"History", "历史"},
    Phrase{"clause", "条款"},
    Phrase{"none yet", "尚无"},
    Phrase{"none", "无"},
    Phrase{"attempt", "尝试"},
    Phrase{"left out: its words are too long for this channel", "未发送：文本超出该渠道的长度"},
    Phrase{"Dates hold until", "所述日期有效至"},
    Phrase{"earliest lawful", "最早合法生效日"},
    Phrase{"calendar", "休息日历"},
    Phrase{"They say the same.", "两者内容相同。"},
    Phrase{"added", "新增"},
    Phrase{"removed", "删除"},
    Phrase{"agreement", "协议"},
    Phrase{"must be sent by", "最迟发送日"},
    Phrase{"lead time broken: sent later than the agreement allows", "提前期不足：发送晚于协议允许的日期"},
    Phrase{"counts for the clause", "计入条款要求"},
    Phrase{"copy", "副本"},
    Phrase{"due", "计划时间"},
    Phrase{"because", "原因"},
    Phrase{"revision", "修订"},
    Phrase{"possible duplicate", "可能重复"},
    Phrase{"probe", "试探"},
    Phrase{"SANDBOX", "沙箱"},
    Phrase{"SENT?", "已发出？"},
    Phrase{"RESEND?", "可安全重发？"},
    Phrase{"SANDBOX: written to a file, not sent to anybody", "沙箱：仅写入文件，未向任何人发送"},
    Phrase{"no attempt yet", "尚未尝试"},
    Phrase{"Calendar", "休息日历"},
    Phrase{"none: rest days were not counted", "无：未计入休息日"},
    Phrase{"a person has said since that they know", "此后已有人员声明知悉"},
    Phrase{"a person decided that it goes out although it is late", "经人工决定：虽已逾期仍予发送"},
    Phrase{"provider's id", "服务商编号"},
    Phrase{"replay", "重发"},
    Phrase{"receipt", "回执"},
    Phrase{"Decisions", "人工决定"},
    Phrase{"by", "操作人"},
    Phrase{"the provider says", "服务商确认"},
    Phrase{"evidence", "证据"},
    // receipts
    Phrase{"refused", "被拒收"},
    Phrase{"accepted by the carrier", "运营商已接收"},
    Phrase{"buffered", "已暂存"},
    Phrase{"delivered", "已送达设备"},
    Phrase{"undelivered", "未能送达"},
    Phrase{"part_delivered", "部分送达"},
    // the three questions
    Phrase{"How long?", "已等多久？"},
    Phrase{"Was it sent?", "是否已发出？"},
    Phrase{"nobody knows", "无法确定"},
    Phrase{"The provider says that it has the message, so a resend would be a second.",
           "服务商称已收到该消息，再次发送会使收件人收到两次。"},
    Phrase{"Was anything sent?", "是否已发出？"},
    Phrase{"Is a resend safe?", "重发是否安全？"},
    Phrase{"Who must act?", "应由谁处理？"},
    Phrase{"yes", "是"},
    Phrase{"no", "否"},
    Phrase{"nobody knows yet: an attempt is under way", "尚不能确定：有一次尝试正在进行"},
    Phrase{"nobody knows yet: our own relay has not reported", "尚不能确定：我方的中继尚未报告结果"},
    Phrase{"nobody knows: an attempt ended without an answer", "无法确定：有一次尝试没有得到答复"},
    Phrase{"nobody knows for certain: the provider says that it has the message", "无法确定：服务商称已收到"},
    Phrase{"nobody", "无需处理"},
    Phrase{"gateway", "网关"},
    Phrase{"operator", "运维人员"},
    Phrase{"publisher", "发布方"},
    Phrase{"It was sent, so a resend reaches the recipient a second time; it cannot change the legal date.",
           "已经发出，重发会让收件人第二次收到，且不能改变法定送达日。"},
    Phrase{"An attempt is under way and may still succeed; wait for its outcome.",
           "有一次尝试正在进行，仍可能成功，请等待结果。"},
    Phrase{"Our own relay has it and has not reported yet; wait for its report.",
           "我方的中继已接收但尚未报告结果，请等待报告。"},
    Phrase{"An attempt ended without an answer, so the recipient may have it already; a resend is a possible "
           "duplicate.",
           "有一次尝试没有得到答复，收件人可能已经收到，重发可能造成重复。"},
    Phrase{"One channel was sent, so a resend on that one reaches the recipient a second time; there is no "
           "legal date yet, and a channel that was not taken can be sent again without a duplicate.",
           "有一个渠道已经发出，在该渠道重发会让收件人第二次收到；目前尚无法定送达日，未被接收的渠道可以"
           "再次发送而不会重复。"},
    Phrase{"Nothing was taken yet, and the gateway still sends it by itself; a resend would be a second.",
           "尚无任何一次被对方接收，网关仍会自行发送；再次发送会使收件人收到两次。"},
    Phrase{"Every attempt so far was definitely not taken, so the recipient cannot get it twice.",
           "迄今每次尝试都确定未被接收，收件人不会收到两次。"},
    Phrase{"Nothing was handed over yet, so the recipient cannot get it twice.",
           "尚未交付任何内容，收件人不会收到两次。"},
    // doctor
    Phrase{"ok", "正常"},
    Phrase{"warning", "警告"},
    Phrase{"problem", "问题"},
    Phrase{"configuration", "配置"},
    Phrase{"agreements", "协议"},
    Phrase{"journal", "日志库"},
    Phrase{"queue", "队列"},
    Phrase{"email", "邮件"},
    Phrase{"sms", "短信"},
    Phrase{"in_site", "站内信"},
    Phrase{"announcement", "网站公告"},
    Phrase{"push", "消息推送"},
    Phrase{"letter", "信函"},
    Phrase{"phone", "电话"},
    Phrase{"metrics", "指标"},
    Phrase{"log", "证据日志"},
    Phrase{"Evidence log", "证据日志"},
    Phrase{"completeness", "完整性"},
    Phrase{"SOURCE", "来源"},
    Phrase{"FIRST", "最小序号"},
    Phrase{"LAST", "最大序号"},
    Phrase{"CAME", "已收到"},
    Phrase{"NEVER CAME", "从未收到"},
    Phrase{"GIVEN TWICE", "重复使用"},
    Phrase{"seals", "封存"},
    Phrase{"Seals", "封存"},
    Phrase{"SEAL", "封存序号"},
    Phrase{"SEALED AT", "封存时间"},
    Phrase{"EVENTS", "事件数"},
    Phrase{"STAMPED BY", "时间戳机构"},
    Phrase{"COSIGNED BY", "联署见证人"},
    Phrase{"MISSING", "尚缺"},
    Phrase{"too few witnesses", "见证人数不足"},
    Phrase{"clock", "时钟"},
    Phrase{"disk", "磁盘"},
    Phrase{"decisions", "待决定"},
    Phrase{"erasure", "抹除"},
    Phrase{"rejected", "被拒收"},
    Phrase{"dead letters", "死信"},
    Phrase{"relays", "中继"},
    Phrase{"CHECK", "检查项"},
    Phrase{"HEALTH", "结果"},
    Phrase{"FOUND", "说明"},
    // status
    Phrase{"CHANNEL", "渠道"},
    Phrase{"BREAKER", "熔断器"},
    Phrase{"DUE", "待发"},
    Phrase{"LATER", "稍后再试"},
    Phrase{"IN FLIGHT", "正在交付"},
    Phrase{"RELAYED", "已转交"},
    Phrase{"FAILED", "失败"},
    Phrase{"HELD", "待人工处理"},
    Phrase{"OLDEST DUE", "最久待发"},
    Phrase{"closed", "闭合（正常）"},
    Phrase{"open (probes)", "断开（仅试探）"},
    Phrase{"probing", "试探中"},
    Phrase{"Gateway", "网关"},
    Phrase{"Intake", "受理"},
    Phrase{"Queue", "队列"},
    Phrase{"Notices", "通知"},
    Phrase{"Agreements", "协议"},
    Phrase{"Last commit", "最近提交耗时"},
    Phrase{"Oldest open", "最久未完成"},
    Phrase{"Rejected", "被拒收"},
    Phrase{"Dead letters", "死信"},
    Phrase{"Replays", "重发任务"},
    Phrase{"Status events", "状态事件"},
    Phrase{"not running", "未运行"},
    Phrase{"takes requests", "正在受理请求"},
    Phrase{"nobody takes requests", "无人受理请求"},
    Phrase{"(not configured)", "（未配置）"},
    // failed
    Phrase{"code", "代码"},
    Phrase{"What to do", "应如何处理"},
    Phrase{"Nothing waits for a person.", "没有需要人工处理的事项。"},
    // audit
    Phrase{"Looked for", "查询内容"},
    Phrase{"Found", "查询结果"},
    Phrase{"Record", "所读记录"},
    Phrase{"nothing", "没有找到"},
    Phrase{"all notices", "全部通知"},
    Phrase{"notices", "通知"},
    Phrase{"Others match without a legal date in that period: leave out --from and --to to see them.",
           "另有符合其他条件、但法定送达日不在该期间（或尚无）的通知：去掉 --from 和 --to 即可看到。"},
    // said beside results
    Phrase{"No notices match.", "没有符合条件的通知。"},
    Phrase{"Try fewer filters, or see what was refused: duenotice rejected",
           "请减少筛选条件，或查看被拒收的请求：duenotice rejected"},
    Phrase{"There are no notices yet. Submit one: duenotice submit FILE",
           "还没有通知。提交一个：duenotice submit FILE"},
    Phrase{"* a copy: it does not count for the clause", "* 副本：不计入条款要求"},
    Phrase{"Nothing was rejected.", "没有被拒收的请求。"},
    Phrase{"This user has no in-site messages.", "该用户没有站内消息。"},
    Phrase{"The configuration is valid.", "配置有效。"},
    Phrase{"The agreements are valid.", "协议有效。"},
    Phrase{"kinds", "种通知"},
    Phrase{"(in brackets) named by the clause, not served yet", "（括号内）条款列出但尚不支持的渠道"},
    Phrase{"What became of them: duenotice list; what was refused: duenotice rejected",
           "查看处理结果：duenotice list；查看被拒收的请求：duenotice rejected"},
};

std::optional<std::string_view> look_up(std::span<const Phrase> table, std::string_view english) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Phrase& phrase) { return phrase.english == english; });
  return found == table.end() ? std::nullopt : std::optional(found->chinese);
}

}  // namespace

std::vector<std::span<const Phrase>> phrase_tables() {
  std::vector<std::span<const Phrase>> tables = {
      words, sentences(), operator_phrases(), certificate_phrases(), check_phrases(), key_sentences()};
  const auto errors = error_tables();
  tables.insert(tables.end(), errors.begin(), errors.end());
  return tables;
}

std::string_view say(Language language, std::string_view english) {
  if (language == Language::english) return english;
  for (const std::span<const Phrase> table : phrase_tables()) {
    if (const auto phrase = look_up(table, english)) return *phrase;
  }
  return english;
}

std::string filled(std::string_view phrase, const std::vector<std::string>& arguments) {
  std::string text;
  while (!phrase.empty()) {
    const std::size_t open = std::min(phrase.find('{'), phrase.size());
    text += phrase.substr(0, open);
    phrase.remove_prefix(open);
    if (phrase.size() < 3) {
      text += phrase;
      break;
    }
    const auto index = static_cast<std::size_t>(phrase[1] - '0');
    const bool argument = phrase[2] == '}' && index < arguments.size();
    text += argument ? arguments[index] : std::string(phrase.substr(0, 1));
    phrase.remove_prefix(argument ? 3 : 1);
  }
  return text;
}

std::string say(Language language, const Sentence& sentence) {
  std::vector<std::string> arguments;
  for (const std::string& argument : sentence.arguments) {
    arguments.push_back(parse_channel(argument) ? std::string(say(language, std::string_view(argument)))
                                                : say_text(language, argument));
  }
  return filled(say(language, std::string_view(sentence.english)), arguments);
}

}  // namespace duenotice::app
