#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // whether a gateway does its work
    Phrase{"the gateway at {0} runs and does not answer: it hangs", "{0} 处的网关在运行但不应答：它卡死了"},
    Phrase{"the gateway hangs: these threads stand still: {0}", "网关卡死：以下线程停滞：{0}"},
    // what the machine has or has not
    Phrase{"no gateway is running: nobody answers at {0}", "网关没有运行：{0} 无人应答"},
    Phrase{"no right to use the control socket {0}; run this as the gateway's own user",
           "无权使用控制套接字 {0}；请以网关自己的用户运行"},
    Phrase{"whether a gateway runs and what waits for it cannot be seen by this user; run this as the "
           "gateway's own user",
           "当前用户无法得知网关是否在运行、是否有内容等待处理；请以网关自己的用户运行"},
    Phrase{"{0} cannot be seen by this user; run this as the gateway's own user",
           "当前用户无法查看 {0}；请以网关自己的用户运行"},
    Phrase{"no right to read {0}; run this as the gateway's own user",
           "无权读取 {0}；请以网关自己的用户运行"},
    Phrase{"the disk is full: nothing was recorded; free some space and repeat it",
           "磁盘已满：没有记录任何内容；请腾出空间后重试"},
    Phrase{"no evidence log is kept here: set [evidence] origin, run `duenotice log init` and start the "
           "gateway again; where the configuration is another one, name it with --config",
           "此处未保存证据日志：请设置 [evidence] origin，运行 `duenotice log "
           "init`，并重新启动网关；若配置文件是另一个，请用 --config 指明"},
    Phrase{"requests waiting: {0}, dead letters: {1} ({2})", "等待中的请求：{0}，死信：{1}（{2}）"},
    // the journal
    Phrase{"there is no journal at {0} yet: `duenotice serve` makes it; if it runs elsewhere, name its "
           "configuration with --config",
           "{0} 处还没有日志库：`duenotice serve` 会创建它；若网关使用另一份配置，请用 --config 指明"},
    Phrase{"the journal {0} is in use by another duenotice process, which holds {1}: stop that process or "
           "wait until it has ended",
           "日志库 {0} 正被另一个 duenotice 进程使用，它占有 {1}：请停止该进程，或等它结束"},
    Phrase{"the journal {0} cannot be opened for writing: {1}; free some space and start again",
           "无法打开日志库 {0} 写入：{1}；请腾出空间后重新启动"},
    Phrase{"the journal {0} cannot be opened for writing: {1}", "无法打开日志库 {0} 写入：{1}"},
    Phrase{"the journal cannot be read: {0}", "无法读取日志库：{0}"},
    Phrase{"the file is an SQLite database of another program, not a duenotice journal",
           "该文件是其他程序的 SQLite 数据库，不是 duenotice 的日志库"},
    Phrase{"the journal was written by a newer duenotice (schema {0}; this program knows up to {1}): use "
           "that version or a newer one",
           "日志库由更新版本的 duenotice 写成（结构版本 {0}，本程序至多支持 {1}）：请使用该版本或更新的版本"},
    Phrase{"the journal has schema {0} of an older duenotice: start `duenotice serve` once, which brings it "
           "to {1}",
           "日志库是旧版 duenotice 的结构版本 {0}：请启动一次 `duenotice serve`，将其升级到 {1}"},
    Phrase{"the journal's disk is nearly full; make room", "日志库所在的磁盘将满；请腾出空间"},
    Phrase{"the disk is full and the reserve is used up", "磁盘已满，预留空间也已用尽"},
    Phrase{"the statement could not be recorded", "声明未能记录"},
    // its history
    Phrase{"event {0} is missing: after {1} comes {2}", "缺少事件 {0}：{1} 之后为 {2}"},
    Phrase{"event {0} is damaged: {1}", "事件 {0} 已损坏：{1}"},
    Phrase{"it names another event as the one before it of its notice", "它所指的同一通知的前一条事件不符"},
    Phrase{"its bytes are not JSON: {0}", "其字节不是 JSON：{0}"},
    Phrase{"its bytes are not canonical JSON", "其字节不是规范化的 JSON"},
    Phrase{"its bytes have another sequence number", "其字节中的序号不符"},
    Phrase{"its bytes have another time", "其字节中的时间不符"},
    Phrase{"its bytes have another type", "其字节中的类型不符"},
    Phrase{"its bytes name another notice", "其字节中的通知不符"},
    Phrase{"it has an opening of '{0}' that it does not name", "它有“{0}”的承诺开启数据，但并未写明该项"},
    Phrase{"its opening of '{0}' was altered", "“{0}”的承诺开启数据已被改动"},
    Phrase{"what it says of '{0}' is not in the journal any more", "“{0}”的内容已不在日志库中"},
    Phrase{"what the journal has as '{0}' is not what the event was written with",
           "日志库中的“{0}”与写入事件时不同"},
    Phrase{"its opening of '{0}' is missing", "缺少“{0}”的承诺开启数据"},
    Phrase{"the history is damaged: {0}; restore the journal from a backup",
           "历史已损坏：{0}；请从备份恢复日志库"},
    Phrase{"event {0} of the journal is damaged: {1}; `duenotice doctor --deep` checks all of them",
           "日志库的事件 {0} 已损坏：{1}；`duenotice doctor --deep` 会检查全部事件"},
    Phrase{"the statement of {0} in the journal is not the one whose digest is in its event: it was altered",
           "日志库中 {0} 的声明与其事件所记的摘要不符：它已被改动"},
    Phrase{"the journal has an event with the number {0}, although they run from 1: it was altered",
           "日志库中有序号为 {0} 的事件，而序号应从 1 开始：它已被改动"},
    Phrase{
        "the journal is damaged: the bytes of the {0} message of notice {1} are not those that were recorded",
        "日志库已损坏：通知 {1} 的 {0} 消息的字节与记录不符"},
    Phrase{"the journal is damaged: an attempt of notice {0} names a revision that is not there",
           "日志库已损坏：通知 {0} 的一次尝试所指的版本不存在"},
    Phrase{"the journal is damaged: these bytes have SHA-256 {0}, recorded is {1}",
           "日志库已损坏：这些字节的 SHA-256 为 {0}，而所记录的是 {1}"},
    Phrase{"the journal is damaged: event {0} names nothing that is there",
           "日志库已损坏：事件 {0} 所指的内容不存在"},
    Phrase{"the journal is damaged: the key of subject {0}", "日志库已损坏：账户密钥 {0}"},
    Phrase{"the journal is damaged: a sealed {0} was altered", "日志库已损坏：加密的 {0} 已被改动"},
    Phrase{"no such code: {0}", "没有这样的代码：{0}"},
    Phrase{"a digest of {0} bytes", "摘要有 {0} 字节"},
    Phrase{"another process has written to the journal (epoch {0}, ours is {1})",
           "另一进程写入了日志库（纪元 {0}，本进程为 {1}）"},
    Phrase{"the journal is damaged: {0}", "日志库已损坏：{0}"},
    Phrase{"the record has gaps: of the events from 1 to {0} these are missing: {1}; the manifest says so "
           "too; see `duenotice doctor --deep`",
           "记录有缺漏：从 1 到 {0} 的事件中缺少 {1}；清单中也有说明；请运行 `duenotice doctor --deep` 查看"},
    Phrase{"the record has gaps: of the notices from 1 to {0} these are missing: {1}; the manifest says so "
           "too; see `duenotice doctor --deep`",
           "记录有缺漏：从 1 到 {0} 的通知中缺少 {1}；清单中也有说明；请运行 `duenotice doctor --deep` 查看"},
    // its master key
    Phrase{"line {0} is no master key; a line is base64 of 32 bytes, as `openssl rand -base64 32` writes it",
           "第 {0} 行不是主密钥；每行为 32 字节的 base64，可由 `openssl rand -base64 32` 生成"},
    Phrase{"there are more than {0} master keys", "主密钥多于 {0} 个"},
    Phrase{"there is no master key in it", "其中没有主密钥"},
    Phrase{"{0} belongs to another user; run this as its owner", "{0} 属于另一用户；请以其所有者运行"},
    Phrase{"[secrets] master_key: {0}", "[secrets] master_key：{0}"},
    Phrase{
        "there is no master key at {0}, where [secrets] master_key_file says that it is; put it back, or "
        "make the first one with `openssl rand -base64 32`",
        "主密钥不在 [secrets] master_key_file 所指的 {0}；请恢复，或用 `openssl rand -base64 32` 生成第一个"},
    Phrase{"the master key of the journal is missing: {0}; put it back from its backup, for without it "
           "nothing in the journal that is about a person can be read",
           "缺少日志库的主密钥：{0}；请从备份中恢复，没有它，日志库中涉及个人的内容都无法读取"},
    Phrase{"the journal was written with the master key {0}, which is not among those that are configured: "
           "put it back, in a line of its own below the newer ones",
           "日志库是用主密钥 {0} 写成的，而所配置的密钥中没有它：请恢复，放在较新密钥之下单独一行"},
    Phrase{"the journal uses the master key {0}, which is not among those that are there now: put it back, "
           "in a line of its own below the newer ones, and repeat this",
           "日志库在用主密钥 {0}，而现有的密钥中没有它：请恢复，放在较新密钥之下单独一行，然后重试"},
    Phrase{
        "the master key is missing that the key of subject {0} is kept under; `duenotice doctor` says which",
        "缺少保护账户密钥 {0} 的主密钥；`duenotice doctor` 会说明是哪一个"},
    Phrase{"what is sealed in the journal (requests, messages, replies, reasons) cannot be shown: {0}",
           "日志库中加密的内容（请求、消息、答复、理由）无法显示：{0}"},
    Phrase{"the master key {0} is not among those that are configured", "主密钥 {0} 不在所配置的密钥之中"},
    Phrase{"it is sealed with a master key that is missing; `duenotice doctor` says which",
           "它由缺失的主密钥加密；`duenotice doctor` 会说明是哪一个"},
    Phrase{"the master key comes from the environment: put a new one into a line above it, start the gateway "
           "again and repeat this",
           "主密钥来自环境变量：请在其上方加一行新的密钥，重新启动网关后重试"},
    Phrase{"{0}; where only another may write {1}, let them put a new key (openssl rand -base64 32) into a "
           "line above the present one, and repeat this",
           "{0}；若只有他人可以写入 {1}，请由其在现有密钥之上加一行新的密钥（openssl rand -base64 "
           "32），然后重试"},
    // the control socket
    Phrase{"the control socket's path {0} must have 1 to {1} bytes; name a shorter one as [control] socket",
           "控制套接字的路径 {0} 必须为 1 至 {1} 字节；请在 [control] socket 中指定较短的路径"},
    Phrase{
        "{0} is in the way of the control socket and is no socket; move it, or name another [control] socket",
        "{0} 占据控制套接字的位置而不是套接字；请移走它，或另行指定 [control] socket"},
    Phrase{"another gateway answers at {0}; stop it first", "{0} 处已有另一个网关应答；请先停止它"},
    Phrase{"cannot replace {0}: {1}", "无法替换 {0}：{1}"},
    Phrase{"[control] socket: cannot open {0}: {1}; name a file in a folder that exists and that this user "
           "can write",
           "[control] socket：无法打开 {0}：{1}；请指定位于现有目录中、当前用户可写的文件"},
    Phrase{"cannot listen at {0}: {1}", "无法在 {0} 监听：{1}"},
    Phrase{"libcurl could not be started", "无法启动 libcurl"},
    // the queue
    Phrase{"the embedded queue {0} has no space left on its disk; free some: {1}",
           "内置队列 {0} 所在磁盘没有剩余空间；请腾出空间：{1}"},
    Phrase{"the embedded queue {0} stays locked by another process: {1}",
           "内置队列 {0} 一直被另一进程锁定：{1}"},
    Phrase{"the embedded queue {0} does not work: {1}", "内置队列 {0} 无法工作：{1}"},
    Phrase{"the embedded queue {0} has schema version {1}, this program knows version {2}; use the program "
           "that made it",
           "内置队列 {0} 的结构版本为 {1}，本程序支持 {2}；请使用创建它的程序"},
    Phrase{"the embedded queue {0} is in journal mode {1}; set it back with PRAGMA journal_mode = DELETE",
           "内置队列 {0} 处于日志模式 {1}；请用 PRAGMA journal_mode = DELETE 改回"},
    Phrase{"there is no embedded queue at {0} yet", "{0} 处还没有内置队列"},
    Phrase{"{0} is a SQLite file but not an embedded queue; name another file",
           "{0} 是 SQLite 文件，但不是内置队列；请指定另一个文件"},
    Phrase{"a body of {0} bytes is not taken; the most is {1}", "不接受 {0} 字节的正文；至多 {1} 字节"},
    Phrase{"the queue's prefetch must be 1 to {0} messages and at least 1 byte",
           "队列的 prefetch 必须为 1 至 {0} 条消息，且至少 1 字节"},
    Phrase{"the queue {0} was deleted or moved", "队列 {0} 已被删除或迁移"},
    Phrase{"the connection to {0} was lost: {1}", "与 {0} 的连接已断开：{1}"},
    Phrase{"the queue's URL is not of the form amqp://user:password@host:port/vhost (in a part of it, `/`, "
           "`@` and `:` are written %2F, %40 and %3A)",
           "队列的 URL 不是 amqp://user:password@host:port/vhost 的形式（各部分中的 `/`、`@`、`:` 写作 "
           "%2F、%40、%3A）"},
    Phrase{"not taken by {0}: {1}", "{0} 没有接收：{1}"},
    Phrase{"no confirmation within {0}; the broker takes no messages: {1}",
           "{0} 内没有确认；消息代理不接收消息：{1}"},
    Phrase{"no confirmation within {0}", "{0} 内没有确认"},
    Phrase{"the broker refused it", "消息代理拒绝了它"},
    Phrase{"no queue takes it ({0})", "没有队列接收它（{0}）"},
    Phrase{"{0} (virtual host '{1}'): cannot {2}: {3}; name a file with the certificate of its authority in "
           "`ca_file`",
           "{0}（虚拟主机 {1}）：无法{2}：{3}；请在 `ca_file` 中指定含其颁发机构证书的文件"},
    Phrase{"{0} (virtual host '{1}'): cannot {2}: {3}; check user, password and the user's permissions",
           "{0}（虚拟主机 {1}）：无法{2}：{3}；请检查用户、密码和该用户的权限"},
    Phrase{"{0} (virtual host '{1}'): cannot {2}: {3}; create it, or set `declare = true`",
           "{0}（虚拟主机 {1}）：无法{2}：{3}；请创建它，或设置 `declare = true`"},
    Phrase{"{0} (virtual host '{1}'): cannot {2}: {3}; it exists with other properties: delete it or "
           "configure another name",
           "{0}（虚拟主机 {1}）：无法{2}：{3}；已有同名而属性不同的：请删除它，或配置另一个名称"},
    Phrase{"{0} (virtual host '{1}'): cannot {2}: {3}; check the virtual host and the user's access to it",
           "{0}（虚拟主机 {1}）：无法{2}：{3}；请检查虚拟主机及该用户的访问权"},
    Phrase{"{0} (virtual host '{1}'): cannot {2}: {3}", "{0}（虚拟主机 {1}）：无法{2}：{3}"},
    Phrase{"connect", "连接"},
    Phrase{"publish", "发布"},
    Phrase{"ask for confirmations", "请求确认"},
    Phrase{"declare the queue {0}", "声明队列 {0}"},
    Phrase{"declare the exchange {0}", "声明交换机 {0}"},
    Phrase{"find the queue {0}", "找到队列 {0}"},
    Phrase{"find the exchange {0}", "找到交换机 {0}"},
    Phrase{"bind the queue {0}", "绑定队列 {0}"},
    Phrase{"the broker answered with something unexpected", "消息代理的答复不符合预期"},
    Phrase{"the broker gave no answer", "消息代理没有答复"},
    Phrase{"cannot read the certificates in {0}", "无法读取 {0} 中的证书"},
    Phrase{"its certificate is not trusted: {0}", "其证书不可信：{0}"},
    Phrase{"no connection could be made", "无法建立连接"},
    Phrase{"the broker sent a body that belongs to no message", "消息代理发来了不属于任何消息的正文"},
    Phrase{"connected to {0} (virtual host '{1}'); {2}; {3}; {4}",
           "已连接 {0}（虚拟主机 {1}）；{2}；{3}；{4}"},
    Phrase{"the queue {0} does not exist yet, serve makes it", "队列 {0} 尚不存在，由 serve 创建"},
    Phrase{"the queue {0} has {1} messages", "队列 {0} 有 {1} 条消息"},
    Phrase{"the exchange {0} does not exist yet, serve makes it", "交换机 {0} 尚不存在，由 serve 创建"},
    Phrase{"the exchange {0} is there", "交换机 {0} 已存在"},
    Phrase{"status events are switched off", "状态事件已关闭"},
};

}  // namespace

std::span<const Phrase> journal_errors() { return table; }

}  // namespace duenotice::app
