#include "gateway/app/phrases.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/app/phrase_table.hpp"

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
    Phrase{"VERSION", "版本"},
    Phrase{"IN FORCE FROM", "生效日"},
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
    Phrase{"COLUMN", "列名"},
    Phrase{"VALUES", "取值"},
    Phrase{"WHAT IT IS", "含义"},
    Phrase{"default", "默认"},
    // replays and decisions
    Phrase{"CHANNEL", "渠道"},
    Phrase{"DELIVERIES", "投递数"},
    Phrase{"SENT ALREADY", "已发送"},
    Phrase{"POSSIBLY SENT", "可能已发送"},
    Phrase{"TOO LATE", "已逾期"},
    Phrase{"DATED", "已有送达日"},
    Phrase{"PASSED OVER", "跳过"},
    Phrase{"Sent already: each of these reaches its recipient once more; no date changes.",
           "已发送：这些通知会再次到达收件人；任何日期都不会改变。"},
    Phrase{
        "Possibly sent: an attempt ended without an answer, so the recipient may get it twice; it is marked.",
        "可能已发送：某次尝试没有得到答复，收件人可能收到两次；记录中会注明。"},
    Phrase{"Too late: these are held again, unless you give them a lawful date or --accept-late.",
           "已逾期：除非给出合法日期或使用 --accept-late，否则会再次搁置。"},
    Phrase{
        "Too late: these go out as they are, and what is sent after its last day is marked lead_time_broken.",
        "已逾期：将按原样发送，超过最后期限发送的会注明 lead_time_broken。"},
    Phrase{"Dated: their notices have their legal date. A further sending is a courtesy and moves no date.",
           "已有送达日：相应通知已有法定送达日，再次发送只是补充告知，不会改变日期。"},
    Phrase{
        "Passed over: not to be sent again. They are under way or waiting anyway, cancelled or not needed, "
        "shown in the inbox, sent with a date that has passed since, held because they are late (resolve "
        "them), "
        "confirmed by their provider, or behind another channel of their notice that has its turn.",
        "跳过：不会再次发送。它们正在进行或本来就在等待、已取消或无需发送、已在站内显示、已发送且所述日期已过"
        "、因逾期而搁置（请用 "
        "resolve 处理）、已由服务商确认，或须等待该通知正在使用的另一渠道。"},
    Phrase{"{0} delivery of them was sent already and is left out; --state sent or --channel sends it again.",
           "其中 {0} 次投递此前已发送，不在此列；用 --state sent 或 --channel 可再次发送。"},
    Phrase{"{0} deliveries of them were sent already and are left out; --state sent or --channel sends them "
           "again.",
           "其中 {0} 次投递此前已发送，不在此列；用 --state sent 或 --channel 可再次发送。"},
    Phrase{"Nothing fits: no delivery would be sent again.", "没有符合条件的投递：不会重新发送任何内容。"},
    Phrase{"One replay takes the first 100000; give the command again with another reason for the rest.",
           "一次重发最多 100000 条；其余的请换一个理由再次执行。"},
    Phrase{"Send these again? [y/N] ", "确定重新发送吗？[y/N] "},
    Phrase{"Nothing was done.", "未做任何操作。"},
    Phrase{"No gateway is running: it is written down, and acted upon when one starts.",
           "网关没有运行：已记录在案，网关启动后执行。"},
    Phrase{"This was asked for before, in the same words: the same replay goes on.",
           "此前已有完全相同的请求：同一次重发继续进行。"},
    Phrase{
        "This was asked for before, in the same words, and is done: nothing is sent again. For another round "
        "give another --reason.",
        "此前已有完全相同的请求，且已完成：不会再次发送。如需再发一轮，请换一个 --reason。"},
    Phrase{"You looked away; the gateway goes on. The same command looks on again.",
           "已停止查看；网关会继续执行。再次执行同一命令即可继续查看。"},
    Phrase{"The gateway has stopped: it goes on when it starts again. The same command looks on again.",
           "网关已停止：重新启动后会继续执行。再次执行同一命令即可继续查看。"},
    Phrase{"Nothing moves; is the provider away? The gateway goes on by itself. The same command looks on "
           "again.",
           "没有进展；服务商是否不可用？网关会自行继续。再次执行同一命令即可继续查看。"},
    Phrase{"Replay", "重发"},
    Phrase{"still to be made due", "尚待安排"},
    Phrase{"under way", "进行中"},
    Phrase{"waiting for a retry", "等待重试"},
    Phrase{"ended without an answer", "未得到答复"},
    Phrase{"passed over", "跳过"},
    Phrase{"sent meanwhile, after they were selected", "选定之后已经发送"},
    Phrase{"something else became of them meanwhile", "选定之后状态已改变"},
    Phrase{"waits to be sent anyway", "本来就在等待发送"},
    Phrase{"another channel of the notice has its turn", "该通知正由另一渠道发送"},
    Phrase{"an attempt is under way", "有一次尝试正在进行"},
    Phrase{"not needed", "无需发送"},
    Phrase{"held because it is late: resolve it, or replay with --accept-late",
           "因逾期而搁置：请用 resolve 处理，或重发时使用 --accept-late"},
    Phrase{"the provider says that it has it", "服务商称已收到"},
    Phrase{"shown in the inbox already", "已在站内显示"},
    Phrase{"names a date that has passed since: --accept-late sends it anyway",
           "其中所述日期已过：--accept-late 可仍予发送"},
    Phrase{"another replay is sending it again", "另一次重发正在发送"},
    Phrase{"its words cannot be made again: its version of the agreement is not loaded, or its channel not "
           "configured",
           "无法重新生成其文本：所用协议版本未加载，或渠道未配置"},
    // decisions, by their stable words
    Phrase{"retry", "提前重试"},
    Phrase{"cancel", "取消"},
    Phrase{"resolve_resend", "决定重新发送"},
    Phrase{"resolve_not_sent", "确认未曾发出，继续发送"},
    Phrase{"resolve_provider_confirms", "服务商确认已收到"},
    Phrase{"resolve_effective_date", "改定生效日"},
    Phrase{"accept_late", "接受逾期发送"},
    Phrase{"release", "重新提交"},
    Phrase{"discard", "放弃"},
    // why a delivery is where it is, by the stable words
    Phrase{"retries_exhausted", "重试次数已用尽"},
    Phrase{"late", "逾期"},
    Phrase{"outcome_unknown", "发送结果未知"},
    Phrase{"provider_confirms", "服务商确认已收到"},
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
    Phrase{"SANDBOX", "沙箱"},
    Phrase{"SANDBOX: written to a file, not sent to anybody", "沙箱：仅写入文件，未向任何人发送"},
    Phrase{"no attempt yet", "尚未尝试"},
    Phrase{"Calendar", "休息日历"},
    Phrase{"none: rest days were not counted", "无：未计入休息日"},
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
    Phrase{"buffered", "已暂存"},
    Phrase{"delivered", "已送达设备"},
    Phrase{"undelivered", "未能送达"},
    Phrase{"part_delivered", "部分送达"},
    // the three questions
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

std::string_view say(Language language, std::string_view english) {
  if (language == Language::english) return english;
  if (const auto word = look_up(words, english)) return *word;
  if (const auto sentence = look_up(sentences(), english)) return *sentence;
  return look_up(certificate_phrases(), english).value_or(english);
}

std::string say(Language language, const Sentence& sentence) {
  std::string_view phrase = say(language, std::string_view(sentence.english));
  std::string said;
  while (!phrase.empty()) {
    const std::size_t open = std::min(phrase.find('{'), phrase.size());
    said += phrase.substr(0, open);
    phrase.remove_prefix(open);
    if (phrase.size() < 3) {
      said += phrase;
      break;
    }
    const auto index = static_cast<std::size_t>(phrase[1] - '0');
    const bool argument = phrase[2] == '}' && index < sentence.arguments.size();
    said += argument ? std::string_view(sentence.arguments[index]) : phrase.substr(0, 1);
    phrase.remove_prefix(argument ? 3 : 1);
  }
  return said;
}

}  // namespace duenotice::app
