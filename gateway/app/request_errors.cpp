#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // why requests are refused
    Phrase{"this field is not part of a request here; remove it", "请求中没有这个字段；请删除"},
    Phrase{"the field {0} is missing; add it", "缺少字段 {0}；请补上"},
    Phrase{"the field {0} must be a string", "字段 {0} 必须是字符串"},
    Phrase{"the field channels must be a list of at least one channel; leave it out to use all",
           "字段 channels 必须列出至少一个渠道；如用全部渠道，请省略该字段"},
    Phrase{"this channel is not served; use email, in_site or sms",
           "不支持这个渠道；请用 email、in_site 或 sms"},
    Phrase{"there is no agreement with this id; `duenotice agreements show` lists those that exist",
           "没有这个编号的协议；`duenotice agreements show` 会列出现有的协议"},
    Phrase{"the agreement has no such version; leave it out to use the one in force",
           "该协议没有这个版本；省略即使用现行版本"},
    Phrase{"the agreement has no notice of this kind; `duenotice agreements show` lists its kinds",
           "该协议没有这种通知；`duenotice agreements show` 会列出其种类"},
    Phrase{"the agreement has no texts in this language; use one of {0}", "该协议没有此语言的文本；可用 {0}"},
    Phrase{
        "this kind has a lead time of {0} days; say in effective_date from which day the notice takes effect",
        "此类通知须提前 {0} 天；请在 effective_date 中写明通知自何日起生效"},
    Phrase{"clause {0} asks for notice at the latest on the day before; the earliest lawful effective date "
           "is now {1}",
           "第 {0} 条要求最迟于前一日通知；现在最早的合法生效日为 {1}"},
    Phrase{"clause {0} asks for {1} days' notice; the earliest lawful effective date is now {2}",
           "第 {0} 条要求提前 {1} 天通知；现在最早的合法生效日为 {2}"},
    Phrase{"what this kind announces does not begin with its sending; say in effective_date from which day "
           "the notice takes effect",
           "此类通知的事项并非自发送之日开始；请在 effective_date 中写明通知自何日起生效"},
    Phrase{"{0} must not be before the day on which the notice is sent, at the earliest {1}; a reader would "
           "find it past, so give a later day",
           "{0} 不得早于通知的发送之日，最早为 {1}；否则收件人读到时日期已过，请改用更晚的日期"},
    Phrase{"{0} must not be after the day on which the notice is sent, at the earliest {1}; it says what has "
           "happened, so give that day",
           "{0} 不得晚于通知的发送之日，最早为 {1}；它说明已经发生的事项，请填写发生之日"},
    Phrase{"{0} must be at least {1} months before the day on which the notice is sent, so not after {2}; "
           "the clause asks for that time",
           "{0} 必须比通知发送之日早至少 {1} 个月，即不得晚于 {2}；条款要求满此期限"},
    Phrase{"{0} must not be before {1}, the day from which this version of the agreement is in force",
           "{0} 不得早于本版协议的生效日 {1}"},
    Phrase{"{0} must not be before {1}; correct one of the two", "{0} 不得早于 {1}；请更正其中之一"},
    Phrase{"{0} must not be after {1}; correct one of the two", "{0} 不得晚于 {1}；请更正其中之一"},
    Phrase{"{0} must be before {1}; correct one of the two", "{0} 必须早于 {1}；请更正其中之一"},
    Phrase{"the text of the SMS is too long: with these variables it has {0} characters, which is {1} "
           "segments in {2}, and [channels.sms] max_segments allows {3}; shorten the variables, {4} first, "
           "or leave the channel {5} out: name the others in 'channels'",
           "短信文本过长：按这些变量共 {0} 个字符，{2} 编码 {1} 条，而 [channels.sms] max_segments 允许 {3} "
           "条；请缩短变量，首先是 {4}，或不使用渠道 {5}：在 channels 中只写其他渠道"},
    Phrase{"The variable '{0}' must be one of {1}.", "变量 {0} 必须是 {1} 之一。"},
    Phrase{"clause {0} does not allow the channel {1} for {2}; name only {3}",
           "第 {0} 条不允许 {2} 使用渠道 {1}；只能写 {3}"},
    Phrase{"the channel {0} is not configured in this gateway; leave it out or configure it",
           "本网关未配置渠道 {0}；请去掉或加以配置"},
    Phrase{"the channel {0} needs {1}; add it or leave the channel out",
           "渠道 {0} 需要 {1}；请补上，或去掉该渠道"},
    Phrase{"this version of the agreement is in force from {0} on, and without effective_date the notice "
           "would take "
           "effect before; add one, or leave agreement_version out",
           "协议的此版本自 {0} 起生效，而不写 effective_date 的通知会在此之前生效；请补上，或去掉 "
           "agreement_version"},
    Phrase{"something with another content was taken under this source and id before; publish this under an "
           "id of its "
           "own",
           "此 source 和 id 下曾接收过内容不同的消息；请以另一 id 发布"},
    Phrase{"a notice was accepted under this source and id; publish this under an id of its own",
           "此 source 和 id 下已受理过一份通知；请以另一 id 发布"},
    Phrase{"notice {0} was accepted under this source and id with another content; publish the new content "
           "under an id of its own",
           "通知 {0} 已用同样的来源和编号受理，但内容不同；请用单独的编号发布新内容"},
    // the text of a request (RFC 8259)
    Phrase{"the body is not UTF-8 text; encode it as UTF-8 (RFC 8259)",
           "请求正文不是 UTF-8 文本；请用 UTF-8 编码（RFC 8259）"},
    Phrase{"the body is empty; send one JSON value", "请求正文为空；请发送一个 JSON 值"},
    Phrase{"the text is not JSON: it breaks off the grammar at byte {0}; send one complete JSON value",
           "文本不是 JSON：自第 {0} 字节起不合语法；请发送一个完整的 JSON 值"},
    Phrase{"the document is nested deeper than {0} levels; flatten it", "文档嵌套超过 {0} 层；请减少层次"},
    Phrase{"the document has more than {0} values; send fewer", "文档的值多于 {0} 个；请减少"},
    Phrase{"the document has too many values", "文档的值过多"},
    Phrase{"a string is longer than {0} bytes; shorten it", "有字符串超过 {0} 字节；请缩短"},
    Phrase{"a member name is too long; shorten it", "有成员名过长；请缩短"},
    Phrase{"binary values are not JSON", "二进制值不是 JSON"},
    Phrase{"the member \"{0}\" stands twice in one object; keep one",
           "同一对象中成员“{0}”出现两次；请只保留一个"},
    Phrase{"this member stands twice in one object; keep one", "同一对象中此成员出现两次；请只保留一个"},
    Phrase{"a number here must be an integer within plus or minus 9007199254740991; write it as a string",
           "此处的数字必须是绝对值不超过 9007199254740991 的整数；请写作字符串"},
    Phrase{"an integer here must be within plus or minus 9007199254740991; write it as a string",
           "此处的整数绝对值不得超过 9007199254740991；请写作字符串"},
    Phrase{"the body is larger than {0} bytes; send less", "请求正文超过 {0} 字节；请缩减"},
    Phrase{"the body has {0} bytes; send at most {1} (of this one the first {2} were kept)",
           "请求正文有 {0} 字节；最多 {1} 字节（此正文仅保留了前 {2} 字节）"},
    // its event (CloudEvents)
    Phrase{"only CloudEvents specversion 1.0 is understood", "仅支持 CloudEvents specversion 1.0"},
    Phrase{"only events of type {0} and {1} are taken here", "此处只接受类型为 {0} 和 {1} 的事件"},
    Phrase{
        "an event's attributes have names of lower-case letters and digits, and the request stands in data",
        "事件的属性名只含小写字母和数字，请求放在 data 中"},
    Phrase{"the request's {0} differs from the event's; make them equal or leave one out",
           "请求的 {0} 与事件的不一致；请使两者相同，或省略其一"},
    // its fields
    Phrase{"a notice request must be a JSON object", "通知请求必须是 JSON 对象"},
    Phrase{"an event must be a JSON object", "事件必须是 JSON 对象"},
    Phrase{"the recipient must be a JSON object", "收件人必须是 JSON 对象"},
    Phrase{"the field variables must be a JSON object", "字段 variables 必须是 JSON 对象"},
    Phrase{"a channel must be a string", "渠道必须是字符串"},
    Phrase{"this channel is named twice; name each once", "这个渠道写了两次；每个渠道只写一次"},
    Phrase{"the request differs here from request.schema.json; change it to what the schema says",
           "请求在此处与 request.schema.json 不符；请按该模式修改"},
    Phrase{"the field {0} must {1}", "字段 {0} 必须{1}"},
    Phrase{"this field must {0}", "此字段必须{0}"},
    Phrase{"a variable must {0}", "变量必须{0}"},
    Phrase{"have 1 to 200 bytes, not only blanks, and no control character",
           "为 1 至 200 字节，不能全为空白，且不含控制字符"},
    Phrase{"have 1 to 400 bytes, not only blanks, and no control character",
           "为 1 至 400 字节，不能只有空格，且不含控制字符"},
    Phrase{"have no control character except line feed and tab", "不含换行和制表符以外的控制字符"},
    Phrase{"be a day that exists, written YYYY-MM-DD", "是实际存在的日期，写作 YYYY-MM-DD"},
    Phrase{"be an RFC 3339 instant with its offset, such as 2026-03-31T09:00:00+08:00",
           "是带时区偏移的 RFC 3339 时刻，如 2026-03-31T09:00:00+08:00"},
    Phrase{"be an E.164 number: a plus sign, the country code and the number, 7 to 15 digits",
           "是 E.164 号码：加号、国家代码和号码，共 7 至 15 位数字"},
    Phrase{"be one address of the form local@domain without spaces, quotes, angle brackets or controls, with "
           "at most 64 bytes before the @ and 254 in all",
           "是一个形如 local@domain 的地址，不含空格、引号、尖括号或控制字符，@ 前至多 64 字节，总共至多 254 "
           "字节"},
    // its agreement and channels
    Phrase{"no version of this agreement is in force yet; name one in agreement_version",
           "该协议尚无版本生效；请在 agreement_version 中指定一个"},
    Phrase{"clause {0} demands {1} of {2}, which the channels named cannot satisfy; add {3}",
           "第 {0} 条要求经 {2} 中的 {1}发送，所列渠道无法满足；请加上 {3}"},
    Phrase{"clause {0} demands {1} of {2}; not configured in this gateway: {3}",
           "第 {0} 条要求经 {2} 中的 {1}发送；本网关未配置：{3}"},
    Phrase{"clause {0} demands {1} of {2}; without an address: {3}; add {4} (not configured: {5})",
           "第 {0} 条要求经 {2} 中的 {1}发送；没有地址的渠道：{3}；请补上 {4}（未配置：{5}）"},
    Phrase{"clause {0} demands {1} of {2}; without an address: {3}; add {4}",
           "第 {0} 条要求经 {2} 中的 {1}发送；没有地址的渠道：{3}；请补上 {4}"},
    Phrase{"1 channel", "1 个渠道"},
    Phrase{"2 channels", "2 个渠道"},
    Phrase{"3 channels", "3 个渠道"},
    Phrase{"the channel is not configured any more", "该渠道已不再配置"},
    // its variables
    Phrase{"'variables' must be an object.", "variables 必须是对象。"},
    Phrase{"'account_id' must not be empty.", "account_id 不得为空。"},
    Phrase{"The kind '{0}' needs an 'effective_date'.", "种类 {0} 需要 effective_date。"},
    Phrase{"The agreement '{0}' has no texts in this language.", "协议 {0} 没有此语言的文本。"},
    Phrase{"The kind '{0}' does not use the channel '{1}'.", "种类 {0} 不使用渠道 {1}。"},
    Phrase{"The kind '{0}' needs the variable '{1}' ({2}).", "种类 {0} 需要变量 {1}（{2}）。"},
    Phrase{"The kind '{0}' has no variable of this name; remove it.",
           "种类 {0} 没有这个名称的变量；请删除。"},
    Phrase{"The variable '{0}' {1}.", "变量 {0} {1}。"},
    Phrase{"must be a string", "必须是字符串"},
    Phrase{"must not hold control characters", "不得含有控制字符"},
    Phrase{"must not be blank", "不得为空白"},
    Phrase{"must be a date such as \"2026-03-31\"", "必须是形如 \"2026-03-31\" 的日期"},
    Phrase{"must be an object such as {\"amount\": \"1234.50\", \"currency\": \"CNY\"}",
           "必须是形如 {\"amount\": \"1234.50\", \"currency\": \"CNY\"} 的对象"},
    Phrase{"must have a 'currency' of three capital letters (ISO 4217), such as \"CNY\"",
           "必须含有 currency，为三个大写字母（ISO 4217），如 \"CNY\""},
    Phrase{"must have an 'amount' that is a string of digits without decimals, no sign, no separators and no "
           "leading zeros",
           "必须含有 amount，为不带小数的数字字符串，无正负号、无分隔符、无前导零"},
    Phrase{"must have an 'amount' that is a string of digits with at most {0} decimals, no sign, no "
           "separators and no leading zeros",
           "必须含有 amount，为至多 {0} 位小数的数字字符串，无正负号、无分隔符、无前导零"},
    Phrase{"must be a string that is an http or https address", "必须是字符串，内容为 http 或 https 地址"},
    Phrase{"must be an address of at most {0} characters", "必须是至多 {0} 个字符的地址"},
    Phrase{"must be an address that starts with https:// or http://",
           "必须是以 https:// 或 http:// 开头的地址"},
    Phrase{"must hold only the characters of an address (RFC 3986); others have to be percent-encoded",
           "只能含有地址允许的字符（RFC 3986）；其他字符须作百分号编码"},
    Phrase{"must be an address with a host name and without a user name", "必须是含主机名、不含用户名的地址"},
    Phrase{"must be a whole number", "必须是整数"},
    // its messages
    Phrase{"'{0}' ({1} characters)", "{0}（{1} 个字符）"},
    Phrase{"the text of the SMS is too long: with these variables it has {0} characters, which is {1} "
           "segments in {2}, and [channels.sms] max_segments allows {3}; shorten the variables, or leave the "
           "channel {4} out: name the others in 'channels'",
           "短信文本过长：按这些变量共 {0} 个字符，{2} 编码 {1} 条，而 [channels.sms] max_segments 允许 {3} "
           "条；请缩短变量，或不使用渠道 {4}：在 channels 中只写其他渠道"},
    Phrase{"an SMS needs a phone number such as +8613800138000", "短信需要形如 +8613800138000 的电话号码"},
    Phrase{"the SMS has no text", "短信没有文本"},
    Phrase{"the SMS is not UTF-8", "短信不是 UTF-8"},
    Phrase{"the SMS holds a control character; only line ends are allowed", "短信含有控制字符；只允许换行"},
    Phrase{"the email address is malformed", "邮件地址格式有误"},
    Phrase{"the domain of the email address is not a valid international name: {0}",
           "邮件地址的域名不是有效的国际化域名：{0}"},
    Phrase{"the {0} is not UTF-8", "{0} 不是 UTF-8"},
    Phrase{"the {0} holds a NUL character", "{0} 含有 NUL 字符"},
    // what keeps it from being recorded
    Phrase{"the notice could not be recorded, through no fault of the request; tell the gateway's operator, "
           "and publish it again under the same id when that is mended",
           "通知未能记录，并非请求有误；请告知网关的运维人员，待修复后以同样的编号重新发布"},
    // requests from a file
    Phrase{"line {0}: {1}", "第 {0} 行：{1}"},
    Phrase{"a list is not taken; put its requests one after the other (`jq -c '.[]'` does)",
           "不接受列表；请将其中的请求逐个排列（可用 `jq -c '.[]'`）"},
    Phrase{"a request is a JSON object and starts with {", "请求是 JSON 对象，以 { 开头"},
    Phrase{"the request that starts here has no end", "从此处开始的请求没有结尾"},
    Phrase{"the request that starts here has more than {0} bytes", "从此处开始的请求超过 {0} 字节"},
    Phrase{"there is no request in the input", "输入中没有请求"},
    Phrase{"{0}\n{1} certainly published; those from line {2} on may be published or not. Submit the file "
           "again: what the gateway has already it recognises by source and id.",
           "{0}\n确已发布 {1}；从第 {2} "
           "行起可能已发布，也可能未发布。请再次提交该文件：网关会按来源和编号识别已有的请求。"},
    Phrase{"{0}\n{1} before it published; nothing from that line on.",
           "{0}\n此前已发布 {1}；从该行起均未发布。"},
    Phrase{"1 request", "1 个请求"},
    // preview
    Phrase{"--data must be a JSON object: a request, or its variables alone",
           "--data 必须是 JSON 对象：一个请求，或仅其变量"},
    Phrase{"--data: wrong_type at {0}: a number must be an integer; write it as a string",
           "--data：wrong_type，位于 {0}：数字必须是整数；请写作字符串"},
    Phrase{"--data says \"{0}\": \"{1}\", but {2} is {3}; make them equal or leave one out",
           "--data 写有 \"{0}\": \"{1}\"，而 {2} 为 {3}；请使两者相同，或省略其一"},
    Phrase{"--data: {0}; name a JSON file in --data, or - for stdin",
           "--data：{0}；请在 --data 中指定 JSON 文件，或用 - 表示标准输入"},
    Phrase{"{0}; name a JSON file in --data, or - for stdin",
           "{0}；请在 --data 中指定 JSON 文件，或用 - 表示标准输入"},
    Phrase{"there is no agreement {0}; `duenotice agreements show` lists them",
           "没有协议 {0}；`duenotice agreements show` 会列出现有的协议"},
    Phrase{"agreement {0} has no version {1}; `duenotice agreements show` lists them",
           "协议 {0} 没有版本 {1}；`duenotice agreements show` 会列出现有的版本"},
    Phrase{"agreement {0} is not in force yet; name an --agreement-version",
           "协议 {0} 尚未生效；请指定 --agreement-version"},
    Phrase{"agreement {0} has no kind {1}; it has: {2}", "协议 {0} 没有种类 {1}；现有：{2}"},
    Phrase{"agreement {0} has no texts for the locale {1}; `duenotice agreements show` lists its languages",
           "协议 {0} 没有语言 {1} 的文本；`duenotice agreements show` 会列出其语言"},
    Phrase{"kind {0} has no channel {1}; `duenotice agreements show` lists its channels",
           "种类 {0} 没有渠道 {1}；`duenotice agreements show` 会列出其渠道"},
    Phrase{"the request makes no message for {0}: its recipient has no address for it, or its `channels` "
           "leave it out",
           "该请求不产生 {0} 消息：收件人没有相应地址，或其 `channels` 未列入该渠道"},
};

}  // namespace

std::span<const Phrase> request_errors() { return table; }

}  // namespace duenotice::app
