#include "gateway/app/notice_document.hpp"

#include "gateway/app/advice.hpp"
#include "gateway/base/new_file.hpp"

namespace duenotice::app {

Result<NoticeFile> find_notice(JournalReader& reader, const std::vector<std::string>& names) {
  auto file = names.size() == 1 ? reader.show(names[0]) : reader.show(names[0], names[1]);
  if (file && file->notice.erased) return erased_with_its_account(file->notice.id);
  if (file) return file;
  return where_notices_are(file.error());
}

Status write_document(const std::filesystem::path& path, bool force, std::string_view bytes) {
  auto file = NewFile::make(path, force);
  if (!file) {
    Error error = file.error();
    if (error.kind == ErrorKind::invalid)
      error.message += "; choose another name, or overwrite it with --force";
    return error;
  }
  const Status written = file->write(bytes);
  return written ? file->finish() : written;
}

}  // namespace duenotice::app
