#include "gateway/app/journal_access.hpp"

#include "gateway/app/data_folders.hpp"

namespace duenotice::app {

Result<std::unique_ptr<JournalReader>> open_journal(const std::filesystem::path& path) {
  // SQLite needs those beside it too, where they exist.
  for (const char* suffix : {"", "-wal", "-shm"}) {
    if (const Status right = may_read(path.string() + suffix); !right) return right.error();
  }
  return open_journal_reader(path);
}

}  // namespace duenotice::app
