#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    // doctor: journal
    Phrase{"readable, all {0} events are without a gap; what {1} of them bind themselves to was not checked, "
           "for want of the master key",
           "可读，全部 {0} 条事件连续无缺；因缺少主密钥，其中 {1} 条所承诺的内容未能核对"},
    // doctor: master key
    Phrase{"the first `duenotice serve` makes one at {0}", "首次运行 `duenotice serve` 时会在 {0} 创建"},
    Phrase{
        "{0}; put it back from its backup: without it nothing in the journal that is about a person can be "
        "read, and `duenotice serve` does not start",
        "{0}；请从备份中恢复：没有它，日志库中涉及个人的内容都无法读取，`duenotice serve` 也不会启动"},
    Phrase{"in the environment", "在环境变量中"},
    Phrase{"others than its owner may read {0}; take that right away (chmod 600)",
           "所有者以外的用户可以读取 {0}；请收回该权限（chmod 600）"},
    Phrase{
        "{0} lies beside the journal, so whoever has a backup of both can read it; move the key to another "
        "disk and name it in [secrets] master_key_file, and back it up apart",
        "{0} 与日志库放在一起，谁拿到两者的备份谁就能读取内容；请将密钥移到另一磁盘，在 [secrets] "
        "master_key_file 中指定，并分开备份"},
    Phrase{"in {0}", "位于 {0}"},
    // keys
    Phrase{"The master key is in {0}.", "主密钥位于 {0}。"},
    Phrase{"The master key is in the environment.", "主密钥在环境变量中。"},
    Phrase{"keys of accounts under it: {0}", "由它保护的账户密钥：{0} 个"},
    Phrase{"keys of accounts under it: {0}; it is MISSING, and they cannot be read",
           "由它保护的账户密钥：{0} 个；该主密钥缺失，无法读取它们"},
    Phrase{"Keys now under the new master key: {0}", "已改由新主密钥保护的密钥：{0} 个"},
    Phrase{"The former one is in {0}: a backup of the journal from before needs it. Keep it as long as those "
           "backups, then remove it.",
           "原主密钥在 {0}：此前的日志库备份需要它。请在这些备份存续期间保留，之后删除。"},
};

}  // namespace

std::span<const Phrase> key_sentences() { return table; }

}  // namespace duenotice::app
