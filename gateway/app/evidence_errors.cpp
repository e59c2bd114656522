#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // the log's key and folder
    Phrase{"{0}; a key is never overwritten: this log has one, and another log needs a key_file of its own",
           "{0}；密钥绝不覆盖：此日志已有密钥，另一个日志需要单独的 key_file"},
    Phrase{"[evidence] origin is not set: choose the log's name for all time, an address of yours without "
           "scheme such as notices.example.com/log, and set it before the key is made",
           "未设置 [evidence] origin：请选定日志永久使用的名称，即您自己的、不带协议头的地址，如 "
           "notices.example.com/log，并在生成密钥之前设置"},
    Phrase{"there is no key of the evidence log at {0}: make it with `duenotice log init`, or, where the log "
           "has had one, put its copy there",
           "{0} 处没有证据日志的密钥：请用 `duenotice log init` 生成；若日志此前已有密钥，请将其副本放回"},
    Phrase{"the key in {0} is that of {1}, but [evidence] origin is {2}: name the key of this log, or the "
           "origin of that key",
           "{0} 中的密钥属于 {1}，而 [evidence] origin 为 {2}：请指定此日志的密钥，或该密钥的 origin"},
    Phrase{"there is no evidence log at {0} yet: `duenotice serve` makes it",
           "{0} 处还没有证据日志：`duenotice serve` 会创建它"},
    Phrase{"the evidence log has no checkpoint yet: `duenotice serve` makes it",
           "证据日志还没有检查点：`duenotice serve` 会生成"},
    Phrase{"the log's checkpoint: {0}", "日志的检查点：{0}"},
    Phrase{"the evidence log does not cover event {0} yet: a running gateway adds what is new within "
           "seconds, so try again; `duenotice status` says how far the log is",
           "证据日志尚未涵盖事件 {0}：运行中的网关会在数秒内加入新内容，请重试；`duenotice status` "
           "会说明日志的进度"},
    Phrase{"the log has {0} events, and never had {1}; a signed checkpoint of that size would prove that it "
           "was cut off",
           "日志有 {0} 条事件，从未有过 {1} 条；若有该大小的已签名检查点，即可证明日志曾被截断"},
    Phrase{"the event of leaf {0} is not the one in the log: `duenotice log verify` names every difference",
           "叶 {0} 的事件与日志中的不同：`duenotice log verify` 会列出每一处差异"},
    Phrase{"{0} event of this notice is not in the log yet: a running gateway adds what is new within "
           "seconds, so try again; `duenotice status` says how far the log is",
           "此通知有 {0} 条事件尚未写入日志：运行中的网关会在数秒内加入新内容，请重试；`duenotice status` "
           "会说明日志的进度"},
    Phrase{"{0} events of this notice are not in the log yet: a running gateway adds what is new within "
           "seconds, so try again; `duenotice status` says how far the log is",
           "此通知有 {0} 条事件尚未写入日志：运行中的网关会在数秒内加入新内容，请重试；`duenotice status` "
           "会说明日志的进度"},
    Phrase{"there is no seal {0}: they have the numbers 1 to {1}", "没有封存 {0}：其编号为 1 至 {1}"},
    Phrase{"the log was not sealed yet: `duenotice serve` seals it",
           "日志尚未封存：`duenotice serve` 会封存"},
    Phrase{"the log was not sealed yet", "日志尚未封存"},
    Phrase{"{0}; or give the log's public key with --key, as `log init` printed it",
           "{0}；或用 --key 给出日志的公钥，即 `log init` 所打印的"},
    Phrase{"the key file {0} can be read by others than its owner: chmod 600 it, and think about whether "
           "somebody has",
           "密钥文件 {0} 可被所有者以外的用户读取：请执行 chmod 600，并考虑是否已有人读取"},
    // publishing
    Phrase{"nothing was signed: {0}. The journal seems to have been restored from an older backup, and "
           "signing it would give the log two histories. Restore the newest copy of the journal; where the "
           "missing events are lost for good, keep this log as it is, and start another with a new origin, "
           "key and folder",
           "没有签名：{0}"
           "。日志库似乎是从较旧的备份恢复的，若签名，日志就会有两种历史。请恢复日志库的最新副本；若缺少的事"
           "件已无法找回，请保持此日志原样，另以新的 origin、密钥和目录开始一个日志"},
    Phrase{"nothing was signed: event {0} of the journal (counted from 0) is too long for the log",
           "没有签名：日志库的事件 {0}（从 0 数起）对日志而言过长"},
    Phrase{"nothing was signed: the journal ends at event {0} (counted from 0) although it has {1} events",
           "没有签名：日志库止于事件 {0}（从 0 数起），而它有 {1} 条事件"},
    Phrase{"nothing was signed: the journal ends at event {0} (counted from 0) although it has {1}",
           "没有签名：日志库止于事件 {0}（从 0 数起），而它有 {1}"},
    Phrase{"nothing was signed: {0}", "没有签名：{0}"},
    Phrase{"the journal has {0} events, but the log's head was signed over {1} events",
           "日志库有 {0} 条事件，而日志头的签名涵盖 {1} 条事件"},
    Phrase{"the journal has {0}, but the log's head was signed over {1}",
           "日志库有 {0}，而日志头的签名涵盖 {1}"},
    Phrase{"event {0} of the journal (counted from 0) is not the one in the log",
           "日志库的事件 {0}（从 0 数起）与日志中的不同"},
    Phrase{"event {0} of the journal (counted from 0) is missing", "缺少日志库的事件 {0}（从 0 数起）"},
    Phrase{"another process publishes this log; it has moved the head",
           "另一进程在发布此日志；它已移动日志头"},
    Phrase{"the log's folder is damaged: {0}", "日志的目录已损坏：{0}"},
    Phrase{"the log's last tiles do not have the root that was signed over {0} events: restore the log's "
           "folder from its newest copy",
           "日志最末各块的根与涵盖 {0} 条事件的签名不符：请从最新副本恢复日志的目录"},
    Phrase{"the log's last tiles do not have the root that was signed over {0}: restore the log's folder "
           "from its newest copy",
           "日志最末各块的根与涵盖 {0} 的签名不符：请从最新副本恢复日志的目录"},
    Phrase{"the log's folder has a checkpoint, but the file that remembers the log's head is empty: restore "
           "that file from its newest copy, or give another log a folder of its own",
           "日志的目录中有检查点，而记住日志头的文件为空：请从最新副本恢复该文件，或给另一个日志单独的目录"},
    Phrase{
        "the log's head was not signed with this origin and key ({0}): give the gateway the key of this log, "
        "or another log a folder and a head of its own",
        "日志头不是以此 origin 和密钥签名的（{0}）：请给网关此日志的密钥，或给另一个日志单独的目录和日志头"},
    Phrase{"the file that remembers the log's head is damaged: restore its newest copy",
           "记住日志头的文件已损坏：请恢复其最新副本"},
    Phrase{"the checkpoint in the log's folder ({0} events) is newer than the head that was remembered ({1} "
           "events): the file that remembers the head is an older copy. Restore its newest one",
           "日志目录中的检查点（{0} 条事件）比所记住的日志头（{1} "
           "条事件）新：记住日志头的文件是较旧的副本。请恢复其最新副本"},
    Phrase{"the checkpoint in the log's folder ({0} events) is not the head that was remembered ({1} "
           "events): the file that remembers the head is an older copy. Restore its newest one",
           "日志目录中的检查点（{0} 条事件）不是所记住的日志头（{1} "
           "条事件）：记住日志头的文件是较旧的副本。请恢复其最新副本"},
    Phrase{"{0} exists with other content, although files of the log never change: it was altered, or "
           "belongs to another log",
           "{0} 已存在而内容不同，而日志的文件绝不改变：它已被改动，或属于另一个日志"},
    Phrase{"{0} has {1} bytes instead of {2}", "{0} 有 {1} 字节，而应为 {2} 字节"},
    Phrase{"the log's head cannot be sealed: {0}", "日志头无法封存：{0}"},
    Phrase{"the log's head has {0} events, but a checkpoint over {1} was sealed: the file of the head was "
           "restored from an older backup",
           "日志头含 {0} 条事件，而已封存的检查点涵盖 {1} 条：日志头的文件是从较旧的备份恢复的"},
    Phrase{"a seal in {0} was not made by this log", "{0} 中有一个封存不是此日志所作"},
    Phrase{"the log's head in {0} is damaged", "{0} 中的日志头已损坏"},
    Phrase{"the log's seals in {0} is damaged", "{0} 中的封存已损坏"},
    Phrase{"the witness's memory in {0} is damaged", "{0} 中见证人的记录已损坏"},
    Phrase{"the log's head in {0}: {1}", "{0} 中的日志头：{1}"},
    Phrase{"the log's seals in {0}: {1}", "{0} 中的封存：{1}"},
    Phrase{"the witness's memory in {0}: {1}", "{0} 中见证人的记录：{1}"},
    // what `log verify` finds
    Phrase{"the log has no checkpoint", "日志没有检查点"},
    Phrase{"the head that was remembered is damaged: {0}", "所记住的日志头已损坏：{0}"},
    Phrase{"the head that was remembered is damaged", "所记住的日志头已损坏"},
    Phrase{"two different trees of {0} leaves were signed: the log has been forked",
           "有两棵不同的、同为 {0} 片叶的树被签名：日志已分叉"},
    Phrase{"the published checkpoint has {0} leaves, the head of the log {1}",
           "所公布的检查点有 {0} 片叶，而日志头有 {1} 片"},
    Phrase{"the head that was remembered has {0} leaves, the published checkpoint {1}",
           "所记住的日志头有 {0} 片叶，而所公布的检查点有 {1} 片"},
    Phrase{"the published checkpoint of {0} leaves is not an earlier head of this log: it has been forked",
           "所公布的、有 {0} 片叶的检查点不是此日志先前的日志头：日志已分叉"},
    Phrase{"the journal ends before leaf {0} of the log", "日志库在日志的叶 {0} 之前就已结束"},
    Phrase{"leaf {0} stands further up in the journal than in the log, before leaf {1}",
           "叶 {0} 在日志库中的位置比在日志中靠前，位于叶 {1} 之前"},
    Phrase{"leaf {0} stands further down in the journal than in the log, before leaf {1}",
           "叶 {0} 在日志库中的位置比在日志中靠后，位于叶 {1} 之前"},
    Phrase{"leaf {0} of the log is not at its place in the journal", "日志的叶 {0} 不在日志库中应有的位置"},
    Phrase{"before leaf {0} the journal has an event more than the log",
           "在叶 {0} 之前，日志库比日志多一条事件"},
    Phrase{"the event of leaf {0} is not the one in the log", "叶 {0} 的事件与日志中的不同"},
    Phrase{"the events of leaf {0} and leaf {1} have changed places in the journal",
           "叶 {0} 与叶 {1} 的事件在日志库中互换了位置"},
    Phrase{"neither the journal nor the partial tiles at the log's end have the signed root: what else is "
           "named here rests on what remains",
           "日志库与日志末尾的未满块都不具有已签名的根：此处列出的其他内容以尚存部分为依据"},
    Phrase{"{0} is not what was published", "{0} 与所公布的不同"},
    Phrase{"tile/{0} is missing", "缺少 tile/{0}"},
    Phrase{"{0} is no file of this log", "{0} 不是此日志的文件"},
    Phrase{"a seal that was made is not there", "已作出的封存不在其中"},
    Phrase{"it seals {0} events, but one before it {1}", "它封存 {0} 条事件，而此前的一次封存 {1} 条"},
    Phrase{"the first {0} events of the log have another root than the one that was sealed",
           "日志前 {0} 条事件的根与所封存的不同"},
    Phrase{"the log does not have all of its events: {0}", "日志缺少其中的事件：{0}"},
    Phrase{"time, signer or policy noted beside it are not those in the token",
           "旁注的时间、签名者或策略与令牌中的不符"},
    Phrase{"it is by another key", "它出自另一个密钥"},
    Phrase{"1 event", "1 条事件"},
    // checkpoints, notes and proofs
    Phrase{"not an add-checkpoint request: {0}", "不是 add-checkpoint 请求：{0}"},
    Phrase{"not a checkpoint: {0}", "不是检查点：{0}"},
    Phrase{"not a proof of a log: {0}", "不是日志的证明：{0}"},
    Phrase{"not a signed note: {0}", "不是签名的 note：{0}"},
    Phrase{"not a key of a signed note: {0}", "不是签名 note 的公钥：{0}"},
    Phrase{"not a private key of a signed note: it must begin with PRIVATE+KEY+",
           "不是签名 note 的私钥：必须以 PRIVATE+KEY+ 开头"},
    Phrase{"it is too long", "过长"},
    Phrase{"it is not plain UTF-8 with a newline at its end", "不是以换行结尾的纯 UTF-8 文本"},
    Phrase{"its first line, the origin, is empty", "第一行（origin）为空"},
    Phrase{"its second line is not the size of a tree", "第二行不是树的大小"},
    Phrase{"its third line is not the hash of a root", "第三行不是根的哈希"},
    Phrase{"a line of it is empty", "其中有空行"},
    Phrase{"no empty line stands before the checkpoint", "检查点之前没有空行"},
    Phrase{"its first line is not `old` and a size", "第一行不是 `old` 和大小"},
    Phrase{"a line is no hash in base64", "有一行不是 base64 的哈希"},
    Phrase{"its proof is too long", "证明过长"},
    Phrase{"its first line is not {0}", "第一行不是 {0}"},
    Phrase{"its extra data is not base64", "附加数据不是 base64"},
    Phrase{"the line with the index is missing", "缺少序号行"},
    Phrase{"its index is not a number", "序号不是数字"},
    Phrase{"a line of it is not a hash", "有一行不是哈希"},
    Phrase{"it has too many hashes", "哈希过多"},
    Phrase{"a signature line must begin with an em dash", "签名行必须以破折号开头"},
    Phrase{"a signature line lacks the signature", "有签名行缺少签名"},
    Phrase{"a key's name is not allowed", "密钥名称不符合规定"},
    Phrase{"a signature is not base64", "有签名不是 base64"},
    Phrase{"no empty line stands before the signatures", "签名之前没有空行"},
    Phrase{"its text is not plain UTF-8", "文本不是纯 UTF-8"},
    Phrase{"its last line does not end", "最后一行没有结束"},
    Phrase{"it has too many signatures", "签名过多"},
    Phrase{"it has no signature", "没有签名"},
    Phrase{"it must be NAME+ID+KEY", "必须为 NAME+ID+KEY"},
    Phrase{"its name is not allowed", "名称不符合规定"},
    Phrase{"its last part is no key of 32 bytes", "最后一部分不是 32 字节的密钥"},
    Phrase{"its type is neither Ed25519 (1) nor an Ed25519 cosigner (4)",
           "类型既不是 Ed25519（1），也不是 Ed25519 联署（4）"},
    Phrase{"its identifier does not belong to its name and key", "标识与名称和密钥不符"},
    Phrase{"the checkpoint is of the log {0}, not of {1}", "检查点属于日志 {0}，而不是 {1}"},
    Phrase{"the checkpoint is not signed with the key {0}", "检查点没有密钥 {0} 的签名"},
    Phrase{"the signature of {0} is wrong", "{0} 的签名有误"},
    Phrase{"the entry bundle has more than {0} entries", "条目包的条目多于 {0} 个"},
    Phrase{"entry {0} of the entry bundle is cut off", "条目包的条目 {0} 被截断"},
    Phrase{"the entry bundle has {0} entries instead of {1}", "条目包有 {0} 个条目，而应为 {1} 个"},
};

}  // namespace

std::span<const Phrase> evidence_errors() { return table; }

}  // namespace duenotice::app
