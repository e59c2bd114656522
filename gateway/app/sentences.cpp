#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // doctor: configuration and agreements
    Phrase{"{0} is valid", "{0} 有效"},
    Phrase{"there is no file, so the embedded defaults hold but for what the environment sets: journal {0}, "
           "queue {1}, email {2}, SMS {3}; start from share/duenotice/example.toml",
           "没有配置文件，除环境变量另有设置外使用内置默认值：日志库 {0}，队列 {1}，邮件 {2}，短信 {3}；可从 "
           "share/duenotice/example.toml 开始编写"},
    Phrase{"1 mistake in {1}; `duenotice agreements check` names it",
           "{1} 中有 1 处错误；`duenotice agreements check` 会指出它"},
    Phrase{"{0} mistakes in {1}; `duenotice agreements check` names each",
           "{1} 中有 {0} 处错误；`duenotice agreements check` 会逐一指出"},
    Phrase{"valid, in {2} (versions: {0}, kinds of notice: {1})",
           "有效，位于 {2}（版本 {0} 个，通知种类 {1} 个）"},
    Phrase{"{0} does not know {1}: periods that end in it are counted without rest days; add the year as its "
           "decree says",
           "{0} 没有 {1} 年的数据：期限最后一日在该年的，未计入休息日；请按照国务院的放假通知补充该年"},
    Phrase{"{0} knows the rest days of {1}", "{0} 含有以下年份的休息日：{1}"},
    // doctor: journal
    Phrase{"there is none at {0} yet; the first `duenotice serve` makes it",
           "{0} 尚不存在；首次运行 `duenotice serve` 时会创建"},
    Phrase{"{0} does not exist, and `duenotice serve` could not make it: {1}; name a place in [{2}] url that "
           "can be written, or run this as the gateway's own user",
           "{0} 不存在，`duenotice serve` 也无法创建它：{1}；请在 [{2}] url 中指定可写的位置，"
           "或以网关自己的用户运行"},
    Phrase{"{0}; stop the gateway, keep a copy of the journal and restore the last backup",
           "{0}；请停止网关，保留日志库副本，并恢复最近的备份"},
    Phrase{"readable, all {0} events are without a gap", "可读，全部 {0} 条事件连续无缺"},
    Phrase{"readable, the last {0} events are without a gap; --deep checks all",
           "可读，最近 {0} 条事件连续无缺；--deep 检查全部"},
    // doctor: gateway
    Phrase{"it is not running, and nothing waits for it; `systemctl start duenotice` or `duenotice serve` "
           "starts it",
           "网关未运行，目前没有等待处理的内容；可用 `systemctl start duenotice` 或 `duenotice serve` 启动"},
    Phrase{
        "it is not running: {0} requests wait in the queue and {1} deliveries are due, and nobody sends "
        "them. Start it with `systemctl start duenotice` or `duenotice serve`; if it ends again, its last "
        "lines say why: `journalctl -u duenotice -n 50`",
        "网关未运行：队列中有 {0} 个请求在等待，{1} 次投递已到期，无人发送。请用 `systemctl start duenotice` "
        "或 `duenotice serve` 启动；若再次退出，原因见其最后几行日志：`journalctl -u duenotice -n 50`"},
    Phrase{"process {0} has the journal and does not answer: a gateway that starts or stops. Look again in a "
           "minute; if it stays so, `journalctl -u duenotice -n 50` says what it is at",
           "进程 {0} 占有日志库但不应答：网关正在启动或停止。请一分钟后再看；若仍如此，`journalctl -u "
           "duenotice -n 50` 会说明它在做什么"},
    Phrase{"it HANGS: it runs and does not answer. See first whether its disk hangs (`dmesg`, `df`); else "
           "restart it with `systemctl restart duenotice`, or end its process with SIGKILL and run "
           "`duenotice serve`. Nothing that it acknowledged is lost",
           "网关卡死：进程在运行但不应答。请先看磁盘是否卡住（`dmesg`、`df`）；否则用 `systemctl restart "
           "duenotice` 重启，或以 SIGKILL 结束其进程后运行 `duenotice serve`。已确认的内容不会丢失"},
    Phrase{
        "it HANGS: it runs, and {0} stand still. See first whether its disk hangs (`dmesg`, `df`); else "
        "restart it with `systemctl restart duenotice`, or end its process with SIGKILL and run `duenotice "
        "serve`. Nothing that it acknowledged is lost",
        "网关卡死：进程在运行，但以下线程停滞：{0}。请先看磁盘是否卡住（`dmesg`、`df`）；否则用 `systemctl "
        "restart duenotice` 重启，或以 SIGKILL 结束其进程后运行 `duenotice serve`。已确认的内容不会丢失"},
    Phrase{"it takes no notices because its disk is nearly full; make room (the check of the disk below says "
           "how much)",
           "磁盘将满，网关已停止受理通知；请腾出空间（所需大小见下面的磁盘检查）"},
    Phrase{"it takes no notices because it cannot reach its queue: {0}; see the check of the queue below",
           "网关无法连接队列，已停止受理通知：{0}；请看下面的队列检查"},
    Phrase{"publishers are told nothing at present: {0}; they are told everything when that is mended",
           "目前无法告知发布方：{0}；恢复后会全部补告"},
    Phrase{"{0} sends nothing since {1}: its provider failed again and again, and only single probes go out, "
           "the next at {2}. See the check of {0} below; when its provider is back, it goes on by itself, or "
           "at once after `duenotice retry NOTICE_ID`",
           "{0} 自 {1} 起停止发送：服务商接连失败，只发出单个探测，下一次在 {2}。请看下面对 {0} "
           "的检查；服务商恢复后会自行继续，或在 `duenotice retry NOTICE_ID` 之后立即继续"},
    Phrase{"running since {0}, version {1}", "自 {0} 起运行，版本 {1}"},
    // doctor: metrics
    Phrase{"switched off with [metrics] listen", "已由 [metrics] listen 关闭"},
    Phrase{"served at http://{0}/metrics", "由 http://{0}/metrics 提供"},
    Phrase{"the gateway could not have {0} when it was started, so it serves none; name another port in "
           "[metrics] listen and start it again",
           "网关启动时无法占用 {0}，因此不提供指标；请在 [metrics] listen 中指定另一个端口并重新启动"},
    Phrase{"{0} is free for them", "{0} 可用"},
    Phrase{"the gateway hangs, so it cannot be asked for them", "网关卡死，无法询问指标"},
    Phrase{"{0}; see that the journal's folder is there and that this user may read it",
           "{0}；请确认日志库所在的文件夹存在，且当前用户可读"},
    Phrase{"another program has {0}, so the gateway would serve none; name another port in [metrics] listen",
           "{0} 已被其他程序占用，网关将不提供指标；请在 [metrics] listen 中指定另一个端口"},
    // doctor: evidence log
    Phrase{"none is kept, so the record can be checked only by those who trust this machine; to keep one set "
           "[evidence] origin, run `duenotice log init` and start the gateway again",
           "未保存证据日志，因此只有信任本机的人才能相信记录；如需保存，请设置 [evidence] origin，运行 "
           "`duenotice log init`，并重新启动网关"},
    Phrase{
        "it is published no more, while notices go on being sent: {0}; mend that and start the gateway again",
        "已停止发布，通知仍在继续发送：{0}；请修复后重新启动网关"},
    Phrase{"the last checkpoint failed and is tried again: {0}", "最近一次检查点失败，正在重试：{0}"},
    Phrase{"the first `duenotice serve` makes it", "首次运行 `duenotice serve` 时会创建"},
    Phrase{"its checkpoint has {0} events, but the journal only {1}: the journal seems to have been restored "
           "from an older backup; restore its newest copy",
           "检查点含 {0} 条事件，而日志库只有 {1} 条：日志库似乎是从较旧的备份恢复的；请恢复其最新副本"},
    Phrase{
        "it is behind: the oldest event that is not in it is of {0}; see the gateway's log, and whether the "
        "gateway was started with this [evidence] origin",
        "证据日志落后：尚未写入的最早事件发生于 {0}；请查看网关的运行日志，并确认网关启动时使用的是此 "
        "[evidence] origin"},
    Phrase{"{0} events in {1}; `duenotice log verify` checks all of them",
           "{0} 条事件，位于 {1}；`duenotice log verify` 检查全部"},
    // completeness
    Phrase{"No publisher numbers its requests.", "没有发布方为其请求编号。"},
    Phrase{
        "of {0}, {1} numbered requests never came, and {2} numbers were given twice; `duenotice "
        "completeness` names them",
        "{0} 的编号请求中，有 {1} 个从未收到，有 {2} 个序号被重复使用；`duenotice completeness` 会逐一列出"},
    Phrase{"every numbered request came once (publishers: {0})", "编号请求均已收到且无重复（发布方 {0} 个）"},
    // doctor: seals
    Phrase{"the log is not sealed, while notices go on being sent; it is tried again: {0}",
           "证据日志未能封存，通知仍在继续发送；正在重试：{0}"},
    Phrase{"{0} gives no stamps, and {1} seals wait for one; it is asked again: {2}; see [evidence.tsa.{0}]",
           "{0} 未签发时间戳，有 {1} 个封存在等待；将再次请求：{2}；请查看 [evidence.tsa.{0}]"},
    Phrase{"the witness {0} does not cosign; it is asked again: {1}; see [evidence] witnesses",
           "见证人 {0} 未联署；将再次请求：{1}；请查看 [evidence] witnesses"},
    Phrase{"none yet; the running gateway makes the first at once", "尚无；网关运行后立即进行首次封存"},
    Phrase{"{0} seals that nobody else has confirmed: name time-stamping authorities in [evidence.tsa.NAME], "
           "and witnesses in [evidence] witnesses",
           "已封存 {0} 次，但没有其他人确认：请在 [evidence.tsa.NAME] 中指定时间戳机构，在 [evidence] "
           "witnesses 中指定见证人"},
    Phrase{"{0} seals; the newest, over {1} events, is stamped by {2} of {3} and cosigned by {4} of {5}",
           "已封存 {0} 次；最近一次含 {1} 条事件，时间戳 {2}/{3}，见证人联署 {4}/{5}"},
    // log
    Phrase{
        "The key is in {0}: keep a copy apart from the journal. Publish the line above: with it anybody can "
        "check the log. Then start the gateway again.",
        "密钥位于 {0}：请在日志库之外另存一份副本。请公布上面这一行：任何人都可以用它核对证据日志。"
        "然后重新启动网关。"},
    Phrase{"The key is in {0}. Give the line above to those whose logs it witnesses.",
           "密钥位于 {0}。请将上面这一行交给由其见证的日志的保管者。"},
    Phrase{"wrote {0} event and its proof into {1}", "已将 {0} 条事件及其证明写入 {1}"},
    Phrase{"wrote {0} events and their proofs into {1}", "已将 {0} 条事件及其证明写入 {1}"},
    Phrase{"and {0} further differences", "另有 {0} 处差异"},
    Phrase{"The log is whole: journal, files and signed checkpoint agree in all {0} events.",
           "证据日志完整：日志库、文件与已签名的检查点在全部 {0} 条事件上一致。"},
    Phrase{"The log is NOT whole; it was held against the signed checkpoint of {0} events.",
           "证据日志不完整；核对依据是含 {0} 条事件的已签名检查点。"},
    Phrase{"Events that are not in it yet: {0}", "尚未写入的事件：{0}"},
    Phrase{"The seals are right: {0}, with {1} time stamps and {2} cosignatures that hold.",
           "封存无误：共 {0} 次，{1} 个时间戳和 {2} 个联署有效。"},
    Phrase{"The seals are NOT right; {1} time stamps and {2} cosignatures hold.",
           "封存有误；{1} 个时间戳和 {2} 个联署有效。"},
    Phrase{"The daily statements are right: {0}.", "每日声明无误：共 {0} 份。"},
    Phrase{"The daily statements are NOT right, of {0} that were made.", "每日声明有误；共曾作出 {0} 份。"},
    Phrase{"Time stamps that are not given yet: {0}", "尚未取得的时间戳：{0}"},
    Phrase{"Stamps and cosignatures by others than the configuration names, not checked: {0}",
           "由配置之外的机构所作、未核对的时间戳和联署：{0}"},
    Phrase{"stamp of {0}", "{0} 的时间戳"},
    Phrase{"cosignature of {0}", "{0} 的联署"},
    // status
    Phrase{"STOPPED, while notices go on being sent: {0}", "已停止发布，通知仍在继续发送：{0}"},
    Phrase{"the last checkpoint failed: {0}", "最近一次检查点失败：{0}"},
    Phrase{"{0} events; {1} are not in it yet, the oldest for {2}",
           "{0} 条事件；另有 {1} 条尚未写入，最早的已等待 {2}"},
    Phrase{"{0} events", "{0} 条事件"},
    Phrase{"not sealed for {0}: {1}", "未能封存，已 {0}：{1}"},
    Phrase{"{0} has not stamped for {1}: {2}", "{0} 已有 {1} 未签发时间戳：{2}"},
    Phrase{"{0} has not cosigned for {1}: {2}", "{0} 已有 {1} 未联署：{2}"},
    Phrase{"{0}, the newest {1} ago over {2} events; stamped by {3} of {4}, cosigned by {5} of {6}",
           "{0} 次，最近一次在 {1}前，含 {2} 条事件；时间戳 {3}/{4}，联署 {5}/{6}"},
    Phrase{"running for {0} (since {1}), version {2}, process {3}",
           "已运行 {0}（自 {1} 起），版本 {2}，进程 {3}"},
    Phrase{"{0} versions, loaded {1} ago", "{0} 个版本，{1}前加载"},
    Phrase{"the reload {0} ago was REFUSED (mistakes: {1}), those before it stay in use; first {2}",
           "{0}前的重新加载被拒绝（错误 {1} 处），继续使用原有协议；第一处：{2}"},
    Phrase{"paused: enough is due already, the rest waits in the queue",
           "已暂停：待发数量已足够多，其余在队列中等待"},
    Phrase{"STOPPED: the disk is nearly full; make room", "已停止：磁盘将满，请腾出空间"},
    Phrase{"STOPPED: the gateway cannot reach its queue", "已停止：网关无法连接队列"},
    Phrase{"STOPPED: the gateway hangs", "已停止：网关卡死"},
    Phrase{"HANGS: it runs and does nothing; `duenotice doctor` says what to do",
           "卡死：进程在运行但不工作；处理办法见 `duenotice doctor`"},
    Phrase{"starting or stopping: process {0} has the journal", "正在启动或停止：进程 {0} 占有日志库"},
    Phrase{"{0} request waits", "{0} 个请求在等待"},
    Phrase{"{0} requests wait", "{0} 个请求在等待"},
    Phrase{"on its way for {0} (since {1})", "已在途 {0}（自 {1} 起）"},
    Phrase{"{0} open: duenotice rejected", "{0} 个待处理：duenotice rejected"},
    Phrase{"{0} wait for the queue", "{0} 个等待送往队列"},
    Phrase{"{0} running", "{0} 个正在进行"},
    Phrase{"not confirmed by the broker for {0}", "消息代理已有 {0} 未确认"},
    Phrase{"{0} for {1}", "{0}，已 {1}"},
    Phrase{"{0} s", "{0} 秒"},
    Phrase{"{0} min", "{0} 分钟"},
    Phrase{"{0} h {1} min", "{0} 小时 {1} 分钟"},
    Phrase{"{0} d {1} h", "{0} 天 {1} 小时"},
    // doctor: queue
    Phrase{"{0} does not exist yet; the first `duenotice serve` or `submit` makes it",
           "{0} 尚不存在；首次运行 `duenotice serve` 或 `submit` 时会创建"},
    Phrase{"{0}; see that the broker runs and that [queue] url, password_file and ca_file are right",
           "{0}；请确认消息代理正在运行，且 [queue] 的 url、password_file、ca_file 正确"},
    Phrase{"{0}; see that the file and its folder can be written by this user",
           "{0}；请确认当前用户可写该文件及其目录"},
    // doctor: email
    Phrase{"not configured, so no notice goes out by email; set [channels.email] url",
           "未配置，因此不会通过邮件发送通知；请设置 [channels.email] url"},
    Phrase{"{0}; name a folder that can be written in [channels.email] url",
           "{0}；请在 [channels.email] url 中指定可写的目录"},
    Phrase{
        "{0}; see that the server runs and lets this machine in, and that [channels.email] url, tls, ca_file "
        "and password_file are right",
        "{0}；请确认服务器正在运行并允许本机连接，且 [channels.email] 的 url、tls、ca_file、password_file "
        "正确"},
    Phrase{"SANDBOX: messages become files in {0} and reach nobody; set an smtp:// url to send them",
           "沙箱：消息写入 {0} 中的文件，不会送达任何人；要真正发送请设置 smtp:// 地址"},
    Phrase{"{0} answers", "{0} 有应答"},
    // doctor: SMS
    Phrase{"not configured, so no notice goes out by SMS; set [channels.sms] url",
           "未配置，因此不会通过短信发送通知；请设置 [channels.sms] url"},
    Phrase{"{0}; name a folder that can be written in [channels.sms] url",
           "{0}；请在 [channels.sms] url 中指定可写的目录"},
    Phrase{"{0}; see that Kannel or the provider lets this machine in, and that [channels.sms] url, "
           "username, password_file and ca_file are right",
           "{0}；请确认 Kannel 或服务商允许本机连接，且 [channels.sms] 的 "
           "url、username、password_file、ca_file "
           "正确"},
    Phrase{"SANDBOX: messages become files in {0} and reach nobody; set a kannel:// url to send them",
           "沙箱：消息写入 {0} 中的文件，不会送达任何人；要真正发送请设置 kannel:// 地址"},
    // doctor: clock and disk
    Phrase{"the kernel does not say whether it is synchronised ({0}); a wrong clock makes wrong legal dates, "
           "so look at the host's time service",
           "内核未说明时钟是否已同步（{0}）；时钟不准会使法定送达日出错，请检查宿主机的时间服务"},
    Phrase{"the kernel knows of no time service that keeps it right; a wrong clock makes wrong legal dates: "
           "start chrony or systemd-timesyncd (in a container: on its host)",
           "没有时间服务校准时钟；时钟不准会使法定送达日出错：请启动 chrony 或 "
           "systemd-timesyncd（容器中：在其宿主机上）"},
    Phrase{"synchronised, its error is at most {0} ms", "已同步，误差不超过 {0} 毫秒"},
    Phrase{"{0} MB free; intake stops below {1}: no notices are taken until there is room",
           "剩余 {0} MB，低于 {1} 即停止受理：腾出空间之前不再受理通知"},
    Phrase{"{0} MB free; intake stops below {1}: make room soon",
           "剩余 {0} MB，低于 {1} 将停止受理：请尽快腾出空间"},
    Phrase{"{0} MB free; intake stops below {1}", "剩余 {0} MB；低于 {1} 将停止受理"},
    // doctor: the last line
    Phrase{"Everything is in order.", "一切正常。"},
    Phrase{"{0} problem: mend it and run `duenotice doctor` again.",
           "有 {0} 个问题：请修正后再次运行 `duenotice doctor`。"},
    Phrase{"{0} problems: mend them and run `duenotice doctor` again.",
           "有 {0} 个问题：请修正后再次运行 `duenotice doctor`。"},
    Phrase{"No problem; {0} warning to look at.", "没有问题；有 {0} 个警告需要留意。"},
    Phrase{"No problem; {0} warnings to look at.", "没有问题；有 {0} 个警告需要留意。"},
    // preview
    Phrase{"published now, this request would be REJECTED ({0}): {1}",
           "若现在发布，该请求将被拒收（{0}）：{1}"},
    Phrase{"the effective date {0} is too early for a sending now: it would be MOVED to {1}, and is shown so",
           "生效日 {0} 对于现在发送来说过早：将顺延至 {1}，以下按此显示"},
    Phrase{"published in time, but too late now for a date of it: the notice would be HELD for a person",
           "发布及时，但现在发送已赶不上其中的日期：该通知将转为待人工处理"},
    Phrase{"the recipient has no address, and published like this it would be REJECTED "
           "(no_usable_address): shown with made-up ones",
           "收件人没有任何地址，如此发布将被拒绝（no_usable_address）：此处以虚构地址展示"},
    Phrase{"version {0} is not in force before {1}: it is used because it was named",
           "版本 {0} 自 {1} 起方才生效：因请求指明而使用"},
    Phrase{"the copy by {0} would be LEFT OUT: {1}", "经由 {0} 的副本将不予发送：{1}"},
    Phrase{"the channel {0} would be LEFT OUT: {1}", "将不经由 {0} 发送：{1}"},
    Phrase{"the channel {0} is not configured here, so nothing would go out by it",
           "此处未配置渠道 {0}，因此不会经由它发送"},
    Phrase{"no effective_date given, and published without one it would be REJECTED "
           "(effective_date_missing): shown with {0}, the earliest lawful one",
           "未给出 effective_date，如此发布将被拒绝（effective_date_missing）：按最早的合法生效日 {0} 显示"},
    Phrase{"The exact bytes: --raw CHANNEL (an email's Message-ID and Date are made when the notice is "
           "accepted)",
           "查看确切字节：--raw 渠道（邮件的 Message-ID 和 Date 在受理通知时生成）"},
    // by which rule
    Phrase{"a notice is deemed delivered on the date of its sending", "通知自发送之日视为送达"},
    Phrase{"a notice is delivered when it enters the recipient's system", "通知进入收件人的系统时视为送达"},
    Phrase{"agreement-date-of-sending", "自发送之日视为送达"},
    Phrase{"entry-into-system", "进入收件人系统时送达"},
    // a bar
    Phrase{"{0} request", "{0} 个请求"},
    Phrase{"{0} requests", "{0} 个请求"},
    Phrase{"{0} row", "{0} 行"},
    Phrase{"{0} rows", "{0} 行"},
    Phrase{"{0} event", "{0} 条事件"},
    Phrase{"{0} sending", "{0} 次发送"},
    Phrase{"{0} sendings", "{0} 次发送"},
    // audit
    Phrase{"of account {0}", "账户为 {0}"},
    Phrase{"to the address {0}", "收件地址为 {0}"},
    Phrase{"with a legal date from {0} to {1}", "法定送达日在 {0} 至 {1} 之间（含首尾）"},
    Phrase{"with a legal date from {0} on", "法定送达日不早于 {0}"},
    Phrase{"with a legal date up to {0}", "法定送达日不晚于 {0}"},
    Phrase{"of kind {0}", "种类为 {0}"},
    Phrase{"under clause {0}", "条款为 {0}"},
    Phrase{"of agreement {0}", "协议为 {0}"},
    Phrase{"with a delivery on {0}", "含渠道 {0}"},
    Phrase{"in state {0}", "状态为 {0}"},
    Phrase{"{0} notice", "{0} 个通知"},
    Phrase{"{0} notices", "{0} 个通知"},
    Phrase{"{0} notices on this page, more follow", "本页 {0} 个通知，后面还有"},
    Phrase{"read at {0}, up to event {1} of {2}", "读取于 {0}，截至事件 {1}（{2}）"},
    Phrase{"read at {0}, when it was empty", "读取于 {0}，当时没有任何记录"},
    // export
    Phrase{"wrote {0} row ({1} bytes) to {2}, SHA-256 {3}", "已将 {0} 行（{1} 字节）写入 {2}，SHA-256 {3}"},
    Phrase{"wrote {0} rows ({1} bytes) to {2}, SHA-256 {3}", "已将 {0} 行（{1} 字节）写入 {2}，SHA-256 {3}"},
    Phrase{"every event from 1 to {0} is in it", "其中包含从 1 到 {0} 的每一条事件"},
    Phrase{"every notice from 1 to {0} is in it", "其中包含从 1 到 {0} 的每一个通知"},
    // show --raw
    Phrase{"revision {0} of {1}, sent by attempt {2} at {3}",
           "第 {0} 版（共 {1} 版），由第 {2} 次尝试于 {3} 发出"},
    Phrase{"revision {0} of {1}, written to the SANDBOX by attempt {2} at {3}",
           "第 {0} 版（共 {1} 版），由第 {2} 次尝试于 {3} 写入沙箱"},
    Phrase{"revision {0} of {1}, not known to have been sent", "第 {0} 版（共 {1} 版），未见发出的记录"},
    // rejected show
    Phrase{"To mend it: duenotice rejected show {0} --raw > request.json, edit the file, then",
           "修改方法：duenotice rejected show {0} --raw > request.json，编辑该文件，然后"},
    Phrase{"  duenotice rejected release {0} --edit request.json --reason TEXT",
           "  duenotice rejected release {0} --edit request.json --reason 理由"},
    Phrase{"If it needs nothing more: duenotice rejected discard {0} --reason TEXT",
           "若无需再处理：duenotice rejected discard {0} --reason 理由"},
    Phrase{"only its first {0} bytes of {1} were kept", "仅保留了前 {0} 字节（共 {1} 字节）"},
    Phrase{"edited; the one or the other is no JSON", "已编辑；前后之一不是 JSON"},
    // what to do next
    Phrase{"but no gateway answers here: it is stopped, starting or stopping; see `duenotice doctor`",
           "但此处没有网关应答：它已停止、正在启动或正在停止；请运行 `duenotice doctor` 查看"},
    Phrase{"1 mistake in the agreements: mend it and run `duenotice agreements check` again",
           "协议中有 1 处错误：请修正后再次运行 `duenotice agreements check`"},
    Phrase{"{0} mistakes in the agreements: mend them and run `duenotice agreements check` again",
           "协议中有 {0} 处错误：请修正后再次运行 `duenotice agreements check`"},
    Phrase{"No rejected requests match.", "没有符合条件的被拒收请求。"},
    Phrase{"The request was not accepted, so nothing was sent for it; correct it and publish it again.",
           "该请求未被受理，因此没有发送任何内容；请更正后重新发布。"},
    Phrase{"No notice is given under a clause \"{0}\"; `duenotice agreements show` names the clauses of each "
           "kind.",
           "没有依据条款“{0}”作出的通知；`duenotice agreements show` 列出各种类的条款。"},
    Phrase{"There is no kind \"{0}\"; `duenotice agreements show` names those that there are.",
           "没有种类“{0}”；`duenotice agreements show` 会列出现有的种类。"},
    Phrase{"There is no kind \"{0}\"; did you mean {1}?", "没有种类“{0}”；是否指 {1}？"},
    Phrase{"There is no agreement \"{0}\"; `duenotice agreements show` names those that there are.",
           "没有协议“{0}”；`duenotice agreements show` 会列出现有的协议。"},
    Phrase{"There is no agreement \"{0}\"; did you mean {1}?", "没有协议“{0}”；是否指 {1}？"},
    Phrase{"More: {0}", "更多：{0}"},
    Phrase{"published {0} request", "已发布 {0} 个请求"},
    Phrase{"published {0} requests", "已发布 {0} 个请求"},
};

}  // namespace

std::span<const Phrase> sentences() { return table; }

}  // namespace duenotice::app
