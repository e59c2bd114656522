#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // keys and sections
    Phrase{"unknown key \"{0}\" outside any section; the sections are: {1}",
           "未知的键“{0}”，不在任何节中；各节为：{1}"},
    Phrase{"unknown section [{0}]; there are: {1}", "未知的节 [{0}]；现有：{1}"},
    Phrase{"unknown key \"{0}\" in [{1}]; it has: {2}", "[{1}] 中有未知的键“{0}”；该节的键为：{2}"},
    Phrase{"unknown variable: those that start with DUENOTICE_ are DUENOTICE_CONFIG and "
           "DUENOTICE_SECTION_KEY for a key of the configuration; unset it",
           "未知的环境变量：以 DUENOTICE_ 开头的只有 DUENOTICE_CONFIG，以及对应配置键的 "
           "DUENOTICE_SECTION_KEY；请取消设置"},
    Phrase{"not TOML: {0}", "不是 TOML：{0}"},
    Phrase{"it needs a FILE", "需要给出文件"},
    Phrase{"the configuration file cannot be read: {0}; name one that exists with --config FILE",
           "无法读取配置文件：{0}；请用 --config FILE 指定存在的文件"},
    Phrase{"{0}; name one that exists with --config FILE", "{0}；请用 --config FILE 指定存在的文件"},
    Phrase{"{0} must not stand in this file, because the file is read by many: put the secret into a file of "
           "its own and name it in `{1}`, or into the environment as {2}",
           "{0} 不得写在此文件中，因为该文件有多人可读：请将密钥放入单独的文件并在 `{1}` "
           "中指定，或放入环境变量 {2}"},
    Phrase{"{0} must not hold a password, because the file is read by many: put it into `password_file`, or "
           "the whole url into the environment as DUENOTICE_QUEUE_URL",
           "{0} 不得含有密码，因为该文件有多人可读：请将密码放入 `password_file`，或将整个 url 放入环境变量 "
           "DUENOTICE_QUEUE_URL"},
    Phrase{"{0} must not hold a user or a password: put them into `username` and `password_file`",
           "{0} 不得含有用户名或密码：请放入 `username` 和 `password_file`"},
    Phrase{"{0} cannot be \"own_relay\" yet: the 250 of a relay inside your own control is not yet a "
           "sending, and duenotice does not read its reports so far, so it would have to invent the legal "
           "date; use a server outside your control and \"provider\"",
           "{0} 目前还不能是 \"own_relay\"：自己控制的中继所答复的 250 还不是发送，而 duenotice "
           "目前不读取其报告，只能凭空写出法定送达日；请使用不受自己控制的服务器和 \"provider\""},
    Phrase{"[{0}]: the name of an authority has letters, digits, - and _, at most {1}",
           "[{0}]：机构名称由字母、数字、- 和 _ 组成，至多 {1} 个字符"},
    Phrase{"[{0}]: there may be at most {1} authorities", "[{0}]：至多可有 {1} 个机构"},
    // keys that go together
    Phrase{"[channels.email] from is missing: the address that notices come from",
           "[channels.email] 缺少 from：通知的发件地址"},
    Phrase{"[channels.email] username needs a `password_file`, or DUENOTICE_CHANNELS_EMAIL_PASSWORD",
           "[channels.email] username 需要 `password_file` 或 DUENOTICE_CHANNELS_EMAIL_PASSWORD"},
    Phrase{"[channels.email] username is missing beside the password",
           "[channels.email] 有密码而缺少 username"},
    Phrase{"[channels.email] tls must be \"required\" where there is a username: the password could cross "
           "the network unencrypted",
           "[channels.email] 有 username 时 tls 必须是 \"required\"：否则密码可能未经加密在网络上传输"},
    Phrase{"write it as `bounces@example.com`, with ASCII before the @",
           "请写作 `bounces@example.com`，@ 之前用 ASCII"},
    Phrase{"it must not hold a `+`, which is added to it for each attempt",
           "不得含有 `+`，每次尝试都会加上它"},
    Phrase{"at most {0} characters before the @, since each attempt adds its own",
           "@ 之前至多 {0} 个字符，因为每次尝试都会加上自己的部分"},
    Phrase{"[channels.sms] username is missing: that of Kannel's sendsms-user",
           "[channels.sms] 缺少 username：Kannel 的 sendsms-user 的用户名"},
    Phrase{"[channels.sms] password_file is missing, or DUENOTICE_CHANNELS_SMS_PASSWORD: that of Kannel's "
           "sendsms-user",
           "[channels.sms] 缺少 password_file 或 DUENOTICE_CHANNELS_SMS_PASSWORD：Kannel 的 sendsms-user "
           "的密码"},
    Phrase{"[channels.sms] sender is missing: the number or the name that recipients see",
           "[channels.sms] 缺少 sender：收件人看到的号码或名称"},
    Phrase{"[channels.sms] report_key_file is missing, or DUENOTICE_CHANNELS_SMS_REPORT_KEY: a secret "
           "without which anybody could make up delivery reports; make one with `(umask 077; openssl rand "
           "-hex 32 > FILE)`",
           "[channels.sms] 缺少 report_key_file 或 "
           "DUENOTICE_CHANNELS_SMS_REPORT_KEY：没有这个密钥，任何人都可以伪造投递报告；可用 `(umask 077; "
           "openssl rand -hex 32 > FILE)` 生成"},
    Phrase{"[channels.sms] url must be kannels:// where Kannel is on another machine: the password would "
           "cross the network unencrypted",
           "[channels.sms] Kannel 在另一台机器上时 url 必须是 kannels://：否则密码会未经加密在网络上传输"},
    Phrase{"[channels.sms] report_listen: {0}; stop what has it, or name another port",
           "[channels.sms] report_listen：{0}；请停止占用它的程序，或指定另一个端口"},
    Phrase{"[evidence] {0} stands in the log's folder {1}, which is made to be published; name a place "
           "outside it",
           "[evidence] {0} 位于证据日志的目录 {1} 中，而该目录是供公布的；请指定其外的位置"},
    Phrase{"[evidence] key_file: {0}", "[evidence] key_file：{0}"},
    Phrase{"[{0}] url is missing: where the time-stamping authority is asked",
           "[{0}] 缺少 url：向时间戳机构请求的地址"},
    Phrase{"[{0}] roots is missing: a PEM file with the certificates that its stamps must lead to, from the "
           "authority itself",
           "[{0}] 缺少 roots：PEM 文件，内含该机构的时间戳须能追溯到的根证书，取自该机构本身"},
    Phrase{"[{0}] roots: {1}; name a PEM file of its root certificates that can be read",
           "[{0}] roots：{1}；请指定可读的、含其根证书的 PEM 文件"},
    Phrase{"[evidence] witnesses: {0}; name a trust policy that can be read",
           "[evidence] witnesses：{0}；请指定可读的信任策略"},
    Phrase{"[evidence] witnesses: {0}", "[evidence] witnesses：{0}"},
    Phrase{"[{0}] ca_file: {1}; name a PEM file that can be read",
           "[{0}] ca_file：{1}；请指定可读的 PEM 文件"},
    Phrase{"[calendar] file: {0}; name a file of rest days that can be read, or none",
           "[calendar] file：{0}；请指定可读的休息日文件，或不指定"},
    Phrase{"[{0}] {1}: {2}; write the secret into it, let the gateway's user read it, or name another",
           "[{0}] {1}：{2}；请将密钥写入其中，允许网关的用户读取，或指定另一个文件"},
    Phrase{
        "[journal] reserve must be smaller than low_space ({0}): it is what is left when even that is gone",
        "[journal] reserve 必须小于 low_space（{0}）：它是连 low_space 也用尽时所剩的空间"},
    Phrase{"[control] socket: {0} is longer than the {1} bytes that a Unix-domain socket may have; name a "
           "shorter path",
           "[control] socket：{0} 超过 Unix 域套接字允许的 {1} 字节；请指定较短的路径"},
    Phrase{"[queue] password_file has no use with an embedded queue; remove it",
           "[queue] password_file 对内置队列没有用处；请删除"},
    Phrase{"[queue] requests and dead_letters are both \"{0}\": what is refused would come back as a "
           "request; give dead_letters a name of its own",
           "[queue] requests 与 dead_letters 同为“{0}”：被拒收的内容会作为请求再次到来；请给 dead_letters "
           "单独的名称"},
    Phrase{"[queue] events and dead_letters are both \"{0}\": status events would stand among the rejected "
           "requests; give events a name of its own",
           "[queue] events 与 dead_letters 同为“{0}”：状态事件会混入被拒收的请求；请给 events 单独的名称"},
    Phrase{"there is no channel, so no notice could ever go out: set [channels.email] url or [channels.sms] "
           "url, or [channels.in_site] enabled to true",
           "没有任何渠道，因此不可能发出通知：请设置 [channels.email] url 或 [channels.sms] url，或将 "
           "[channels.in_site] enabled 设为 true"},
    Phrase{"[agreements] path: there is no folder {0}; name the one that holds <id>/<version>/agreement.toml",
           "[agreements] path：没有目录 {0}；请指定含有 <id>/<version>/agreement.toml 的目录"},
    Phrase{"{0}: cannot make the folder {1}: {2}; name a place that this user can write",
           "{0}：无法创建目录 {1}：{2}；请指定当前用户可写的位置"},
    Phrase{"[{0}] {1} must be {2}, not {3}", "[{0}] {1} 须为 {2}，而不是 {3}"},
    Phrase{"[{0}] {1} must be {2}", "[{0}] {1} 须为 {2}"},
    // values
    Phrase{"a whole number from {0} to {1}", "{0} 至 {1} 的整数"},
    Phrase{"a number of bytes such as \"256MB\" or \"64MiB\", from {0} to {1}",
           "形如 \"256MB\" 或 \"64MiB\" 的字节数，{0} 至 {1}"},
    Phrase{"a duration such as \"30s\" or \"2h\", from {0} to {1}",
           "形如 \"30s\" 或 \"2h\" 的时长，{0} 至 {1}"},
    Phrase{"a list of 1 to {0} durations such as [\"1m\", \"5m\", \"2h\"], each from 1s to 7d",
           "含 1 至 {0} 个形如 [\"1m\", \"5m\", \"2h\"] 的时长的列表，每个为 1s 至 7d"},
    Phrase{"a text that is not empty", "非空的文本"},
    Phrase{"the path of a file", "文件的路径"},
    Phrase{"the path of a folder", "目录的路径"},
    Phrase{"the path of a PEM file", "PEM 文件的路径"},
    Phrase{"the path of a TOML file", "TOML 文件的路径"},
    Phrase{"the path of a trust policy", "信任策略文件的路径"},
    Phrase{"the path of a Unix-domain socket", "Unix 域套接字的路径"},
    Phrase{"a name without spaces, at most 200 bytes", "不含空格的名称，至多 200 字节"},
    Phrase{"a name without spaces, at most 200 bytes, or \"\" to publish none",
           "不含空格的名称，至多 200 字节，或以 \"\" 表示不发布"},
    Phrase{"a URI reference without spaces, at most 200 bytes", "不含空格的 URI 引用，至多 200 字节"},
    Phrase{"\"embedded:PATH\", \"amqp://HOST[:PORT][/VHOST]\" or \"amqps://…\"",
           "\"embedded:PATH\"、\"amqp://HOST[:PORT][/VHOST]\" 或 \"amqps://…\""},
    Phrase{"\"smtp://HOST[:PORT]\", \"smtps://HOST[:PORT]\" or \"sandbox:FOLDER\"",
           "\"smtp://HOST[:PORT]\"、\"smtps://HOST[:PORT]\" 或 \"sandbox:FOLDER\""},
    Phrase{"\"kannel://HOST[:PORT]\", \"kannels://HOST[:PORT]\", \"provider:FILE\" or \"sandbox:FOLDER\"",
           "\"kannel://HOST[:PORT]\"、\"kannels://HOST[:PORT]\"、\"provider:FILE\" 或 \"sandbox:FOLDER\""},
    Phrase{"\"https://HOST[:PORT][/PATH]\" or \"http://…\"",
           "\"https://HOST[:PORT][/PATH]\" 或 \"http://…\""},
    Phrase{"\"127.0.0.1:PORT\", \"[::1]:PORT\" or \"off\"", "\"127.0.0.1:PORT\"、\"[::1]:PORT\" 或 \"off\""},
    Phrase{"\"127.0.0.1:PORT\" or \"[::1]:PORT\"", "\"127.0.0.1:PORT\" 或 \"[::1]:PORT\""},
    Phrase{"an address without scheme such as \"notices.example.com/log\", at most 256 bytes without spaces "
           "and +, or \"\" to keep no log",
           "不带协议头的地址，如 \"notices.example.com/log\"，至多 256 字节，不含空格和 +；或以 \"\" "
           "表示不保存证据日志"},
    Phrase{"a time zone such as \"Asia/Shanghai\"", "形如 \"Asia/Shanghai\" 的时区"},
    Phrase{"an email address, or \"Name <address>\"", "邮件地址，或 \"名称 <地址>\""},
    Phrase{"an email address", "邮件地址"},
    Phrase{"an http:// or https:// url without a final slash, a query or a percent sign",
           "http:// 或 https:// 地址，末尾不带斜线，不含查询部分和百分号"},
    Phrase{"a number or a name of at most {0} ASCII characters", "号码，或至多 {0} 个 ASCII 字符的名称"},
    Phrase{"an object identifier such as \"1.3.6.1.4.1.4146.2.3\", or \"\"",
           "形如 \"1.3.6.1.4.1.4146.2.3\" 的对象标识符，或 \"\""},
    Phrase{"\"{0}\" or \"{1}\"", "\"{0}\" 或 \"{1}\""},
    Phrase{"a list of other things than texts", "含有文本以外内容的列表"},
    Phrase{"a date or time", "日期或时间"},
    // what the command starts from
    Phrase{"There is no configuration file, so the embedded defaults hold but for what the environment sets:",
           "没有配置文件，除环境变量另有设置外使用内置默认值："},
    Phrase{"This is a SANDBOX: messages become files there and reach nobody.",
           "这是沙箱：消息只写成文件，不会送达任何人。"},
    Phrase{"This is REAL: messages are sent to the recipients.", "这是真实环境：消息会发送给收件人。"},
    Phrase{"Start your own file from the example.toml that came with the program.",
           "可从随程序提供的 example.toml 开始编写自己的配置文件。"},
};

}  // namespace

std::span<const Phrase> configuration_errors() { return table; }

}  // namespace duenotice::app
