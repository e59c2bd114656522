#include <array>

#include "gateway/app/phrase_table.hpp"

namespace duenotice::app {

namespace {

constexpr std::array table{
    Phrase{"pass", "通过"},
    Phrase{"FAIL", "不通过"},
    Phrase{"not checked", "未核验"},
    Phrase{"Nothing failed. What is marked as not checked nobody has checked.",
           "没有不通过的项目；标为“未核验”的项目没有经过任何核验。"},
    Phrase{"Do not rely on it: a check failed.", "不可采信：有项目未通过核验。"},
    // exports
    Phrase{"the trust file has no line `signer` for {0}", "信任文件中没有 {0} 的 `signer` 行"},
    Phrase{"the manifest is not signed by {0}", "清单没有 {0} 的有效签名"},
    Phrase{"the manifest is signed by {0}", "清单由 {0} 签名"},
    Phrase{"the file is not the one of the manifest: it has SHA-256 {0}",
           "该文件不是清单所指的文件：其 SHA-256 为 {0}"},
    Phrase{"the file has the {0} bytes and the SHA-256 {1} of the manifest",
           "文件与清单一致：{0} 字节，SHA-256 {1}"},
    Phrase{"no log of the trust file has signed the checkpoint of the manifest",
           "信任文件中的日志都没有签署清单中的检查点"},
    Phrase{"the checkpoint of the manifest is that of another log: {0}", "清单中的检查点属于另一个日志：{0}"},
    Phrase{"the checkpoint of {0} events does not cover what was exported",
           "含 {0} 个事件的检查点没有涵盖所导出的内容"},
    Phrase{"the log has signed a checkpoint of {0} events, which covers the {1} of the export",
           "日志已签署含 {0} 个事件的检查点，涵盖导出所依据的 {1} 个事件"},
    Phrase{"enough witnesses have cosigned the checkpoint for the quorum of the trust file",
           "检查点的见证联署达到信任文件要求的法定数"},
    Phrase{"too few witnesses have cosigned the checkpoint of the manifest for the quorum of the trust file",
           "清单中检查点的见证联署未达到信任文件要求的法定数"},
    Phrase{"this is not the signed manifest of an export", "这不是导出文件的已签名清单"},
    Phrase{"the manifest is whole: {0} rows of {1}", "清单完整：{0} 行，内容为 {1}"},
};

}  // namespace

std::span<const Phrase> check_phrases() { return table; }

}  // namespace duenotice::app
