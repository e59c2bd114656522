#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "gateway/app/phrase_table.hpp"
#include "gateway/app/phrases.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // what is not there
    Phrase{
        "there is no notice {0}; `duenotice list` names those that there are, `duenotice rejected` what was "
        "refused",
        "没有通知 {0}；`duenotice list` 列出现有的通知，`duenotice rejected` 列出被拒收的请求"},
    Phrase{"the gateway at {0} took the order and did not answer ({1}): it may still carry it out; look with "
           "`duenotice {2}` before you give it again",
           "位于 {0} 的网关已收到命令但没有答复（{1}）：它可能仍会执行；再次下达之前，请先用 `duenotice {2}` "
           "查看"},
    Phrase{"there is no notice {0}", "没有通知 {0}"},
    Phrase{"there is no rejected request {0}; `duenotice rejected` lists those that there are",
           "没有被拒收的请求 {0}；`duenotice rejected` 列出现有的"},
    Phrase{"there is no replay {0}; `duenotice jobs` lists them",
           "没有重发任务 {0}；`duenotice jobs` 列出现有的"},
    Phrase{"there is no replay {0}", "没有重发任务 {0}"},
    Phrase{"no evidence was kept with notice {0} for '{1}'; there is none at all",
           "通知 {0} 没有与“{1}”对应的证据；它没有任何证据"},
    Phrase{"no evidence was kept with notice {0} for '{1}'; there is: {2}",
           "通知 {0} 没有与“{1}”对应的证据；现有：{2}"},
    Phrase{"--digest goes with --raw or --evidence: say of which bytes",
           "--digest 须与 --raw 或 --evidence 同用：请说明是哪些字节的摘要"},
    Phrase{"the journal took nothing; repeat it when the gateway runs again",
           "日志库没有写入任何内容；请在网关重新运行后重试"},
    // stopping a replay
    Phrase{"this replay was stopped by a person (`duenotice jobs show {0}` says by whom and why) and does "
           "not go on; to send what it left, give another --reason",
           "此重发已由人停止（`duenotice jobs show {0}` "
           "会说明由谁、为何），不再继续；如需发送其余，请给出另一个 --reason"},
    Phrase{"it was stopped already", "此前已经停止"},
    Phrase{"it has ended: nothing of it is left that could be stopped", "它已结束：没有可以停止的内容"},
    // whether a gateway does its work
    Phrase{"the gateway at {0} runs and does not answer: it hangs", "{0} 处的网关在运行但不应答：它卡死了"},
    Phrase{"the gateway hangs: these threads stand still: {0}", "网关卡死：以下线程停滞：{0}"},
    // before its time
    Phrase{"its publisher demanded that it is not sent before {0}; it goes out then by itself. To send it "
           "before that time all the same, say so with --before-its-time, and why with --reason",
           "发布方要求不早于 {0} 发送；届时会自行发出。若仍要提前发送，请用 --before-its-time 说明，并用 "
           "--reason 说明原因"},
    Phrase{"--before-its-time needs a --reason of your own: say why it goes out before the time that its "
           "publisher demanded; auditors read it",
           "--before-its-time 需要您自己的 --reason：请说明为何早于发布方要求的时间发送；审计人员会看到"},
    Phrase{"there is no journal at {0} yet", "{0} 处还没有日志库"},
    Phrase{"notice {0} has no message for {1}; it has one for {2}", "通知 {0} 没有 {1} 消息；它有 {2} 消息"},
    Phrase{"the notice has no delivery by {0}; it has {1}", "该通知没有渠道 {0}；它有 {1}"},
    // resolve
    Phrase{"an attempt by {0} is under way; wait for its outcome", "经 {0} 的一次尝试正在进行；请等待其结果"},
    Phrase{"it was sent by {0} already; a further sending is a `replay`",
           "已经由 {0} 发出；如需再次发送，请用 `replay`"},
    Phrase{"nothing was ever handed over by {0}, so its provider cannot have it",
           "从未经 {0} 交付过任何内容，服务商不可能已收到"},
    Phrase{
        "that is decided already: its provider confirmed that it has it; `duenotice show` has the statement "
        "and its evidence",
        "此前已经决定：服务商已确认收到；确认内容和证据见 `duenotice show`"},
    Phrase{"it is held because it is late; give it a lawful date with --effective-date, or send it as it is "
           "with --accept-late",
           "因逾期而搁置；请用 --effective-date 给出合法的生效日，或用 --accept-late 按原样发送"},
    Phrase{"its provider confirmed that it has it; --resend sends it again, marked as a duplicate",
           "服务商已确认收到；--resend 会再次发送，并注明可能重复"},
    Phrase{"nothing is to be resolved: the delivery by {0} is {1}, and no attempt of it ended without an "
           "answer",
           "没有需要决定的事项：经 {0} 的投递状态为“{1}”，且没有未得到答复的尝试"},
    Phrase{"no delivery of it is held because it is late; the notice is {0}",
           "没有因逾期而搁置的投递；该通知状态为“{0}”"},
    Phrase{
        "with that date {0}; only the effective date can be corrected here, so cancel the notice and publish "
        "it anew if another date is wrong",
        "按该日期：{0}；此处只能更正生效日，如其他日期有误，请取消该通知并重新发布"},
    Phrase{"some of it was sent, relayed or may have gone out with the present date, so it cannot be given "
           "another; use --accept-late",
           "已有内容按现有日期发出、转交或可能已发出，不能改定日期；请用 --accept-late"},
    Phrase{"with {0} days' notice the earliest lawful date is {1}",
           "须提前 {0} 天通知，最早的合法日期为 {1}"},
    Phrase{
        "its words cannot be made again: version {0} of its agreement is not loaded any more, or a channel "
        "of it is not configured",
        "无法重新生成其文本：协议版本 {0} 已不再加载，或其某个渠道未配置"},
    Phrase{
        "say what is decided, one of --resend, --not-sent, --provider-confirms, --effective-date and "
        "--accept-late",
        "请说明决定，在 --resend、--not-sent、--provider-confirms、--effective-date、--accept-late 中选一"},
    Phrase{"--accept-late and --effective-date are about the whole notice; leave --channel out",
           "--accept-late 和 --effective-date 针对整个通知；请去掉 --channel"},
    Phrase{"say with --channel which delivery it is about: email, in_site or sms",
           "请用 --channel 说明针对哪个渠道：email、in_site 或 sms"},
    Phrase{"--provider-confirms needs --evidence FILE, the file that proves it",
           "--provider-confirms 需要 --evidence FILE，即证明文件"},
    // cancel and retry
    Phrase{"it is cancelled already", "此前已经取消"},
    Phrase{"it was sent by {0} already and cannot be called back", "已经由 {0} 发出，无法撤回"},
    Phrase{"its provider says that it has it by {0}, so it cannot be called back",
           "服务商称已收到经 {0} 的消息，无法撤回"},
    Phrase{"an attempt by {0} ended without an answer, so the recipient may have it; find out and use "
           "`resolve` first",
           "经 {0} 的一次尝试没有得到答复，收件人可能已经收到；请先查明并使用 `resolve`"},
    Phrase{
        "nothing of it waits for a due time (it is {0}); a failed or held delivery goes on with `replay` or "
        "`resolve`",
        "没有等待发送时间的投递（状态为“{0}”）；失败或搁置的投递请用 `replay` 或 `resolve` 继续"},
    // replay
    Phrase{"nobody can be asked here; add --yes to replay without a question",
           "此处无法询问；如不需询问即重发，请加上 --yes"},
    Phrase{"name notices, or say with --state failed, held or sent which deliveries are to be sent again",
           "请指明通知，或用 --state failed、held 或 sent 说明要重发哪些投递"},
    Phrase{"{0} does not go with notices that are named; leave one of the two out",
           "{0} 不能与指明的通知同用；请去掉其中之一"},
    Phrase{"--email is no address that mail can be sent to", "--email 不是可以投递的邮件地址"},
    Phrase{"--phone is no number such as +8613800138000", "--phone 不是形如 +8613800138000 的号码"},
    Phrase{"the corrected address is none of the channel {0}; leave the channel out",
           "更正的地址不属于渠道 {0}；请去掉 --channel"},
    Phrase{"a corrected address is for notices that are named by their ids; name them",
           "更正地址只用于指明编号的通知；请指明"},
    Phrase{"a corrected address is for notices of one account; give one command for each account",
           "更正地址只用于同一账户的通知；请为每个账户各执行一次命令"},
    Phrase{"nothing fits: no delivery would be sent again", "没有符合条件的投递：不会重新发送任何内容"},
    Phrase{"'{0}' is too long; at most {1} bytes", "{0} 过长；最多 {1} 字节"},
    // rejected requests
    Phrase{"it was discarded already", "此前已经放弃"},
    Phrase{"it was released already and became {0}", "此前已重新提交，成为 {0}"},
    Phrase{"it would be rejected again: {0} at {1}: {2}", "仍会被拒收：{0}，位于 {1}：{2}"},
    Phrase{"only the beginning of its body was kept; give a whole one with --edit",
           "只保留了请求正文的开头；请用 --edit 给出完整的正文"},
    Phrase{"notice {0} was accepted under this source and id with another content; give it an id of its own "
           "with --edit",
           "通知 {0} 已用同样的来源和编号受理，但内容不同；请用 --edit 给它单独的编号"},
    // why requests are refused
    Phrase{"this field is not part of a request here; remove it", "请求中没有这个字段；请删除"},
    Phrase{"the field {0} is missing; add it", "缺少字段 {0}；请补上"},
    Phrase{"the field {0} must be a string", "字段 {0} 必须是字符串"},
    Phrase{"the field channels must be a list of at least one channel; leave it out to use all",
           "字段 channels 必须列出至少一个渠道；如用全部渠道，请省略该字段"},
    Phrase{"the field {0} must be a day that exists, written YYYY-MM-DD",
           "字段 {0} 必须是实际存在的日期，写作 YYYY-MM-DD"},
    Phrase{"the field {0} must be an RFC 3339 instant with its offset, such as 2026-03-31T09:00:00+08:00",
           "字段 {0} 必须是带时区偏移的 RFC 3339 时刻，如 2026-03-31T09:00:00+08:00"},
    Phrase{"the field {0} must be an E.164 number: a plus sign, the country code and the number, 7 to 15 "
           "digits",
           "字段 {0} 必须是 E.164 号码：加号、国家代码和号码，共 7 至 15 位数字"},
    Phrase{
        "the field {0} must be one address of the form local@domain without spaces, quotes, angle brackets "
        "or controls, with at most 64 bytes before the @ and 254 in all",
        "字段 {0} 必须是一个形如 local@domain 的地址，不含空格、引号、尖括号或控制字符，"
        "@ 前至多 64 字节，总共至多 254 字节"},
    Phrase{"this channel is not served; use email, in_site or sms",
           "不支持这个渠道；请用 email、in_site 或 sms"},
    Phrase{"there is no agreement with this id; `duenotice agreements show` lists those that exist",
           "没有这个编号的协议；`duenotice agreements show` 会列出现有的协议"},
    Phrase{"the agreement has no such version; leave it out to use the one in force",
           "该协议没有这个版本；省略即使用现行版本"},
    Phrase{"the agreement has no notice of this kind; `duenotice agreements show` lists its kinds",
           "该协议没有这种通知；`duenotice agreements show` 会列出其种类"},
    Phrase{"the agreement has no texts in this language; use one of {0}", "该协议没有此语言的文本；可用 {0}"},
    Phrase{"this kind has a lead time of {0} days; say in effective_date from which day the notice takes "
           "effect",
           "此类通知须提前 {0} 天；请在 effective_date 中写明通知自何日起生效"},
    Phrase{"clause {0} asks for notice at the latest on the day before; the earliest lawful effective date "
           "is now "
           "{1}",
           "第 {0} 条要求最迟于前一日通知；现在最早的合法生效日为 {1}"},
    Phrase{"clause {0} asks for {1} days' notice; the earliest lawful effective date is now {2}",
           "第 {0} 条要求提前 {1} 天通知；现在最早的合法生效日为 {2}"},
    Phrase{
        "what this kind announces does not begin with its sending; say in effective_date from which day the "
        "notice takes effect",
        "此类通知的事项并非自发送之日开始；请在 effective_date 中写明通知自何日起生效"},
    Phrase{"{0} must not be before the day on which the notice is sent, at the earliest {1}; a reader would "
           "find "
           "it past, so give a later day",
           "{0} 不得早于通知的发送之日，最早为 {1}；否则收件人读到时日期已过，请改用更晚的日期"},
    Phrase{"{0} must not be after the day on which the notice is sent, at the earliest {1}; it says what has "
           "happened, so give that day",
           "{0} 不得晚于通知的发送之日，最早为 {1}；它说明已经发生的事项，请填写发生之日"},
    Phrase{
        "{0} must be at least {1} months before the day on which the notice is sent, so not after {2}; the "
        "clause asks for that time",
        "{0} 必须比通知发送之日早至少 {1} 个月，即不得晚于 {2}；条款要求满此期限"},
    Phrase{"{0} must not be before {1}, the day from which this version of the agreement is in force",
           "{0} 不得早于本版协议的生效日 {1}"},
    Phrase{"{0} must not be before {1}; correct one of the two", "{0} 不得早于 {1}；请更正其中之一"},
    Phrase{"{0} must not be after {1}; correct one of the two", "{0} 不得晚于 {1}；请更正其中之一"},
    Phrase{"{0} must be before {1}; correct one of the two", "{0} 必须早于 {1}；请更正其中之一"},
    Phrase{
        "the text of the SMS is too long: with these variables it has {0} characters, which is {1} segments "
        "in "
        "{2}, and [channels.sms] max_segments allows {3}; shorten the variables, {4} first, or leave the "
        "channel {5} out: name the others in 'channels'",
        "短信文本过长：按这些变量共 {0} 个字符，{2} 编码 {1} 条，而 [channels.sms] max_segments 允许 {3} 条；"
        "请缩短变量，首先是 {4}，或不使用渠道 {5}：在 channels 中只写其他渠道"},
    Phrase{"The variable '{0}' must be one of {1}.", "变量 {0} 必须是 {1} 之一。"},
    Phrase{"clause {0} does not allow the channel {1} for {2}; name only {3}",
           "第 {0} 条不允许 {2} 使用渠道 {1}；只能写 {3}"},
    Phrase{"the channel {0} is not configured in this gateway; leave it out or configure it",
           "本网关未配置渠道 {0}；请去掉或加以配置"},
    Phrase{"the channel {0} needs {1}; add it or leave the channel out",
           "渠道 {0} 需要 {1}；请补上，或去掉该渠道"},
    Phrase{"notice {0} was accepted under this source and id with another content; publish the new content "
           "under an id of its own",
           "通知 {0} 已用同样的来源和编号受理，但内容不同；请用单独的编号发布新内容"},
    // words of the command line
    Phrase{"--reason is missing: say why in your own words; auditors read it",
           "缺少 --reason：请用自己的话说明理由，审计人员会阅读"},
    Phrase{"{0} must be {1}, not \"{2}\"", "{0} 必须是 {1}，而不是“{2}”"},
    Phrase{"--since {0} does not lie before the end of --until {1}, so nothing could match; swap them",
           "--since {0} 不早于 --until {1} 的末尾，不会有任何结果；请对调"},
    Phrase{"--from {0} lies behind --to {1}, so nothing could match; swap them",
           "--from {0} 晚于 --to {1}，不会有任何结果；请对调"},
    Phrase{"a date such as 2026-07-01", "形如 2026-07-01 的日期"},
    Phrase{"a date such as 2026-07-01 or an instant such as 2026-07-01T09:00:00+08:00",
           "形如 2026-07-01 的日期，或形如 2026-07-01T09:00:00+08:00 的时刻"},
    Phrase{"a NOTICE_ID, the first column of `duenotice list`", "通知编号，即 `duenotice list` 的第一列"},
    Phrase{"a NOTICE_ID, the last column of `duenotice audit`", "通知编号，即 `duenotice audit` 的最后一列"},
    Phrase{"failed, held or sent", "failed、held 或 sent"},
    Phrase{"email, in_site or sms", "email、in_site 或 sms"},
    Phrase{"accepted, sending, deemed_delivered, held, failed or cancelled",
           "accepted、sending、deemed_delivered、held、failed 或 cancelled"},
    // what the machine has or has not
    Phrase{"no gateway is running: nobody answers at {0}", "网关没有运行：{0} 无人应答"},
    Phrase{"no right to use the control socket {0}; run this as the gateway's own user",
           "无权使用控制套接字 {0}；请以网关自己的用户运行"},
    Phrase{
        "whether a gateway runs and what waits for it cannot be seen by this user; run this as the gateway's "
        "own user",
        "当前用户无法得知网关是否在运行、是否有内容等待处理；请以网关自己的用户运行"},
    Phrase{"{0} cannot be seen by this user; run this as the gateway's own user",
           "当前用户无法查看 {0}；请以网关自己的用户运行"},
    Phrase{"no right to read {0}; run this as the gateway's own user",
           "无权读取 {0}；请以网关自己的用户运行"},
    Phrase{"the disk is full: nothing was recorded; free some space and repeat it",
           "磁盘已满：没有记录任何内容；请腾出空间后重试"},
    Phrase{"the agreements have 1 mistake, in {0}\n`duenotice agreements check` lists all of them",
           "协议有 1 处错误：{0}\n`duenotice agreements check` 会列出全部"},
    Phrase{
        "the agreements have {0} mistakes, the first in {1}\n`duenotice agreements check` lists all of them",
        "协议有 {0} 处错误，第一处：{1}\n`duenotice agreements check` 会列出全部"},
    Phrase{"the calendar has 1 mistake, in {0}\n`duenotice agreements check` lists all of them",
           "休息日历有 1 处错误：{0}\n`duenotice agreements check` 会列出全部"},
    Phrase{"the calendar has {0} mistakes, the first in {1}\n`duenotice agreements check` lists all of them",
           "休息日历有 {0} 处错误，第一处：{1}\n`duenotice agreements check` 会列出全部"},
    Phrase{
        "agreements and calendar have {0} mistakes, the first in {1}\n`duenotice agreements check` lists all "
        "of them",
        "协议和休息日历有 {0} 处错误，第一处：{1}\n`duenotice agreements check` 会列出全部"},
    Phrase{"no evidence log is kept here: set [evidence] origin, run `duenotice log init` and start the "
           "gateway again; where the configuration is another one, name it with --config",
           "此处未保存证据日志：请设置 [evidence] origin，运行 `duenotice log init`，并重新启动网关；"
           "若配置文件是另一个，请用 --config 指明"},
    Phrase{"requests waiting: {0}, dead letters: {1} ({2})", "等待中的请求：{0}，死信：{1}（{2}）"},
};

