#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/journal/journal_reader.hpp"

/// What the commands share that write a document about one notice: a bundle, a certificate.

namespace duenotice::app {

/// The notice of these names, NOTICE_ID or SOURCE and REQUEST_ID; an unknown one says where notices are.
Result<NoticeFile> find_notice(JournalReader& reader, const std::vector<std::string>& names);

/// Writes the whole file, or nothing; durable when it returns a value. `force`: over the one that is there.
Status write_document(const std::filesystem::path& path, bool force, std::string_view bytes);

}  // namespace duenotice::app
