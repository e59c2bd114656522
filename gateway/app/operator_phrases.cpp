#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // replays and decisions
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
        "confirmed by their provider, accepted for the sandbox while the channel is real now or the other "
        "way "
        "round, or behind another channel of their notice that has its turn.",
        "跳过：不会再次发送。它们正在进行或本来就在等待、已取消或无需发送、已在站内显示、已发送且所述日期已过"
        "、因逾期而搁置（请用 "
        "resolve "
        "处理）、已由服务商确认、受理时的传输方式（沙箱或真实渠道）与现在不同，或须等待该通知正在使用的"
        "另一渠道。"},
    Phrase{"Corrected: {0} of these wait to be sent anyway; they go out once, now, to the corrected address.",
           "更正：其中 {0} 次本来就在等待发送；将只发送一次，现在即按更正后的地址发出。"},
    Phrase{"Under way: {0} of these are being sent at this moment, as they are; look at them when that has "
           "ended.",
           "进行中：其中 {0} 次此刻正按原样发送；请待其结束后再查看。"},
    Phrase{"{0} delivery of them was sent already and is left out; --state sent or --channel sends it again.",
           "其中 {0} 次投递此前已发送，不在此列；用 --state sent 或 --channel 可再次发送。"},
    Phrase{"{0} deliveries of them were sent already and are left out; --state sent or --channel sends them "
           "again.",
           "其中 {0} 次投递此前已发送，不在此列；用 --state sent 或 --channel 可再次发送。"},
    Phrase{"{0} {1} was used with other words since {2}: put the old files back, or ship the change as a "
           "version of its own",
           "{0} {1} 自 {2} 起以另一份文本使用：请恢复原来的文件，或将改动作为单独的版本发布"},
    Phrase{"The corrected number has nothing to go with: no delivery by sms is here.",
           "更正的号码没有可用之处：所指通知没有短信投递。"},
    Phrase{"The corrected address has nothing to go with: no delivery by email is here.",
           "更正的地址没有可用之处：所指通知没有电子邮件投递。"},
    Phrase{
        "In another: a replay that is running has {0} of these already (`duenotice jobs`); wait until it is "
        "done, or some may be sent twice.",
        "重复选中：其中 {0} 次投递已在正在进行的重放中（见 `duenotice "
        "jobs`）；请等它完成，否则部分可能发送两次。"},
    Phrase{
        "the reload at {0} was REFUSED (mistakes: {1}), so what came before it stays in use; first {2}; mend "
        "it and reload again (`systemctl reload duenotice`, or SIGHUP)",
        "{0} 的重新加载被拒绝（错误 {1} 处），仍使用之前的内容；首个错误为 {2}；请更正后再次加载（`systemctl "
        "reload duenotice` 或 SIGHUP）"},
    Phrase{
        "it is not running: {0} requests wait in the queue, {1} deliveries are due, {2} are still to be made "
        "due by a replay (`duenotice jobs`), and nobody sends them. Start it with `systemctl start "
        "duenotice` or `duenotice serve`; if it ends again, its last lines say why: `journalctl -u duenotice "
        "-n 50`",
        "网关未运行：队列中有 {0} 个请求在等待，{1} 次投递已到期，另有 {2} 次待重放（`duenotice "
        "jobs`），无人发送。请用 `systemctl start duenotice` 或 `duenotice serve` "
        "启动；如再次退出，最后几行日志会说明原因：`journalctl -u duenotice -n 50`"},
    Phrase{
        "deliveries that wait for a later time: {0}, the first for {1}; they go out only if the gateway runs "
        "then",
        "有 {0} 次投递等待以后的时间，最早为 {1}；届时网关须在运行才会发出"},
    Phrase{"it is not running, and nothing is due yet; `systemctl start duenotice` or `duenotice serve` "
           "starts it",
           "网关未运行，目前尚无到期的内容；可用 `systemctl start duenotice` 或 `duenotice serve` 启动"},
    Phrase{"whether {0} is free cannot be seen by this user", "当前用户无法得知 {0} 是否空闲"},
    Phrase{"cannot be seen by this user", "当前用户无法得知"},
    Phrase{"Nothing fits: no delivery would be sent again.", "没有符合条件的投递：不会重新发送任何内容。"},
    Phrase{"`duenotice failed` says what waits for a person, and how to replay it.",
           "`duenotice failed` 会说明哪些须由人工处理，以及如何重发。"},
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
    Phrase{"waiting for a retry", "等待重试"},
    Phrase{"with our own relay, whose report is still to come", "已转交我方中继，尚待其报告"},
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
    Phrase{"accepted for the sandbox while the channel is real now, or the other way round",
           "受理时为沙箱而渠道现为真实，或相反"},
    Phrase{"shown in the inbox already", "已在站内显示"},
    Phrase{"names a date that has passed since: --accept-late sends it anyway",
           "其中所述日期已过：--accept-late 可仍予发送"},
    Phrase{"another replay is sending it again", "另一次重发正在发送"},
    Phrase{"its words cannot be made again: its version of the agreement is not loaded, or its channel not "
           "configured",
           "无法重新生成其文本：所用协议版本未加载，或渠道未配置"},
    // decisions, by their stable words
    Phrase{"stop_replay", "停止重发"},
    Phrase{"replay_stopped", "重发已停止"},
    Phrase{"the replay was stopped before they were sent", "在发出之前重发已被停止"},
    Phrase{"Nothing of it is started any more. What it had not sent is as it was before; what is under way "
           "is finished.",
           "不再发起其中任何一次。尚未发出的恢复原状；正在进行的会完成。"},
    Phrase{"There was no replay yet.", "还没有重发。"},
    Phrase{"There are no more replays.", "没有更多重发。"},
    Phrase{"JOB", "任务"},
    Phrase{"ASKED AT", "提出时间"},
    Phrase{"BY", "操作人"},
    Phrase{"ENDED", "已结束"},
    Phrase{"SELECTION", "选择"},
    Phrase{"REASON", "理由"},
    Phrase{"asked", "提出"},
    Phrase{"stopped", "已停止"},
    Phrase{"running", "进行中"},
    Phrase{"done", "已完成"},
    Phrase{"selection", "选择"},
    Phrase{"state", "状态"},
    Phrase{"breaker", "熔断器"},
    Phrase{"master key", "主密钥"},
    Phrase{"status events", "状态事件"},
    Phrase{"retry", "提前重试"},
    Phrase{"retry_early", "早于发布方要求的时间发送"},
    Phrase{"cancel", "取消"},
    Phrase{"resolve_resend", "决定重新发送"},
    Phrase{"resolve_not_sent", "确认未曾发出，继续发送"},
    Phrase{"resolve_provider_confirms", "服务商确认已收到"},
    Phrase{"resolve_effective_date", "改定生效日"},
    Phrase{"accept_late", "接受逾期发送"},
    Phrase{"release", "重新提交"},
    Phrase{"discard", "放弃"},
    // doctor: what waits for a person
    Phrase{"nothing waits for a person", "没有需要人工处理的事项"},
    Phrase{"{0} delivery failed, since {1}; `duenotice failed` says what to do",
           "有 {0} 次投递失败，始于 {1}；`duenotice failed` 会说明如何处理"},
    Phrase{"{0} deliveries failed, the first at {1}; `duenotice failed` says what to do",
           "有 {0} 次投递失败，最早于 {1}；`duenotice failed` 会说明如何处理"},
    Phrase{"{0} delivery is held, since {1}: a person must decide; `duenotice failed` says what",
           "有 {0} 次投递已搁置，始于 {1}：须由人工决定；`duenotice failed` 会说明"},
    Phrase{"{0} deliveries are held, the first since {1}: a person must decide; `duenotice failed` says what",
           "有 {0} 次投递已搁置，最早始于 {1}：须由人工决定；`duenotice failed` 会说明"},
    Phrase{"{0} notice was sent too late for its date, at {1}; `duenotice failed` says what to do",
           "有 {0} 个通知发送得晚于其日期所允许的期限，发送于 {1}；`duenotice failed` 会说明如何处理"},
    Phrase{"{0} notices were sent too late for their dates, the first at {1}; `duenotice failed` says what "
           "to do",
           "有 {0} 个通知发送得晚于其日期所允许的期限，最早发送于 {1}；`duenotice failed` 会说明如何处理"},
    Phrase{"{0} sent too late for their date: duenotice failed", "{0} 个发送过迟：duenotice failed"},
    Phrase{"too late", "逾期发送"},
    Phrase{"Too late", "逾期发送"},
    Phrase{"{0} rejected request is open, since {1}; `duenotice rejected --open` says what to change in it",
           "有 {0} 个被拒收的请求待处理，始于 {1}；`duenotice rejected --open` 会说明应如何修改"},
    Phrase{"{0} rejected requests are open, the first since {1}; `duenotice rejected --open` says what to "
           "change in each",
           "有 {0} 个被拒收的请求待处理，最早始于 {1}；`duenotice rejected --open` 会逐一说明应如何修改"},
    Phrase{"{0} dead letter waits for the broker, since {1}; it goes out by itself when the broker answers",
           "有 {0} 条死信等待消息代理，始于 {1}；代理应答后会自动发出"},
    Phrase{"{0} dead letters wait for the broker, the first since {1}; they go out by themselves when it "
           "answers",
           "有 {0} 条死信等待消息代理，最早始于 {1}；代理应答后会自动发出"},
    Phrase{"{0} relayed message has no report, which was due at {1}; see the log of Kannel, and that it "
           "reaches [channels.sms] report_url",
           "有 {0} 条已转交的消息没有报告，应于 {1} 前报告；请查看 Kannel 的日志，并确认它能访问 "
           "[channels.sms] report_url"},
    Phrase{"{0} relayed messages have no report, the first was due at {1}; see the log of Kannel, and that "
           "it reaches [channels.sms] report_url",
           "有 {0} 条已转交的消息没有报告，最早应于 {1} 前报告；请查看 Kannel 的日志，并确认它能访问 "
           "[channels.sms] report_url"},
    // failed
    Phrase{"{0} delivery", "{0} 次投递"},
    Phrase{"{0} deliveries", "{0} 次投递"},
    Phrase{"since {0}", "始于 {0}"},
    Phrase{"since {0}, the newest {1}", "最早始于 {0}，最近始于 {1}"},
    // evidence
    Phrase{"{0}, kept with decision {1} of {2} by {3}", "{0}，随 {3} 于 {2} 作出的决定 {1} 保存"},
    Phrase{"{0}, kept with decision {1} of {2} by {3}: the newest of {4}; name a decision to have another",
           "{0}，随 {3} 于 {2} 作出的决定 {1} 保存：共 {4} 份，此为最新；指明决定的编号可取其他"},
    // jobs
    Phrase{"{0} of {1}", "{0}/{1}"},
    Phrase{"at most {0} a second", "每秒最多 {0} 次"},
    // failed: ages
    Phrase{"{0} for less than an hour", "{0} 件不到一小时"},
    Phrase{"{0} for less than a day", "{0} 件不到一天"},
    Phrase{"{0} for less than seven days", "{0} 件不到七天"},
    Phrase{"{0} for seven days or longer", "{0} 件七天或更久"},
    Phrase{"{0} relayed message whose report is overdue", "{0} 条已转交的消息逾期未报告"},
    Phrase{"{0} relayed messages whose reports are overdue", "{0} 条已转交的消息逾期未报告"},
    Phrase{"{0} rejected request is open", "{0} 个被拒收的请求待处理"},
    Phrase{"{0} rejected requests are open", "{0} 个被拒收的请求待处理"},
    Phrase{"{0} dead letter waits for the broker", "{0} 条死信等待消息代理"},
    Phrase{"{0} dead letters wait for the broker", "{0} 条死信等待消息代理"},
    Phrase{
        "Your own Kannel took them, and no report came of whether a carrier did. Look into its log and its "
        "store. Then say so for each notice, or accept duplicates for all.",
        "您自己的 Kannel 已接收，但没有收到运营商是否接收的报告。请查看其日志和存储，然后逐个通知作出答复，"
        "或接受可能的重复而全部重发。"},
    Phrase{"Ask the provider what became of them. Then say so for each notice, or accept duplicates for all.",
           "请向服务商查询结果，然后逐个通知作出答复，或接受可能的重复而全部重发。"},
    Phrase{
        "They would miss the last lawful day of their effective date, or name a date that has passed. Give "
        "each a lawful effective date, or send it as it is, on record as such; or cancel it and publish it "
        "anew.",
        "已来不及赶上其生效日所允许的最后发送日，或其中所述日期已过。请逐个给出合法的生效日，或按原样发送并记"
        "录"
        "在案；也可取消后重新发布。"},
    Phrase{
        "They were sent after the last day that is lawful for their date, so they may have no effect on it. "
        "Publish each anew with a later date if its effect is needed; then say for each that you know.",
        "它们在其日期所允许的最后发送日之后才发出，因此可能不对该日期生效。如仍需生效，请以更晚的日期重新发布"
        "；"
        "然后逐个声明已知悉。"},
    Phrase{"The other side refused them. See in the notice what it said; correct the address of one, or mend "
           "the cause and send all again.",
           "对方拒绝了这些消息。请在通知中查看其答复；可更正某个通知的地址，或排除原因后全部重发。"},
    Phrase{"A person ended them on the provider's word. Their notices have a legal date, were cancelled, or "
           "another channel of them waits for a person.",
           "已由人工根据服务商的确认结束。相应通知已有法定送达日、已取消，或有另一渠道待人工处理。"},
    Phrase{"The provider says that it has them. That makes no legal date, and no channel of their notices is "
           "left: tell the recipients in another way that the clause allows, or send them a second time.",
           "服务商称已收到这些消息。这不产生法定送达日，且相应通知已无其他渠道：请以条款允许的其他方式告知"
           "收件人，或再次发送。"},
    Phrase{
        "The provider's word makes no legal date, and no channel is left: tell the recipient in another way "
        "that the clause allows, or send it a second time with `resolve --resend`.",
        "服务商的确认不产生法定送达日，且已无其他渠道：请以条款允许的其他方式告知收件人，或用 "
        "`resolve --resend` 再次发送。"},
    Phrase{"Nothing has to be done: their notices have a legal date, or were cancelled.",
           "无需处理：相应通知已有法定送达日，或已取消。"},
    Phrase{"Nothing has to be done yet: another channel of their notices is still tried.",
           "暂无需处理：相应通知的其他渠道仍在尝试。"},
    Phrase{"They were accepted for the sandbox and the channel is real now, or the other way round. They go "
           "out when the channel is again as it was; or cancel them.",
           "受理时渠道为沙箱而现在为真实渠道，或者相反。渠道恢复原状后即会发送；也可以取消这些通知。"},
    Phrase{"Mend the cause, then send them again: first count, then do it without --dry-run.",
           "请先排除原因，再重发：先计数，然后去掉 --dry-run 执行。"},
};

}  // namespace

std::span<const Phrase> operator_phrases() { return table; }

}  // namespace duenotice::app
