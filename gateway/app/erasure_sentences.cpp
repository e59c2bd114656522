#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // what people decide about an account
    Phrase{"While this legal hold is on it, the account is not erased.",
           "只要此法律保留存在，该账户就不会被抹除。"},
    Phrase{"The legal hold is removed.", "法律保留已解除。"},
    Phrase{"No legal hold is on any account.", "没有账户处于法律保留之下。"},
    Phrase{"SINCE", "设置时间"},
    Phrase{"HOLD", "保留编号"},
    Phrase{"The retention of its notices runs from {0}.", "其通知的保存期限自 {0} 起算。"},
    Phrase{"account_ended", "关系终止"},
    Phrase{"legal_hold_added", "设置法律保留"},
    Phrase{"legal_hold_removed", "解除法律保留"},
    Phrase{"restricted", "限制使用"},
    Phrase{"erased", "已抹除"},
    // erase
    Phrase{"nobody can be asked here; add --yes to erase without a question",
           "此处无法询问；加上 --yes 可不经询问直接抹除"},
    Phrase{"Nobody can take this back. Erase everything that can be read about {0}? [y/N] ",
           "此操作无法撤销。抹除关于 {0} 的一切可读内容？[y/N] "},
    Phrase{"It is not erased: the account is restricted, to be used as evidence only.",
           "未抹除：该账户被限制使用，只可用作证据。"},
    Phrase{"  a legal hold is on it since {0}, by {1}: {2}", "  自 {0} 起处于法律保留之下，设置人 {1}：{2}"},
    Phrase{"  its notices are retained until {0}, that day included", "  其通知须保存至 {0}（含当日）"},
    Phrase{"Erased: what could be read of {0} notices and {1} rejected requests.",
           "已抹除：{0} 份通知和 {1} 个被拒收请求中的可读内容。"},
    Phrase{"Copies of rejected requests that wait in queues are gone by {0}.",
           "留在队列中的被拒收请求副本最迟于 {0} 消失。"},
    Phrase{"The key is destroyed. What was deleted is not yet written over everywhere in {0}: somebody reads "
           "it, the "
           "disk is full, or it is too large to be written anew while the gateway runs. Stop the gateway and "
           "give the "
           "command once more, which does it then.",
           "密钥已销毁。{0} "
           "中已删除的内容尚未全部覆写：有程序正在读取，磁盘已满，或文件过大而无法在网关运行时重写。请停止"
           "网关并再次执行该命令，届时即会完成。"},
    Phrase{"what was erased is not written over everywhere in the journal's file yet: somebody reads it, the "
           "disk is "
           "full, or it is too large for a running gateway; stop the gateway, make room, and give that "
           "`duenotice "
           "erase` once more",
           "已抹除的内容尚未在日志库文件中全部覆写：有程序正在读取，磁盘已满，或文件过大而无法在网关运行时重"
           "写；请停止网关，腾出"
           "空间，再执行一次该 `duenotice erase`"},
    // what is left of a notice
    Phrase{"ERASED", "已抹除"},
    Phrase{"nobody can read any more whom it was for, what it said and what was answered",
           "无人能再读取其收件人、内容和答复"},
    Phrase{
        "notice {0} was erased with its account: whom it was for, what it said and what was answered can be "
        "read "
        "by nobody; `duenotice log proof {1}` still proves its events",
        "通知 {0} 已随账户抹除：无人能再读取其收件人、内容和答复；`duenotice log proof {1}` 仍可证明其事件"},
    Phrase{"what notice {0} said was erased with its account", "通知 {0} 的内容已随账户抹除"},
    Phrase{"this rejected request was erased with its account", "该被拒收请求已随账户抹除"},
    Phrase{"the evidence of decision {0} was erased with its account", "决定 {0} 的证据已随账户抹除"},
    Phrase{"the statement of {0} was erased, because it named an account that was; its digest stays in its "
           "event",
           "{0} 的声明已抹除，因为其中提到了已抹除的账户；其摘要仍保留在事件中"},
    // why not
    Phrase{"nothing is kept about this account, or it was erased already",
           "没有保存该账户的任何内容，或已经抹除"},
    Phrase{"nobody has reported that the relation with this account ended, and its retention begins then; "
           "`duenotice account end` reports it",
           "尚无人报告与该账户的关系已终止，而保存期限自终止时起算；请用 `duenotice account end` 报告"},
    Phrase{"{0} of its notices are waiting, under way, held or without an answer; wait for them, or cancel "
           "or resolve "
           "them (`duenotice show` says how): {1}",
           "其通知中有 {0} 份在等待、进行中、搁置或没有答复；请等待，或取消、处理它们（`duenotice show` "
           "会说明方法）：{1}"},
    Phrase{"rejected requests of it wait to be given back to the broker; repeat it when they are",
           "它被拒收的请求正等待退回消息代理；退回之后请重试"},
    Phrase{"there is no legal hold on this account", "该账户没有法律保留"},
    Phrase{"there are {0} legal holds on this account; name one with --hold (`duenotice legal-hold list`)",
           "该账户有 {0} 个法律保留；请用 --hold 指定其中一个（`duenotice legal-hold list`）"},
    Phrase{"there is no such legal hold on this account; `duenotice legal-hold list`",
           "该账户没有这样的法律保留；请看 `duenotice legal-hold list`"},
    Phrase{"it reports that an account ended; use `duenotice account end` and discard it",
           "它报告的是账户终止；请使用 `duenotice account end`，并放弃该请求"},
    Phrase{"its account was erased: nothing of it can be sent any more",
           "其账户已抹除：不能再发送其中任何内容"},
};

}  // namespace

std::span<const Phrase> erasure_sentences() { return table; }

}  // namespace duenotice::app
