#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // what is not there
    Phrase{"there is no notice {0}; `duenotice list` names those that there are, `duenotice rejected` what "
           "was refused",
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
    Phrase{"that is decided already: its provider confirmed that it has it; `duenotice show` has the "
           "statement and its evidence",
           "此前已经决定：服务商已确认收到；确认内容和证据见 `duenotice show`"},
    Phrase{"it is held because it is late; give it a lawful date with --effective-date, or send it as it is "
           "with --accept-late",
           "因逾期而搁置；请用 --effective-date 给出合法的生效日，或用 --accept-late 按原样发送"},
    Phrase{"its provider confirmed that it has it; --resend sends it again, marked as a duplicate",
           "服务商已确认收到；--resend 会再次发送，并注明可能重复"},
    Phrase{
        "nothing is to be resolved: the delivery by {0} is {1}, and no attempt of it ended without an answer",
        "没有需要决定的事项：经 {0} 的投递状态为“{1}”，且没有未得到答复的尝试"},
    Phrase{"no delivery of it is held because it is late; the notice is {0}",
           "没有因逾期而搁置的投递；该通知状态为“{0}”"},
    Phrase{"with that date {0}; only the effective date can be corrected here, so cancel the notice and "
           "publish it anew if another date is wrong",
           "按该日期：{0}；此处只能更正生效日，如其他日期有误，请取消该通知并重新发布"},
    Phrase{"some of it was sent, relayed or may have gone out with the present date, so it cannot be given "
           "another; use --accept-late",
           "已有内容按现有日期发出、转交或可能已发出，不能改定日期；请用 --accept-late"},
    Phrase{"with {0} days' notice the earliest lawful date is {1}",
           "须提前 {0} 天通知，最早的合法日期为 {1}"},
    Phrase{"its words cannot be made again: version {0} of its agreement is not loaded any more, or a "
           "channel of it is not configured",
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
    Phrase{"nothing of it waits for a due time (it is {0}); a failed or held delivery goes on with `replay` "
           "or `resolve`",
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
    Phrase{"something was taken under this source and id before and is not kept any more; give it an id of "
           "its own with "
           "--edit",
           "此 source 和 id 下曾接收过的内容已不再保存；请用 --edit 另给一个 id"},
    Phrase{"notice {0} was accepted under this source and id with another content; give it an id of its own "
           "with --edit",
           "通知 {0} 已用同样的来源和编号受理，但内容不同；请用 --edit 给它单独的编号"},
    // orders of a person, however they came
    Phrase{"'{0}' is nothing that an operator can do", "运维人员不能执行“{0}”"},
    Phrase{"'{0}' must be given and not be blank", "必须给出 {0}，且不得为空白"},
    Phrase{"'{0}' must be given and not be empty", "必须给出 {0}，且不得为空"},
    Phrase{"'{0}' must be given", "必须给出 {0}"},
    Phrase{"'{0}' must be a text", "{0} 必须是文本"},
    Phrase{"'{0}' is no channel; use email, in_site or sms", "{0} 不是渠道；请用 email、in_site 或 sms"},
    Phrase{"'{0}' is no instant such as 2026-07-01T09:00:00Z", "{0} 不是形如 2026-07-01T09:00:00Z 的时刻"},
    Phrase{"'{0}' is no date such as 2026-07-01", "{0} 不是形如 2026-07-01 的日期"},
    Phrase{"'{0}' must be base64", "{0} 必须是 base64"},
    Phrase{"'{0}' is not base64", "{0} 不是 base64"},
    Phrase{"'{0}' must be a number from 0 to {1}", "{0} 必须是 0 至 {1} 的数"},
    Phrase{"'{0}' must be true or false", "{0} 必须是 true 或 false"},
    Phrase{"'{0}' must be failed, held or sent", "{0} 必须是 failed、held 或 sent"},
    Phrase{"'{0}' must be an object", "{0} 必须是对象"},
    Phrase{"'notices' must be a list of notice ids", "notices 必须是通知编号的列表"},
    Phrase{"name at most {0} notices at once", "一次最多指明 {0} 个通知"},
    Phrase{"'{0}' is no filter of a replay", "{0} 不是重发的筛选条件"},
    Phrase{"beside 'notices' only 'channel' and 'state' narrow a replay, not '{0}'",
           "指明 notices 时，只能再用 channel 和 state 缩小重发范围，不能用 {0}"},
    Phrase{"give 'email' or 'phone', not both", "email 与 phone 只能给出其一"},
    Phrase{"there is no rejected request {0}", "没有被拒收的请求 {0}"},
    Phrase{"there is no rejection {0} to list after", "没有被拒收的请求 {0}，无法从其后列出"},
    Phrase{"it would be rejected again: {0}: {1}", "仍会被拒收：{0}：{1}"},
    Phrase{"the gateway at {0} took the order and did not answer ({1}): it may still carry it out",
           "位于 {0} 的网关已收到命令但没有答复（{1}）：它可能仍会执行"},
    Phrase{"the gateway at {0} did not answer: {1}; try again", "位于 {0} 的网关没有答复：{1}；请重试"},
    Phrase{"the gateway's answer is none of its own; is another program there?",
           "答复不是网关的；该处是否另有程序？"},
    Phrase{"what answers at {0} is no gateway; is another program at the socket?",
           "{0} 处应答的不是网关；该套接字是否另有程序使用？"},
    Phrase{"with notice at the latest on the day before the earliest lawful date is {0}",
           "须至迟提前一天通知，最早的合法日期为 {0}"},
    // what a notice has not
    Phrase{"notice {0} has no revision {1} of its message for {2}; there is revision {3}",
           "通知 {0} 没有 {2} 消息的第 {1} 版；现有第 {3} 版"},
    Phrase{"notice {0} has no revision {1} of its message for {2}; there are revisions {3}",
           "通知 {0} 没有 {2} 消息的第 {1} 版；现有各版：{3}"},
    Phrase{"notice {0} has no revision {1} of its message for {2}; it has no message at all",
           "通知 {0} 没有 {2} 消息的第 {1} 版；它没有任何消息"},
    Phrase{"notice {0} has no revision {1} of its message for {2}; it has one for {3}",
           "通知 {0} 没有 {2} 消息的第 {1} 版；它有 {3} 消息"},
    Phrase{"notice {0} has no revision {1} of a message for {2}", "通知 {0} 没有 {2} 消息的第 {1} 版"},
    Phrase{"notice {0} has no message for {1}; there is revision {2}",
           "通知 {0} 没有 {1} 消息；现有第 {2} 版"},
    Phrase{"notice {0} has no message for {1}; there are revisions {2}",
           "通知 {0} 没有 {1} 消息；现有各版：{2}"},
    Phrase{"notice {0} has no message for {1}; it has no message at all",
           "通知 {0} 没有 {1} 消息；它没有任何消息"},
    Phrase{"notice {0} has no message for {1}", "通知 {0} 没有 {1} 消息"},
    Phrase{"what notice {0} said was erased", "通知 {0} 的内容已清除"},
    Phrase{"no notice was accepted for request {0} of {1}; `duenotice list` names those that there are, "
           "`duenotice "
           "rejected` what was refused",
           "没有受理过 {1} 的请求 {0}；`duenotice list` 列出已受理的，`duenotice rejected` 列出被拒收的"},
    Phrase{"no notice was accepted for request {0} of {1}", "没有受理过 {1} 的请求 {0}"},
    Phrase{"no evidence was kept with {0}", "{0} 没有保存证据"},
    // filters
    Phrase{"--code: no request is refused with the code \"{0}\"; did you mean {1}?",
           "--code：没有以“{0}”为代码的拒收；是否指 {1}？"},
    Phrase{"--code: no request is refused with the code \"{0}\"; `duenotice rejected` shows the codes that "
           "there are",
           "--code：没有以“{0}”为代码的拒收；`duenotice rejected` 会显示现有的代码"},
    Phrase{"accepted, rejected, held, deemed_delivered, failed or cancelled",
           "accepted、rejected、held、deemed_delivered、failed 或 cancelled"},
    Phrase{"the sequence of an event", "事件的序号"},
    Phrase{"a REJECTION_ID, the first column of `duenotice rejected`",
           "拒收编号，即 `duenotice rejected` 的第一列"},
    Phrase{"there is no version {0}; name ID@VERSION, which `duenotice agreements show` lists, or the folder "
           "of a version",
           "没有版本 {0}；请写 ID@VERSION（`duenotice agreements show` 会列出），或某一版本的目录"},
    Phrase{"there is no statement of {0}: one is made after each day, while an evidence log is kept and "
           "serve runs",
           "没有 {0} 的声明：保存证据日志且 serve 运行期间，每日结束后作出一份"},
    Phrase{"no numbered request of {0} has come", "没有收到过 {0} 的编号请求"},
};

}  // namespace

std::span<const Phrase> order_errors() { return table; }

}  // namespace duenotice::app
