#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
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
    // what a command line has too much or too little
    Phrase{"duenotice: {0} is missing; see `{1} --help`\n", "duenotice: 缺少 {0}；请看 `{1} --help`\n"},
    Phrase{"duenotice: {0}; see `{1} --help`\n", "duenotice: {0}；请看 `{1} --help`\n"},
    Phrase{"duenotice: {0} See `{1} --help`\n", "duenotice: {0}请看 `{1} --help`\n"},
    Phrase{"unknown option '{0}'; did you mean `{1}`?", "未知的选项“{0}”；是否指 `{1}`？"},
    Phrase{"unknown option '{0}'", "未知的选项“{0}”"},
    Phrase{"unknown command '{0}'; did you mean `{1}`?", "未知的命令“{0}”；是否指 `{1}`？"},
    Phrase{"unknown command '{0}'", "未知的命令“{0}”"},
    Phrase{"unexpected '{0}' behind what {1} takes", "{1} 之后有多余的“{0}”"},
    Phrase{"{0} needs a FILE: {1}", "{0} 需要文件：{1}"},
    Phrase{"{0} needs a value: {1}", "{0} 需要值：{1}"},
    Phrase{"too many words for {0}: {1}", "{0} 的值过多：{1}"},
    Phrase{"too few words for {0}: {1}", "{0} 的值过少：{1}"},
    Phrase{"{0} needs a command: {1}", "{0} 需要一个命令：{1}"},
    Phrase{"it is blank", "为空白"},
    Phrase{"--{0} excludes --{1}", "--{0} 不能与 --{1} 同用"},
    Phrase{"--{0} requires --{1}", "--{0} 需要与 --{1} 同用"},
    Phrase{"--lang: {0} not in {1}", "--lang：{0} 不是 {1} 之一"},
    Phrase{"Value {0} not in range {1} to {2}", "值 {0} 不在 {1} 至 {2} 的范围内"},
    Phrase{"Could not convert: {0} = {1}", "{0} 的值无法识别：{1}"},
    // files
    Phrase{"{0} exists already; choose another name, or overwrite it with --force",
           "{0} 已存在；请换一个名称，或用 --force 覆盖"},
    Phrase{"{0}; choose another name, or overwrite it with --force", "{0}；请换一个名称，或用 --force 覆盖"},
    Phrase{"{0} exists already", "{0} 已存在"},
    Phrase{"another process writes {0}", "另一进程正在写 {0}"},
    Phrase{"another process holds the lock {0}", "另一进程占有锁 {0}"},
    Phrase{"{0} is larger than {1} bytes", "{0} 大于 {1} 字节"},
    Phrase{"the secret file {0} is empty", "密钥文件 {0} 为空"},
    Phrase{"cannot ask for the free space of {0}: {1}", "无法得知 {0} 的剩余空间：{1}"},
    Phrase{"nothing can be made in {0}: {1}", "无法在 {0} 中创建文件：{1}"},
    Phrase{"the output could not be written completely; see that there is room where it goes",
           "输出未能完整写入；请确认其所在处有空间"},
    Phrase{"cannot read {0}: {1}; name a file of requests, or - for stdin",
           "无法读取 {0}：{1}；请指定请求文件，或用 - 表示标准输入"},
    Phrase{"cannot read {0}; name a file of requests, or - for stdin",
           "无法读取 {0}；请指定请求文件，或用 - 表示标准输入"},
    Phrase{"cannot read the key {0}: {1}", "无法读取密钥 {0}：{1}"},
    Phrase{"cannot read {0}: {1}", "无法读取 {0}：{1}"},
    Phrase{"cannot write {0}: {1}", "无法写入 {0}：{1}"},
    Phrase{"cannot open the lock {0}: {1}", "无法打开锁 {0}：{1}"},
    Phrase{"cannot open {0}: {1}", "无法打开 {0}：{1}"},
    Phrase{"cannot look at {0}: {1}", "无法查看 {0}：{1}"},
    Phrase{"cannot inspect {0}: {1}", "无法查看 {0}：{1}"},
    Phrase{"cannot sync {0}: {1}", "无法同步 {0}：{1}"},
    Phrase{"cannot rename to {0}: {1}", "无法重命名为 {0}：{1}"},
    Phrase{"cannot name {0}: {1}", "无法命名 {0}：{1}"},
    Phrase{"cannot shorten {0}: {1}", "无法截短 {0}：{1}"},
    Phrase{"cannot allocate {0}: {1}", "无法为 {0} 分配空间：{1}"},
    Phrase{"cannot lock {0}: {1}", "无法锁定 {0}：{1}"},
    Phrase{"cannot make the folder {0}: {1}", "无法创建目录 {0}：{1}"},
    Phrase{"cannot open {0} (SQLite code {1})", "无法打开 {0}（SQLite 代码 {1}）"},
    Phrase{"{0} (SQLite code {1})", "{0}（SQLite 代码 {1}）"},
    Phrase{"No such file or directory", "没有该文件或目录"},
    Phrase{"Permission denied", "权限不足"},
    Phrase{"Not a directory", "不是目录"},
    Phrase{"Is a directory", "是目录"},
    Phrase{"No space left on device", "设备上没有剩余空间"},
    Phrase{"Address already in use", "地址已被占用"},
    Phrase{"Connection refused", "连接被拒绝"},
    Phrase{"out of memory", "内存不足"},
    Phrase{"timeout", "超时"},
    // a mistake in a table of a file that people write
    Phrase{"'{0}' in '{1}' of {2}] {3}", "{2}] 的“{1}”中的“{0}”{3}"},
    Phrase{"'{0}' in [{1}] {2}", "[{1}] 中的“{0}”{2}"},
    Phrase{"'{0}' in '{1}' {2}", "“{1}”中的“{0}”{2}"},
    Phrase{"'{0}' {1}", "“{0}”{1}"},
    // where in a request
    Phrase{"{0} at the body: {1}", "{0}，位于请求正文：{1}"},
    Phrase{"{0} at /{1}: {2}", "{0}，位于 /{1}：{2}"},
};

}  // namespace

std::span<const Phrase> common_errors() { return table; }

}  // namespace duenotice::app