/// What stands in the places of `pattern` when it has the form of the whole `text`.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view text) {
  std::vector<std::string> arguments;
  for (;;) {
    const std::size_t open = pattern.find('{');
    if (open == std::string_view::npos) return text == pattern ? std::optional(arguments) : std::nullopt;
    if (text.substr(0, open) != pattern.substr(0, open)) return std::nullopt;
    pattern.remove_prefix(open + 3);  // places have one digit and come in their order
    text.remove_prefix(open);
    const std::string_view behind = pattern.substr(0, pattern.find('{'));
    const std::size_t end = pattern.size() == behind.size()
                                ? text.size() - std::min(behind.size(), text.size())
                                : text.find(behind);
    if (end == std::string_view::npos) return std::nullopt;
    arguments.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

}  // namespace

std::span<const Phrase> error_sentences() { return table; }

std::string say_text(Language language, std::string_view english) {
  if (language == Language::english) return std::string(english);
  for (const std::span<const Phrase> phrases : {std::span<const Phrase>(table), erasure_sentences()}) {
    for (const Phrase& phrase : phrases) {
      auto arguments = match(phrase.english, english);
      if (!arguments) continue;
      for (std::string& argument : *arguments)
        argument = std::string(say(language, std::string_view(argument)));
      return say(language, Sentence(std::string(phrase.english), std::move(*arguments)));
    }
  }
  const std::size_t subject = english.find(": ");
  if (subject == std::string_view::npos) return std::string(english);
  return std::string(english.substr(0, subject + 2)) + say_text(language, english.substr(subject + 2));
}

}  // namespace duenotice::app
