#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    Phrase{"not sent: its words are too long for this channel", "未发送：文本超出该渠道的长度"},
    Phrase{"Certificate of Notice", "通知记录证明"},
    Phrase{"SANDBOX: not sent to anybody", "沙箱演练：未向任何人发送"},
    Phrase{"Clause {0}", "第 {0} 条"},
    Phrase{"Delivery under the agreement", "送达"},
    Phrase{"Clause", "条款"},
    Phrase{"in-site message", "站内信"},
    Phrase{"SMS", "短信"},
    Phrase{"Rule", "适用规则"},
    Phrase{"{0}: a notice is deemed delivered on the date of its sending", "{0}：通知自发送之日视为送达"},
    Phrase{"{0}: a notice is delivered when it enters the recipient's system",
           "{0}：通知进入收件人的系统时视为送达"},
    Phrase{"Fixed by", "据以确定"},
    Phrase{"{0}, attempt {1}, {2}", "{0}，第 {1} 次尝试，{2}"},
    Phrase{"Why", "原因"},
    Phrase{"The notice was cancelled before anything of it was sent.", "通知在发送之前已被取消。"},
    Phrase{"The notice is held: a person has to decide about it. Required: sendings on {0} of the channels "
           "that count.",
           "通知已搁置，须由人工决定。按条款要求，须经 {0} 个计入的渠道发送。"},
    Phrase{"Sending failed: not on {0} of the channels that count did a system outside the sender's control "
           "confirm that it had taken the notice.",
           "发送失败：条款要求 {0} 个计入的渠道，但没有足够的、不受发送方控制的系统确认已接收该通知。"},
    Phrase{"Our own relay has the notice and has not reported yet that another system has taken it.",
           "通知已交给我方的中继，中继尚未报告外部系统已接收。"},
    Phrase{"The sending is not finished: required are sendings on {0} of the channels that count.",
           "发送尚未完成：按条款要求，须经 {0} 个计入的渠道发送。"},
    Phrase{"Parties and ground", "当事人与依据"},
    Phrase{"From", "发送方"},
    Phrase{"To", "接收方"},
    Phrase{"account", "账户"},
    Phrase{"not stated: the agreement with this digest is not on this machine",
           "未载明：本机没有与该摘要相符的协议文本"},
    Phrase{"Its SHA-256", "协议 SHA-256"},
    Phrase{"reference", "业务编号"},
    Phrase{"What was written", "通知内容"},
    Phrase{"Message for", "所引渠道"},
    Phrase{"(first lines; the digest below stands for all of its bytes)",
           "（仅引开头数行；全部字节以下文摘要为准）"},
    Phrase{"Subject", "标题"},
    Phrase{"Text", "正文"},
    Phrase{"Channels", "发送渠道"},
    Phrase{"to {0}", "收件地址 {0}"},
    Phrase{"attempt {0}: {1}, {2}", "第 {0} 次尝试：{1}，{2}"},
    Phrase{"nobody knows whether it went out", "无法确定是否已发出"},
    Phrase{"answer: {0}", "应答：{0}"},
    Phrase{"further attempts: {0}", "其他尝试：{0} 次"},
    Phrase{"later receipt, which changes no date", "其后的回执（不改变任何日期）"},
    Phrase{"Evidence", "存证"},
    Phrase{"none is kept: nothing but the sender's own journal vouches for this page",
           "未启用：除发送方自己的日志库外，没有其他依据可以佐证本页"},
    Phrase{"Journal events", "日志事件数"},
    Phrase{"Log indexes", "日志序号"},
    Phrase{"Checkpoint", "检查点"},
    Phrase{"none yet: the log has not been signed", "尚无：日志尚未签名"},
    Phrase{"{0} events, root:", "共 {0} 个事件，根哈希："},
    Phrase{"this checkpoint does not cover the notice's decisive event yet",
           "该检查点尚未涵盖本通知的关键事件"},
    Phrase{"Time stamp", "时间戳"},
    Phrase{"the checkpoint existed at {0} at the latest, says {1}", "该检查点最迟于 {0} 已存在，由 {1} 证明"},
    Phrase{"none yet: no time-stamping authority vouches for it", "尚无：没有时间戳机构为其证明"},
    Phrase{"Log key", "日志公钥"},
    Phrase{
        "This page sums up the sender's record as it stood at {0}. By itself it proves nothing: compare it "
        "with the log, or check the notice's evidence bundle, with keys that do not come from the sender "
        "of this page.",
        "本页概括了发送方截至 {0} 的记录，其本身不构成证明：请与证据日志核对，或查验该通知的证据包，"
        "所用公钥应取自本页提供者以外的来源。"},
    Phrase{"\"Sent\" says that a system outside the sender's control answered that it had taken the message, "
           "or that the message stood in the recipient's inbox here. It does not say that anybody read it. "
           "Times are those of the sender's clock.",
           "“已发送”是指不受发送方控制的系统已答复接收该消息，或者该消息已在收件人的站内收件箱中显示；"
           "并不表示已有人阅读。所列时间均为发送方的时钟时间。"},
    Phrase{"The code holds the notice's id, its legal date, the index and hash of the event that set it (or "
           "of the newest event), and the signed checkpoint.",
           "二维码载有：通知编号、法定送达日、确定该日的事件（或最新事件）的日志序号与哈希，以及已签名的检查"
           "点。"},
    Phrase{"wrote the certificate to {0}, SHA-256 {1}", "证明已写入 {0}，SHA-256 {1}"},
};

}  // namespace

std::span<const Phrase> certificate_phrases() { return table; }

}  // namespace duenotice::app
