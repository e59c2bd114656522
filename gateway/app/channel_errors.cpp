#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // email
    Phrase{"the mail server offers no login, but a username is configured",
           "邮件服务器不提供登录，而配置中有 username"},
    Phrase{"the mail server {0} cannot be used ({1} at stage {2}); it said: {3}",
           "无法使用邮件服务器 {0}（阶段 {2}：{1}）；对方答复：{3}"},
    Phrase{"the mail server {0} cannot be used ({1} at stage {2})",
           "无法使用邮件服务器 {0}（阶段 {2}：{1}）"},
    Phrase{"connections: write a number from 1 to {0}", "connections：请写 1 至 {0} 的数"},
    Phrase{"connect_timeout, reply_timeout and final_reply_timeout: write a duration of more than 0 and at "
           "most {0}",
           "connect_timeout、reply_timeout 和 final_reply_timeout：请写大于 0、至多 {0} 的时长"},
    Phrase{"username and password belong together: set both or neither",
           "username 与密码须一并设置，或都不设置"},
    Phrase{"url: write the folder after `sandbox:`, for instance sandbox:/var/tmp/mail",
           "url：请在 `sandbox:` 之后写目录，例如 sandbox:/var/tmp/mail"},
    Phrase{"url: write `smtp://host:port`, `smtps://host:port` or `sandbox:FOLDER`; user and password have "
           "options of their own",
           "url：请写 `smtp://host:port`、`smtps://host:port` 或 `sandbox:FOLDER`；用户名和密码另有选项"},
    Phrase{"the name before the address must be UTF-8 on one line, at most {0} bytes",
           "地址之前的名称必须是一行 UTF-8 文本，至多 {0} 字节"},
    Phrase{"write it as `name@example.com` or `Name <name@example.com>`",
           "请写作 `name@example.com` 或 `Name <name@example.com>`"},
    Phrase{"the part before the @ must be ASCII", "@ 之前的部分必须是 ASCII"},
    // the sandbox
    Phrase{"the sandbox folder {0} cannot be used: {1}", "无法使用沙箱目录 {0}：{1}"},
    Phrase{"it is not a folder", "不是目录"},
    // SMS
    Phrase{"{0} at {1} cannot be reached: {2}", "无法连接 {1} 处的 {0}：{2}"},
    Phrase{"Kannel at {0} cannot be used: {1}", "无法使用 {0} 处的 Kannel：{1}"},
    Phrase{"it does not answer ({0})", "没有应答（{0}）"},
    Phrase{"it refuses our login: {0}", "拒绝我方登录：{0}"},
    Phrase{"it answers what Kannel would not: {0}", "其答复不是 Kannel 的：{0}"},
    Phrase{"{0}: write a number from 1 to {1}", "{0}：请写 1 至 {1} 的数"},
    Phrase{"connect_timeout and reply_timeout: write a duration of more than 0 and at most {0}",
           "connect_timeout 和 reply_timeout：请写大于 0、至多 {0} 的时长"},
    Phrase{"sender: write the number or the short name that recipients see, at most {0} ASCII characters",
           "sender：请写收件人看到的号码或短名称，至多 {0} 个 ASCII 字符"},
    Phrase{"username and password: write those of Kannel's sendsms-user",
           "username 和密码：请写 Kannel 的 sendsms-user 的"},
    Phrase{"username and password: they must be one line", "username 和密码：须为一行"},
    Phrase{
        "report_url: write how Kannel reaches this gateway, for instance http://127.0.0.1:8075/sms/reports",
        "report_url：请写 Kannel 访问本网关的地址，例如 http://127.0.0.1:8075/sms/reports"},
    Phrase{"report_key: without it anybody could make up reports",
           "report_key：没有它，任何人都可以伪造报告"},
    Phrase{"report_timeout: write a duration of more than 0 and at most {0}",
           "report_timeout：请写大于 0、至多 {0} 的时长"},
    Phrase{"password: {0} has a place for a secret", "password：{0} 中有填写密钥的位置"},
    Phrase{"username: {0} wants a login", "username：{0} 要求登录"},
    Phrase{"url: write `kannel://host:port`, `kannels://host:port`, `provider:FILE` or `sandbox:FOLDER`; "
           "user and password have options of their own",
           "url：请写 `kannel://host:port`、`kannels://host:port`、`provider:FILE` 或 "
           "`sandbox:FOLDER`；用户名和密码另有选项"},
    // the description of a provider
    Phrase{"must be GET, POST or PUT", "必须是 GET、POST 或 PUT"},
    Phrase{"must be \"basic\"", "必须是 \"basic\""},
    Phrase{"and 'form' exclude each other", "与 form 互斥"},
    Phrase{"GET has no body; use [request.query]", "GET 没有正文；请用 [request.query]"},
    Phrase{"no place in [request] has {to}: nobody would get the message",
           "[request] 中没有 {to}：没有人会收到消息"},
    Phrase{"no place in [request] has {text}: the message would be empty",
           "[request] 中没有 {text}：消息会是空的"},
    Phrase{"must start with https:// (http:// only for 127.0.0.1)",
           "必须以 https:// 开头（http:// 只能用于 127.0.0.1）"},
    Phrase{"is no url without user, query and fragment; use [request.query]",
           "须为不含用户名、查询和片段的 url；请用 [request.query]"},
    Phrase{"must not have a place in its host", "主机名中不得有占位符"},
    Phrase{"must be a header's name and one line of text", "必须是报头名称和一行文本"},
    Phrase{"is set by the gateway", "由网关设置"},
    Phrase{"[request.json] is nested too deeply", "[request.json] 嵌套过深"},
    Phrase{"a key of [request.json] must not have a place", "[request.json] 的键中不得有占位符"},
    Phrase{"[request.json] may hold texts, whole numbers, true, false, lists and tables, not {0}",
           "[request.json] 可以含文本、整数、true、false、列表和表，不能含{0}"},
    Phrase{
        "'{{0}}' is no place; there are {to}, {to_digits}, {text}, {id}, {sender}, {username} and {secret}",
        "“{{0}}”不是占位符；占位符有 {to}、{to_digits}、{text}、{id}、{sender}、{username} 和 {secret}"},
    Phrase{"{{0}} must not stand in {1}", "{1} 中不得有 {{0}}"},
    Phrase{"must be a JSON pointer such as \"/data/id\"", "必须是形如 \"/data/id\" 的 JSON 指针"},
    Phrase{"name either 'json' (a pointer) or 'header'", "请写 json（指针）或 header 之一"},
    Phrase{"'reply' must be tables [[reply]]", "reply 必须是表 [[reply]]"},
    Phrase{"no [[reply]] means \"accepted\": nothing would ever be sent",
           "没有 [[reply]] 的 means 为 \"accepted\"：将永远没有已发送"},
    Phrase{"must be \"accepted\", \"transient\" or \"permanent\"",
           "必须是 \"accepted\"、\"transient\" 或 \"permanent\""},
    Phrase{"a [[reply]] without 'status' and 'where' would match everything",
           "既无 status 又无 where 的 [[reply]] 会匹配一切"},
    Phrase{"an acceptance must name a 'status' from 200 to 299", "表示接收的必须写明 200 至 299 的 status"},
    Phrase{"must be a number from 200 to 599, \"2xx\" to \"5xx\", or a list of these",
           "必须是 200 至 599 的数、\"2xx\" 至 \"5xx\"，或这些的列表"},
    Phrase{"a list that is not empty", "非空的列表"},
    Phrase{"'where' needs one of 'equals', 'prefix' and 'one_of'", "where 需要 equals、prefix、one_of 之一"},
    Phrase{"text, a whole number, true or false", "文本、整数、true 或 false"},
};

}  // namespace

std::span<const Phrase> channel_errors() { return table; }

}  // namespace duenotice::app
