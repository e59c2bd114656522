#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // daily statements
    Phrase{"it was made and is not there", "曾经作出，现已不存在"},
    Phrase{"it is not the one whose digest is in the log", "它与日志中所载摘要不符"},
    Phrase{"the log has not signed it, or it is about another day", "并非由该日志签名，或所述为另一日"},
    Phrase{"the first {0} events of the log are not those that it is about",
           "日志的前 {0} 个事件并非其所述的事件"},
    Phrase{"it names {0} seals, but there is no {1}", "它载明 {0} 次封存，但 {1} 不存在"},
    Phrase{"the {0} seals that it names, or their time stamps, are lost or changed",
           "它载明的 {0} 次封存或其时间戳已丢失或被更改"},
    // time stamps
    Phrase{"its answer is too long", "答复过长"},
    Phrase{"no answer: {0}", "没有答复：{0}"},
    Phrase{"it is no RFC 3161 time stamp", "不是 RFC 3161 时间戳"},
    Phrase{"it is a time stamp of an unknown version", "时间戳的版本未知"},
    Phrase{"it does not hold the one certificate that signed it", "未含有为其签名的那一张证书"},
    Phrase{"its time is not written in UTC", "时间不是以 UTC 书写的"},
    Phrase{"it stamps other data: its imprint is not the SHA-256 of what was to be stamped",
           "它为其他数据所作：其摘要不是应加盖时间戳的内容的 SHA-256"},
    Phrase{"it answers another request: its nonce is not the one that was sent",
           "它答复的是另一个请求：其 nonce 不是所发送的"},
    Phrase{"its certificate ({0}) is not for time stamping alone (a critical extended key usage with nothing "
           "else in it)",
           "其证书（{0}）不是专用于时间戳的（须有关键的扩展密钥用法，且仅含此用途）"},
    Phrase{"its certificate ({0}) could not be trusted at {1}: {2}", "其证书（{0}）在 {1} 不可信：{2}"},
    Phrase{"its signature is wrong: {0}", "签名有误：{0}"},
    Phrase{"for no stated reason", "未说明原因"},
    Phrase{"it says {0} and our clock says {1}: one of the two is wrong",
           "它写明 {0}，而我方时钟为 {1}：两者之一有误"},
    Phrase{"it was made under the policy {0}, not under {1}", "它依据策略 {0} 而不是 {1} 作出"},
    Phrase{"the answer is too long", "答复过长"},
    Phrase{"the time stamp is too long", "时间戳过长"},
    Phrase{"it answered with HTTP status {0}", "它以 HTTP 状态 {0} 答复"},
    Phrase{"its answer is no application/timestamp-reply", "答复不是 application/timestamp-reply"},
    Phrase{"the stamp was refused ({0}): {1}; it says: {2}", "时间戳被拒绝（{0}）：{1}；对方称：{2}"},
    Phrase{"the stamp was refused ({0}); it says: {1}", "时间戳被拒绝（{0}）；对方称：{1}"},
    Phrase{"the stamp was refused ({0}): {1}", "时间戳被拒绝（{0}）：{1}"},
    Phrase{"the stamp was refused ({0})", "时间戳被拒绝（{0}）"},
    Phrase{"it does not take SHA-256", "它不接受 SHA-256"},
    Phrase{"it has no time at the moment", "它目前没有可用的时间"},
    Phrase{"it does not take this policy", "它不接受此策略"},
    Phrase{"its system failed", "其系统故障"},
    Phrase{"bad request", "请求有误"},
    Phrase{"bad data format", "数据格式有误"},
    Phrase{"unaccepted extension", "不接受的扩展"},
    Phrase{"information not available", "信息不可用"},
    Phrase{"the answer is no RFC 3161 time stamp reply", "答复不是 RFC 3161 时间戳应答"},
    Phrase{"the answer grants a stamp and holds none", "答复称已签发时间戳，却不含时间戳"},
    Phrase{"it is too long for a file of certificates", "作为证书文件过长"},
    Phrase{"it has too many certificates", "证书过多"},
    Phrase{"a certificate in it is damaged", "其中有证书已损坏"},
    Phrase{"it has no certificate in PEM", "其中没有 PEM 证书"},
    // witnesses
    Phrase{"it does not know the key of this log", "它不认识此日志的密钥"},
    Phrase{"it does not know this log", "它不认识此日志"},
    Phrase{"what it has cosigned before is not in this log; one of the two was restored from a backup, or "
           "the log was changed",
           "它此前联署的内容不在此日志中；两者之一是从备份恢复的，或日志已被改动"},
    Phrase{"it does not say which size it knows", "它没有说明所知的大小"},
    Phrase{"it knows a later checkpoint, over {0} events: it will cosign a newer one",
           "它知道更晚的、含 {0} 条事件的检查点：它会联署更新的检查点"},
    Phrase{"it answers with something else than signature lines", "它的答复不是签名行"},
    Phrase{"its answer holds no cosignature by its key", "答复中没有其密钥的联署"},
    Phrase{"it does not name this log; add the line: log {0}", "其中没有此日志；请加上一行：log {0}"},
    Phrase{"the witness {0} has no http:// or https:// URL to ask it at",
           "见证人 {0} 没有可供请求的 http:// 或 https:// 地址"},
    Phrase{"it has more than {0} witnesses", "见证人多于 {0} 个"},
    Phrase{"--log {0}: that is the key of a witness, not of a log",
           "--log {0}：这是见证人的公钥，不是日志的"},
    Phrase{"there is no key at {0}: make it with `duenotice witness init`",
           "{0} 处没有密钥：请用 `duenotice witness init` 生成"},
    Phrase{"the key in {0} is that of a log, not of a witness", "{0} 中的密钥属于日志，不是见证人的"},
    Phrase{"--name: choose the witness's name for all time, an address of yours without scheme such as "
           "witness.example.org, at most 256 bytes without spaces and +",
           "--name：请选定见证人永久使用的名称，即您自己的、不带协议头的地址，如 witness.example.org，至多 "
           "256 字节，不含空格和 +"},
    Phrase{"--listen must be an address with a port, such as 0.0.0.0:8085 or [::]:8085",
           "--listen 必须是带端口的地址，如 0.0.0.0:8085 或 [::]:8085"},
    // trust policies and trust files
    Phrase{"no log of the policy has signed the checkpoint of {0}", "策略中的日志都没有签署 {0} 的检查点"},
    Phrase{"a line begins with log, witness, group or quorum", "每行须以 log、witness、group 或 quorum 开头"},
    Phrase{"the policy has no quorum line", "策略中没有 quorum 行"},
    Phrase{"it must be: log VKEY [URL]", "须写作：log VKEY [URL]"},
    Phrase{"the key is a witness's, not a log's", "该公钥属于见证人，不是日志的"},
    Phrase{"a log with this key stands above already", "上方已有此公钥的日志"},
    Phrase{"there are too many logs", "日志过多"},
    Phrase{"it must be: witness NAME VKEY [URL]", "须写作：witness NAME VKEY [URL]"},
    Phrase{"the key is not a witness's", "该公钥不属于见证人"},
    Phrase{"a witness with this key stands above already", "上方已有此公钥的见证人"},
    Phrase{"it must be: group NAME all|any|NUMBER NAME...", "须写作：group NAME all|any|NUMBER NAME..."},
    Phrase{"no witness or group above has the name {0}", "上方没有名为 {0} 的见证人或组"},
    Phrase{"{0} is a member of a group already", "{0} 已是某个组的成员"},
    Phrase{"the threshold must be all, any or 1 to the number of members",
           "门限必须是 all、any，或 1 至成员数"},
    Phrase{"it must be: quorum NAME", "须写作：quorum NAME"},
    Phrase{"there is a quorum line above already", "上方已有 quorum 行"},
    Phrase{"the name none is taken", "名称 none 已被占用"},
    Phrase{"the name {0} stands above already", "上方已有名称 {0}"},
    Phrase{"there are too many names", "名称过多"},
    Phrase{"the policy is too long", "策略过长"},
    Phrase{"the last line does not end", "最后一行没有结束"},
    Phrase{"it has a control character", "含有控制字符"},
    Phrase{"the trust file is too long", "信任文件过长"},
    Phrase{"it must be: signer VKEY, the key of a signer", "须写作：signer VKEY，即签名者的公钥"},
    Phrase{"there are too many signers", "签名者过多"},
    Phrase{"a certificate of the trust file has no end", "信任文件中有证书没有结尾"},
    // bundles, certificates and exports
    Phrase{"no time-stamping authority is configured ([evidence.tsa.NAME]), so there is no stamp to wait "
           "for: leave out --wait",
           "没有配置时间戳机构（[evidence.tsa.NAME]），因此没有时间戳可以等待：请去掉 --wait"},
    Phrase{"no stamped seal has come: does a gateway run, and are its time-stamping authorities in reach? "
           "`duenotice status` says so",
           "没有等到加盖时间戳的封存：网关是否在运行，时间戳机构是否可达？请看 `duenotice status`"},
    Phrase{"this notice has more evidence than a bundle may hold", "此通知的证据超过一个证据包所能容纳的"},
    Phrase{"not an archive as duenotice writes it: {0}", "不是 duenotice 写出的压缩包：{0}"},
    Phrase{"it is too large", "过大"},
    Phrase{"a file ends behind its end", "有文件超出其末尾"},
    Phrase{"a file has a name that none may have", "有文件的名称不符合规定"},
    Phrase{"it has too many files", "文件过多"},
    Phrase{"a file stands in it twice", "有文件出现两次"},
    Phrase{"it is spelled in another way, or was changed", "写法不同，或已被改动"},
    Phrase{"no font of this machine has the character {0}, and a certificate with a gap would be none: "
           "install a font that has it, such as those of the Debian packages fonts-noto-cjk-extra, "
           "fonts-noto-core or fonts-noto-color-emoji",
           "本机没有含字符 {0} 的字体，而有缺字的证明不成其为证明：请安装含该字符的字体，例如 Debian 软件包 "
           "fonts-noto-cjk-extra、fonts-noto-core 或 fonts-noto-color-emoji 中的字体"},
    Phrase{"no font of this machine has all characters of the certificate",
           "本机没有字体含有证明中的全部字符"},
    Phrase{"the font {0} is not on this machine, and a certificate needs it: install the Debian package "
           "fonts-noto-cjk",
           "本机没有证明所需的字体 {0}：请安装 Debian 软件包 fonts-noto-cjk"},
    Phrase{"the certificate does not fit on one page: this notice has too many facts; its evidence bundle "
           "has all of them",
           "证明在一页内放不下：此通知的事项过多；其证据包含有全部事项"},
    Phrase{"the certificate could not be drawn: {0}", "无法绘制证明：{0}"},
    Phrase{"a QR code cannot hold these {0} bytes", "二维码容纳不下这 {0} 字节"},
    Phrase{"the rows could not be written completely to standard output", "未能将各行完整写到标准输出"},
    Phrase{"notices or events", "notices 或 events"},
    Phrase{"csv or jsonl", "csv 或 jsonl"},
    Phrase{"--output is missing: name a FILE, or - for stdout",
           "缺少 --output：请指定文件，或用 - 表示标准输出"},
    Phrase{"--signed signs the manifest: name its file with --manifest",
           "--signed 为清单签名：请用 --manifest 指定清单文件"},
    Phrase{"the manifest holds a control character, so it cannot be signed", "清单含有控制字符，无法签名"},
    Phrase{"the manifest is too long to be signed", "清单过长，无法签名"},
    Phrase{"name the keys that you believe with --trust FILE", "请用 --trust FILE 指定您所信任的公钥"},
    Phrase{"name the BUNDLE to check, or an export with --export",
           "请指定要核验的证据包，或用 --export 指定导出文件"},
};

}  // namespace

std::span<const Phrase> seal_errors() { return table; }

}  // namespace duenotice::app
